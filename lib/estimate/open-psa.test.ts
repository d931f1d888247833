import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '../engine/compile';
import { readOpenPsa } from '../fault-tree/open-psa';
import { loadSpec } from '../spec/load';
import { estimate } from './estimate';
import { openPsaOf } from './open-psa';

test.each(['minimal', 'orders'])('what is exported of %s has the probability that is estimated', (name) => {
  const file = resolve(__dirname, `../../topologies/${name}.yaml`);
  const { topology } = loadSpec(readFileSync(file), file);
  const text = openPsaOf(topology!);
  for (const { flow, unavailability, bound } of estimate(topology!, { samples: 100, cutSets: 0 }).results) {
    const { model, diagnostics } = readOpenPsa(text, { file: 'exported.xml', top: flow.name });
    expect(diagnostics).toEqual([]);
    const [q] = compile(model!.formula, [model!.root]).probability(model!.values);
    expect(Math.abs(q! - unavailability)).toBeLessThanOrEqual(bound + 1e-9 * unavailability);
  }
});
