import { parseArgs } from 'node:util';
import { fuzz } from '../test/fuzz/fuzz';

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { count: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) throw new RangeError('--count and --seed are whole numbers');
const { failures, accepted, codes, slowestMilliseconds } = fuzz(count, seed);
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.stdout.write(
  `${count} mutated specs of seed ${seed}: ${accepted} valid, ${count - accepted} refused in ${codes.size} ways, slowest ${Math.round(slowestMilliseconds)} ms\n` +
    `${count - failures.length} passed, ${failures.length} failed\n`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
