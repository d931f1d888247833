import type { Component } from '../topology/topology';
import type { ComponentLayout } from './layout';

/** Components in an order in which each comes after those that it depends on. */
export function dependenciesFirst(components: readonly Component[]): Component[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const placed = new Set<string>();
  const order: Component[] = [];
  function place(component: Component): void {
    if (placed.has(component.name)) return;
    placed.add(component.name);
    for (const { on } of component.dependsOn) place(byName.get(on)!);
    order.push(component);
  }
  components.forEach(place);
  return order;
}

/** These components and all that they cannot be without, in ascending order. */
export function closure(components: readonly ComponentLayout[], from: readonly number[]): number[] {
  const reached = new Set<number>();
  const open = [...from];
  for (let c = open.pop(); c !== undefined; c = open.pop()) {
    if (reached.has(c)) continue;
    reached.add(c);
    open.push(...components[c]!.hard);
  }
  return [...reached].sort((a, b) => a - b);
}
