import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topology } from '../lib/topology/topology';
import { has } from '../test/requirements';
import { settingsIn, topologyFiles, topologyOf } from '../test/specs';
import { stackOf } from '../test/synthesized';
import { terraform } from '../test/terraform/run';
import { offlineProvider, regionOf, variablesOf, withoutBackend, type Stack } from '../test/terraform/stack-json';
import { median, type Benchmark } from './table';

const rounds = 3;

/** Seconds of a first plan by the real provider, without an account; `init` is not counted. */
function plan({ json }: Stack): number {
  const folder = mkdtempSync(join(tmpdir(), 'nines-bench-'));
  try {
    const provider = { aws: [{ region: regionOf(json), ...offlineProvider }] };
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ ...withoutBackend(json), provider }));
    writeFileSync(join(folder, 'terraform.tfvars.json'), JSON.stringify(variablesOf(json)));
    terraform(folder, 'init', '-backend=false', '-no-color');
    return seconds(() => void terraform(folder, 'plan', '-no-color', '-lock=false', '-refresh=false'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seconds(work: () => void): number {
  const times = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return median(times.slice(1));
}

const row = (file: string, topology: Topology) => {
  const stack = stackOf(topology);
  const resources = Object.values(stack.json.resource ?? {}).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
  const [synth, planned] = [seconds(() => void stackOf(topology)), plan(stack)];
  return [file, resources, synth, planned, synth / planned];
};

/** How long a topology takes to synthesize and to plan. */
export const benchmark: Benchmark = {
  name: 'plan',
  run: () => {
    if (!has('terraform')) throw new Error('terraform is not installed, and it makes the plans');
    return [
      {
        title: `Synthesis and first plan of each topology, medians of ${rounds} runs after a first one`,
        columns: ['topology', 'resources', 'synth s', 'plan s', 'synth of plan'],
        rows: topologyFiles.map((file) => row(file, topologyOf(settingsIn(file)))),
        note: 'Synthesis in one process, with its targets judged; the plan is that of the real AWS provider, most of it the start of the provider.',
      },
    ];
  },
};
