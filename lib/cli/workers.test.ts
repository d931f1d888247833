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
  for (const workers of [1, 2, 3])
    expect(await inWorkers<SimulatedChunk>('tree', { simulation, seed: 7, cycles: 50 }, 5, { workers })).toEqual(alone);
});

test('what goes wrong in a worker is told', async () => {
  await expect(inWorkers('tree', { simulation: { ...simulation, events: [] }, seed: 7, cycles: 50 }, 2, { workers: 2 })).rejects.toThrow(
    'undefined',
  );
});
