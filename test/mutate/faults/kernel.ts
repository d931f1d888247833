import type { Fault } from '../fault';

const counting = 'lib/estimate/counting.test.ts';
const joint = 'lib/estimate/joint.test.ts';

/** What the kernel could compute wrongly. */
export const kernelFaults: readonly Fault[] = [
  {
    name: 'a threshold that is one too high where it is negated',
    file: 'lib/kernel/assembly/formula.ts',
    anchor: 'negated ? arity - parameters[node] + 1 : parameters[node]',
    replacement: 'negated ? arity - parameters[node] : parameters[node]',
    test: { file: joint, name: 'a diagram of the kernel gives what the engine gives' },
  },
  {
    name: 'phases of which one of two diagrams tells',
    file: 'lib/kernel/assembly/formula.ts',
    anchor: 'const same = left == before && right == beside;',
    replacement: 'const same = left == before;',
    test: { file: joint, name: 'a diagram of the kernel gives what the engine gives' },
  },
  {
    name: 'phases that are taken for their neighbours',
    file: 'lib/kernel/assembly/walk.ts',
    anchor: 'if (before[k] != node) same = false;',
    replacement: 'if (k == 0 && before[k] != node) same = false;',
    test: { file: joint, name: 'what is followed together is what the engine makes of' },
  },
  {
    name: 'what is not followed counts as working',
    file: 'lib/kernel/assembly/walk.ts',
    anchor: 'made[state] = node < 0 ? 1 : node;',
    replacement: 'made[state] = node < 0 ? 0 : node;',
    test: { file: joint, name: 'what is not followed counts as failing' },
  },
  {
    name: 'one dead unit too few takes a pool down',
    file: 'lib/kernel/assembly/counting.ts',
    anchor: 'if (i < k) continue;',
    replacement: 'if (i < k - 1) continue;',
    test: { file: counting, name: 'units that are alike are counted as one by one' },
  },
  {
    name: 'dead units that leave the rotation at once',
    file: 'lib/kernel/assembly/serving.ts',
    anchor: 'const unnoticed = p - known;',
    replacement: 'const unnoticed: f64 = 0;',
    test: { file: counting, name: 'the share of requests that fails is what all combinations' },
  },
  {
    name: 'the death of a unit that counts once for a whole group',
    file: 'lib/kernel/assembly/program.ts',
    anchor: 'weight * decides * <f64>words[at + 1]',
    replacement: 'weight * decides',
    test: { file: counting, name: 'groups of units, alike or not, are counted as one by one' },
  },
  {
    name: 'samples in the order of their strata',
    file: 'lib/kernel/assembly/sampling.ts',
    anchor: 'order[i] = order[j];',
    replacement: 'order[i] = i;',
    test: { file: 'lib/estimate/sample.test.ts', name: 'the kernel draws the sample that the engine draws' },
  },
  {
    name: 'cut sets that hold a needless cause',
    file: 'lib/kernel/assembly/chosen.ts',
    anchor: 'if (needless) continue;',
    replacement: 'if (needless && kept < 0) continue;',
    test: { file: 'lib/estimate/families.test.ts', name: 'no set makes another needless' },
  },
];
