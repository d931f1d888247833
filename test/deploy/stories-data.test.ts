import type { Plain } from '../../lib/topology/plain';
import { needs } from '../requirements';
import { beginStory, type Story } from './story';

const minutes = 60_000;
const deployed = needs('python3', 'terraform');

let story: Story;
afterAll(() => story?.end());

/** An instance and an Aurora cluster, in version after version. */
function version(ledger: Plain, stock: Plain): Plain {
  const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
  const database = { kind: 'database', engine: 'postgres', deletable: 'it is a test' };
  return {
    version: 1,
    name: 'books',
    regions: { 'eu-central-1': { zones, cidr: '10.0.0.0/16', nat: 'shared' } },
    components: {
      ledger: { ...database, class: 'db.t4g.medium', ...ledger },
      stock: { ...database, form: 'aurora', class: 'db.r7g.large', ...stock },
    },
    flows: { read: { requires: ['ledger', 'stock'] } },
  };
}

deployed(
  'the first version is deployed: a single instance and an Aurora cluster of one node',
  async () => {
    story = await beginStory('books');
    await story.deploy(version({ form: 'single' }, { readers: 0 }));
  },
  15 * minutes,
);

deployed(
  'a standby is added in place, and a reader and a shard beside what is there',
  async () => {
    const grown = version({ form: 'multi-az-instance' }, { readers: 1, shards: 2 });
    expect(await story.plan(grown)).toEqual({
      'aws_cloudwatch_metric_alarm.stock_alarm_cpu-shard-1': 'create',
      'aws_cloudwatch_metric_alarm.stock_alarm_reader-lag': 'create',
      'aws_cloudwatch_metric_alarm.stock_alarm_reader-lag-shard-1': 'create',
      'aws_cloudwatch_metric_alarm.stock_alarm_silent-shard-1': 'create',
      'aws_db_instance.ledger_instance': 'update',
      'aws_rds_cluster.stock_cluster_shard-1': 'create',
      'aws_rds_cluster_instance.stock_node_1': 'create',
      'aws_rds_cluster_instance.stock_node_shard-1-0': 'create',
      'aws_rds_cluster_instance.stock_node_shard-1-1': 'create',
    });
    await story.deploy(grown);
  },
  15 * minutes,
);

deployed(
  'without the reader and the shard the first cluster stays as it is',
  async () => {
    const shrunk = version({ form: 'multi-az-instance' }, { readers: 0, allowReplacement: 'the shard was never used' });
    expect(await story.plan(shrunk)).toEqual({
      'aws_cloudwatch_metric_alarm.stock_alarm_cpu-shard-1': 'delete',
      'aws_cloudwatch_metric_alarm.stock_alarm_reader-lag': 'delete',
      'aws_cloudwatch_metric_alarm.stock_alarm_reader-lag-shard-1': 'delete',
      'aws_cloudwatch_metric_alarm.stock_alarm_silent-shard-1': 'delete',
      'aws_rds_cluster.stock_cluster_shard-1': 'delete',
      'aws_rds_cluster_instance.stock_node_1': 'delete',
      'aws_rds_cluster_instance.stock_node_shard-1-0': 'delete',
      'aws_rds_cluster_instance.stock_node_shard-1-1': 'delete',
    });
    await story.deploy(shrunk);
  },
  15 * minutes,
);
