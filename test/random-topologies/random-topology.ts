import { Random } from '../../lib/engine/random';
import type { Cause } from '../../lib/topology/behaviour';
import type { Component, Dependency, Flow, Topology } from '../../lib/topology/topology';
import { component, flow, topology, zoneCauses } from './build';
import { forms, length, robust } from './components';
import { between, oneOf, some, whole } from './draw';

const minute = 60;
const hour = 3600;

/**
 * A random topology over all of the vocabulary of behaviour, more widely than the kinds use it: pools and promoted groups in zones that are named or
 * chosen, shards, changes that are caught or not, shared and separate ways to the outside, control planes, hard and soft dependencies, transactions.
 */
export function randomTopology(seed: number): Topology {
  return drawn(new Random(seed).split('topology'), seed, Object.keys(forms), 1 / 3);
}

/** One of which most components divide their users over shards. */
export function dividedTopology(seed: number): Topology {
  return drawn(new Random(seed).split('divided'), seed, ['sharded', 'sharded', 'service', 'pool'], 0);
}

function drawn(random: Random, seed: number, chosen: readonly string[], robustly: number): Topology {
  const zones = ['a', 'b', 'c', 'd'].slice(0, whole(random, 2, 4));
  const components: Component[] = [];
  // In some of them nothing that happens alone brings anything down.
  const alone = !random.happens(robustly);
  if (alone && random.happens(0.4)) {
    components.push(component('partner', forms.service!('partner', zones, random), [], { reach: 'outside' }));
  }
  const count = whole(random, 1, 5);
  for (let i = 0; i < count; i++) {
    const form = alone ? oneOf(random, chosen) : 'robust';
    const name = `${form}-${i}`;
    components.push(component(name, (forms[form] ?? robust)(name, zones, random), dependencies(form, components, random)));
  }
  const names = components.map(({ name }) => name);
  return topology(
    components,
    Array.from({ length: whole(random, 1, 3) }, (_, i) => randomFlow(`flow-${i}`, names, random)),
    regionCauses(zones, alone, random),
    {
      name: `random-${seed}`,
      regions: [{ name: 'r', zones, cidr: '10.0.0.0/16', nat: 'per-zone' }],
      controlPlaneWithZone: oneOf(random, [0, between(random, 0.05, 0.4)]),
    },
  );
}

function dependencies(form: string, earlier: readonly Component[], random: Random): Dependency[] {
  // What is promoted stands on nothing, in all kinds that there are.
  if (form === 'promoted' || form === 'sharded') return [];
  return some(random, earlier, 0.4).map(({ name }) => ({ on: name, without: random.happens(0.6) ? 'down' : 'degraded' }));
}

function randomFlow(name: string, names: readonly string[], random: Random): Flow {
  const atomic = random.happens(0.3) ? some(random, names, 0.5) : [];
  const requires = some(random, names, 0.5);
  return flow(name, atomic.length + requires.length > 0 ? requires : [oneOf(random, names)], {
    atomic,
    inDoubt: between(random, 10, 10 * minute),
  });
}

function regionCauses(zones: readonly string[], alone: boolean, random: Random): Cause[] {
  const causes: Cause[] = [];
  if (random.happens(0.8)) causes.push(...zoneCauses(zones, between(random, 0.05, 0.6), length(random, 30 * minute, 6 * hour)));
  const once = (address: string, scope: Cause['scope'], hits: Cause['hits'], low: number, high: number): void => {
    causes.push({
      address,
      scope,
      occurrence: { perYear: between(random, low, high), length: length(random, 20 * minute, 4 * hour) },
      hits,
      caught: null,
    });
  };
  if (alone && random.happens(0.4)) once('region/r', 'region', { region: 'r' }, 0.01, 0.1);
  if (random.happens(0.6)) once('control-plane/r', 'control-plane', { controlPlaneOf: 'r' }, 0.2, 2);
  if (random.happens(0.3)) once('network/r/nat/a', 'network', { outboundOf: zones, livesIn: 'a' }, 0.1, 1);
  else if (random.happens(0.6))
    for (const zone of zones) once(`network/r/nat/${zone}`, 'network', { outboundOf: [zone], livesIn: zone }, 0.1, 1);
  return causes;
}
