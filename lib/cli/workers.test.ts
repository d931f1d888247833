import { plainTree } from '../engine/plain-tree';
import { Formula } from '../engine/formula';
import { simulateChunk, type SimulatedChunk, type TreeSimulation } from '../engine/tree-simulation';
import { inWorkers } from './workers';

const formula = new Formula();
const root = formula.and([formula.basic('a'), formula.basic('b')]);
const simulation: TreeSimulation = {
  tree: plainTree(formula, root),
  events: [1, 2].map((mean) => ({ rate: 0.01, length: { distribution: 'exponential', mean } })),
};

test('the results of chunks do not depend on the number of workers', async () => {
  const alone = [0, 1, 2, 3, 4].map((chunk) => simulateChunk(simulation, 7, chunk, 50));
  for (const workers of [1, 2, 3, 9])
    expect(await inWorkers<SimulatedChunk>('tree', { simulation, seed: 7, cycles: 50 }, 5, { workers })).toEqual(alone);
});

test('inputs of their own reach their chunks, also where there are as many workers', async () => {
  const specs = [7, 8, 9].map((seed) => ({
    input: { file: `${seed}.yaml`, bytes: Buffer.from(`${seed}`), form: 'spec' },
    organization: [],
  }));
  const answers = await inWorkers<{ diagnostics: { range?: { file: string } }[] }>('answer', {}, 3, { inputs: specs, workers: 3 });
  expect(answers.map(({ diagnostics }) => diagnostics[0]!.range!.file)).toEqual(['7.yaml', '8.yaml', '9.yaml']);
});

test('what goes wrong in a worker is told', async () => {
  await expect(inWorkers('tree', { simulation: { ...simulation, events: [] }, seed: 7, cycles: 50 }, 2, { workers: 2 })).rejects.toThrow(
    'undefined',
  );
});
