import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { latinHypercube } from '../engine/sampling';
import { loadSpec } from '../spec/load';
import { statesOf, withoutChange } from './evaluation';
import { modelOf } from './model';
import { Program } from './program';
import { Sample } from './sample';
import { beliefOf } from './uncertainty';

const spec = resolve(__dirname, '../../topologies/orders.yaml');

test('the kernel draws the sample that the engine draws, and computes what it computes for each draw alone', () => {
  const model = modelOf(loadSpec(readFileSync(spec), spec).topology!);
  const { joint, numbers, offsets, topology, tree } = model;
  const inputs = topology.assumptions.map((assumption) => ({ name: assumption.name, distribution: beliefOf(assumption) }));
  expect(new Set(inputs.map(({ distribution }) => distribution.shape)).size).toBeGreaterThan(1);
  const [count, seed] = [50, 7];
  const program = new Program(
    joint,
    statesOf(model),
    model.flows.flatMap(({ down, requests }) => [down, requests]),
  );
  const never = tree.events.sources.flatMap((source, event) =>
    source.type === 'cause' && source.cause.scope === 'change' ? [offsets[event]!, offsets[event + 1]!] : [],
  );
  const sample = new Sample(joint.kernel, inputs, count, seed);
  const [all, without] = [sample.through(program, numbers), sample.through(program, numbers, never)];
  const columns = latinHypercube(inputs, count, seed);
  for (let draw = 0; draw < count; draw++) {
    const states = statesOf(
      model,
      Float64Array.from(columns, (column) => column[draw]!),
    );
    [states, withoutChange(model, states)].forEach((at, i) => {
      program.evaluate(at);
      program.roots.forEach((_, root) => expect([all, without][i]![root]![draw]! / program.value(root)).toBeCloseTo(1, 11));
    });
  }
});
