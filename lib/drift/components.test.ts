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

test('as many units elsewhere are told, whatever settings differ', () => {
  const service = topologyOf({
    version: 1,
    name: 'shop',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16' } },
    components: { web: { kind: 'instances', image: 'ami-0123456789abcdef0', type: 'm7g.large', port: 8080, count: 6, needs: 4 } },
    flows: { buy: { requires: ['web'] } },
  });
  const built = fromSynthesized(stackOf(service).json as Parameters<typeof fromSynthesized>[0]);
  const withGroup = (change: Readonly<Record<string, unknown>>) =>
    new Resources(
      built.all.map((resource) =>
        resource.type === 'aws_autoscaling_group' ? { ...resource, arguments: { ...resource.arguments, ...change } } : resource,
      ),
    );
  const [, ...two] = built.ofType('aws_autoscaling_group')[0]!.arguments.vpc_zone_identifier as string[];
  const settingsOf = (change: Readonly<Record<string, unknown>>) =>
    drift(service, built, withGroup(change), { samples: 20 }).differences.map(({ setting }) => setting);
  expect(settingsOf({ vpc_zone_identifier: two, default_instance_warmup: 999 })).toEqual(['warmUp', 'units by zone']);
  // Fewer units are explained by their number.
  expect(settingsOf({ min_size: 5, desired_capacity: 5 })).toEqual(['count']);
});
