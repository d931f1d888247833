import { writeOpenPsa } from '../fault-tree/write-open-psa';
import type { Topology } from '../topology/topology';
import { CutSetSearch } from './cut-sets';
import { modelOf } from './model';

/**
 * The fault trees of all flows at nominal values in the Open-PSA exchange format, so that another tool can check us. Each flow is the gate of its name.
 * @example openPsaOf(topology) // => '<?xml version="1.0" …'
 */
export function openPsaOf(topology: Topology): string {
  const { levels, model, parts } = new CutSetSearch(modelOf(topology), false);
  const { formula } = model.tree.events;
  const named = topology.flows.map(({ name }, i) => ({ name, root: formula.or(parts[i]!.map(({ ref }) => ref)) }));
  return writeOpenPsa({ name: topology.name, formula, roots: named, values: levels });
}
