import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPlan, fromState } from '../../lib/resources/from-terraform';
import { needs } from '../requirements';
import { settingsIn, topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { mockState } from '../terraform/mock-apply';
import { terraform } from '../terraform/run';
import { offlineProvider, variablesOf, withoutBackend, type Stack } from '../terraform/stack-json';
import { foundAmong, modelOf } from './read-back';

const judged = needs('terraform');
const minutes = 60_000;

/** `terraform show -json` of a first plan by the real provider. */
function planOf({ json }: Stack): unknown {
  const root = mkdtempSync(join(tmpdir(), 'nines-show-'));
  try {
    const provider = { aws: (json.provider?.aws ?? []).map(({ region }) => ({ region, ...offlineProvider })) };
    writeFileSync(join(root, 'cdk.tf.json'), JSON.stringify({ ...withoutBackend(json), provider }));
    writeFileSync(join(root, 'terraform.tfvars.json'), JSON.stringify(variablesOf(json)));
    terraform(root, 'init', '-backend=false', '-no-color');
    terraform(root, 'plan', '-no-color', '-lock=false', '-refresh=false', '-out=plan');
    return JSON.parse(terraform(root, 'show', '-json', 'plan')) as unknown;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

for (const file of ['topologies/orders.yaml', 'lib/kinds/database/example.yaml']) {
  judged(
    `the plan of ${file} has exactly the units and the behaviour of the model`,
    () => {
      const topology = topologyOf(settingsIn(file));
      const found = foundAmong(fromPlan(planOf(stackOf(topology))), topology);
      expect(found).toEqual(modelOf(topology));
    },
    10 * minutes,
  );
}

judged(
  'the state of a mock apply of topologies/orders.yaml has exactly the units and the behaviour of the model',
  () => {
    const topology = topologyOf(settingsIn('topologies/orders.yaml'));
    expect(foundAmong(fromState(mockState(stackOf(topology))), topology)).toEqual(modelOf(topology));
  },
  10 * minutes,
);
