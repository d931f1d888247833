import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomSpec } from '../test/random-specs/random-spec';
import { settingsIn } from '../test/specs';
import type { Plain } from '../lib/topology/plain';
import type { Benchmark } from './table';

const nines = join(__dirname, '../bin/nines.js');
const count = 1000;

interface Fleet {
  readonly title: string;
  spec(i: number): Plain;
}

/** A target that each reaches: what is wanted is the time, not the verdict. */
const fleets: readonly Fleet[] = [
  { title: 'random specs, small to medium, of every kind', spec: (i) => ({ ...randomSpec(i), name: `random-${i}` }) },
  { title: 'copies of topologies/minimal.yaml, no two alike', spec: (i) => varied('topologies/minimal.yaml', i) },
];

/** The same system with figures of its own, so that no estimate is another one's. */
function varied(file: string, i: number): Plain {
  const figure = { value: 0.1 + i / 10_000, range: [0.05 + i / 100_000, 0.8], reason: 'varied' };
  return { ...settingsIn(file), name: `copy-${i}`, assumptions: { 'zone.outagesPerYear': figure } };
}

interface Run {
  readonly seconds: number;
  readonly processorSeconds: number;
}

function check(cwd: string, ...args: string[]): Run {
  const start = process.hrtime.bigint();
  const hook = join(__dirname, 'processor-seconds.cjs');
  const { output, status, stderr } = spawnSync(process.execPath, ['-r', hook, nines, 'check', 'specs', ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  if (status !== 0 && status !== 1) throw new Error(`check ended with ${status}:\n${stderr.toString().slice(-2000)}`);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, processorSeconds: Number(String(output[3])) };
}

function measured({ spec, title }: Fleet): (string | number)[][] {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-fleet-'));
  try {
    mkdirSync(join(cwd, 'specs'));
    for (let i = 0; i < count; i++) writeFileSync(join(cwd, 'specs', `${i}.json`), JSON.stringify(spec(i)));
    const runs: [string, Run][] = [
      ['no cache', check(cwd)],
      ['cache, first', check(cwd, '--cache', 'kept')],
      ['cache, again', check(cwd, '--cache', 'kept')],
    ];
    return runs.map(([what, { processorSeconds, seconds }]) => [title, what, seconds, processorSeconds]);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Many specs in one call, on all cores. */
export const benchmark: Benchmark = {
  name: 'fleet',
  run: () => [
    {
      title: `nines check of ${count} specs, in seconds`,
      columns: ['', '', 'wall', 'processor'],
      rows: fleets.flatMap(measured),
      note: `One process with ${availableParallelism()} threads, all of node's start included; processor time is that of all threads together. Wanted: less than 10 s on two cores, again in a fraction.`,
    },
  ],
};
