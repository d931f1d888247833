import { topologyOf } from '../../test/specs';
import { stackOf } from '../../test/synthesized';
import { fromSynthesized, Resources } from '../resources/resources';
import { drift } from './drift';

const topology = topologyOf({
  version: 1,
  name: 'shop',
  regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' } },
  components: { store: { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large', was: 'db' } },
  flows: { buy: { requires: ['store'] } },
});
const expected = fromSynthesized(stackOf(topology).json as Parameters<typeof fromSynthesized>[0]);

test('what is different in a component that was renamed is said of its new name, with its effect', () => {
  const found = new Resources(
    expected.all.map((resource) =>
      resource.type === 'aws_db_instance' ? { ...resource, arguments: { ...resource.arguments, multi_az: false } } : resource,
    ),
  );
  const { comparison, differences } = drift(topology, expected, found, { samples: 20 });
  expect(differences.map(({ address, counts, found, path, setting }) => [address, setting, counts, found, path])).toEqual([
    ['component/store', 'form', 'multi-az-instance', 'single', ['components', 'store', 'form']],
  ]);
  expect(comparison!.flows[0]!.after!.unavailability).toBeGreaterThan(comparison!.flows[0]!.before!.unavailability);
});
