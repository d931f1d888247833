import { drift } from '../../lib/drift/drift';
import { driftDocument, type DriftDocument } from '../../lib/document/drift';
import { driftText } from '../../lib/report/drift-text';
import { fromState } from '../../lib/resources/from-terraform';
import { fromSynthesized } from '../../lib/resources/resources';
import { needs } from '../requirements';
import { settingsIn, topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { mockState } from '../terraform/mock-apply';
import { changes, type StateResource } from './changes';

const judged = needs('terraform');
const topology = topologyOf(settingsIn('topologies/orders.yaml'));
const tool = { nines: '0', assumptions: 'sha256:0' };

interface State {
  readonly format_version: string;
  readonly values: { readonly root_module: { resources: StateResource[] } };
}

let applied: string | undefined;
const stack = stackOf(topology);
const expected = fromSynthesized(stack.json as Parameters<typeof fromSynthesized>[0]);

/** The document for the applied state after a change by hand. */
function after(change: (resources: StateResource[]) => StateResource[] | void): DriftDocument {
  applied ??= JSON.stringify(mockState(stack));
  const state = JSON.parse(applied) as State;
  const { root_module: root } = state.values;
  root.resources = change(root.resources) ?? root.resources;
  return driftDocument({
    tool,
    drift: drift(topology, expected, fromState(state), { samples: 20 }),
    source: { path: 'orders.yaml', sha256: '0' },
    with: { form: 'state', path: 'state.json' },
  });
}

judged('nothing has drifted where nothing was changed', () => {
  const document = after(() => {});
  expect(document.differences).toEqual([]);
  expect(document.moved).toEqual([]);
  expect(driftText(document)).toBe('orders: the state state.json has what the model counts on.\n');
});

for (const { change, effect, found, what } of changes) {
  judged(`it is found, and nothing else: ${what}`, () => {
    const document = after(change);
    expect(document.differences.map(({ address, counts, found: there, setting }) => [address, setting, counts, there])).toEqual(found);
    const worse = document.differences.flatMap(({ effects }) => effects ?? []).some(({ unavailability }) => unavailability > 0);
    expect(document.flows === null ? 'not estimated' : worse ? 'worse' : 'in no number').toBe(effect);
  });
}

judged('what scaling and a failover move is told as moved and is no drift', () => {
  const document = after((resources) => {
    resources.find(({ address }) => address === 'aws_autoscaling_group.order_group')!.values.desired_capacity = 10;
    for (const resource of resources.filter(({ type }) => type === 'aws_rds_cluster_instance'))
      resource.values.writer = resource.name.endsWith('1');
  });
  expect(document.differences).toEqual([]);
  expect(document.moved).toEqual([
    { address: 'component/order', what: 'desired units', from: '9', to: '10' },
    {
      address: 'component/inventory-db',
      what: 'writer',
      from: 'aws_rds_cluster_instance.inventory-db_node_0',
      to: 'aws_rds_cluster_instance.inventory-db_node_1',
    },
  ]);
});
