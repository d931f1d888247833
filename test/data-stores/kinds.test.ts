import { kinds } from '../../lib/kinds/kinds.generated';
import { exampleFiles, settingsIn, topologyOf } from '../specs';
import { stackOf } from '../synthesized';

/** Resources of AWS that hold what users have stored. */
const holdsData =
  /^aws_(db_instance|rds_cluster|rds_global_cluster|elasticache_(replication_group|cluster|serverless_cache)|memorydb_cluster|sqs_queue|dynamodb_table|s3_bucket|efs_file_system|fsx_.*|kinesis_stream|msk_cluster|opensearch_domain|docdb_cluster|neptune_cluster|redshift_cluster|mq_broker|ebs_volume)$/;

/** Those that hold only what another one holds, by kind and role. */
const copies: Readonly<Record<string, string>> = { 'database replica': 'what its source holds' };

test.each(exampleFiles)('whatever holds data in %s is a store of its kind', (file) => {
  const topology = topologyOf(settingsIn(file));
  const kindOf = new Map(topology.components.map(({ kind, name }) => [name, kind]));
  const holding = Object.entries(stackOf(topology).json.resource ?? {})
    .filter(([type]) => holdsData.test(type))
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => ({ type, component: name.split('_')[0]!, role: name.split('_')[1] })))
    // What belongs to no component, the bucket of access logs, is the network's and comes and goes with no data of users.
    .filter(({ component, role }) => role !== undefined && kindOf.has(component));
  const unsaid = holding.filter(({ component, role }) => {
    const kind = kinds.find(({ name }) => name === kindOf.get(component))!;
    return !Object.hasOwn(kind.stores ?? {}, role!) && !Object.hasOwn(copies, `${kind.name} ${role}`);
  });
  expect(unsaid).toEqual([]);
});

test('the roles that are said to hold data are roles of their kinds', () => {
  const unknown = kinds.flatMap(({ name, owns, stores = {} }) =>
    Object.keys(stores)
      .filter((role) => !Object.hasOwn(owns, role))
      .map((role) => `${name} ${role}`),
  );
  expect(unknown).toEqual([]);
});
