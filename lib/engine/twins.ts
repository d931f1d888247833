import { AND, BASIC, LITERAL, type Formula, type Ref } from './formula';

/**
 * By node, the references that are read by the same conjunctions as it, if there are others: all start in one class, and each conjunction parts those of
 * a class that it reads from those that it does not (partition refinement, Paige and Tarjan 1987).
 */
export const findTwins = (formula: Formula, parents: Int32Array, allowed: (node: number) => boolean): (Ref[] | undefined)[] => {
  const { nodeCount } = formula;
  const signs = new Int8Array(nodeCount).fill(-1);
  const classes = new Int32Array(nodeCount);
  /** By class, what its members become that the conjunction at hand reads, and which conjunction that is. */
  const next: number[] = [0];
  const reader: number[] = [0];
  const left = parents.slice();
  for (let node = 1; node < nodeCount; node++) {
    if (parents[node] === 0) continue;
    const isAnd = formula.kind(node) === AND;
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      const at = child >> 1;
      if (signs[at] === -1) signs[at] = child & 1;
      if (!isAnd || signs[at] !== (child & 1)) signs[at] = 2;
      const old = classes[at]!;
      if (reader[old] !== node) {
        reader[old] = node;
        next[old] = next.length;
        next.push(0);
        reader.push(0);
      }
      classes[at] = next[old]!;
      left[at]! -= 1;
    }
  }
  const groups: (Ref[] | undefined)[] = [];
  const twins: (Ref[] | undefined)[] = [];
  for (let node = 1; node < nodeCount; node++) {
    // What is left are roots.
    if (signs[node]! < 0 || signs[node] === 2 || left[node] !== 0 || !allowed(node)) continue;
    if (formula.kind(node) === LITERAL && formula.eventKinds[formula.parameter(node)] !== BASIC) continue;
    const group = (groups[classes[node]!] ??= []);
    group.push(2 * node + signs[node]!);
    if (group.length > 1) for (const ref of group.length === 2 ? group : [group[group.length - 1]!]) twins[ref >> 1] = group;
  }
  return twins;
};
