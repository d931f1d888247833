import { fromSynthesized } from '../../resources/resources';
import type { Topology } from '../../topology/topology';
import { asAsked, isOurs, named, type Ours } from './ours';

const expected = fromSynthesized({
  resource: {
    aws_db_instance: { db_instance: { identifier: 'shop-db', engine_version: '17' } },
    aws_sqs_queue: { jobs_queue: { name: 'shop-jobs.fifo' } },
  },
});
const ours: Ours = { topology: { name: 'shop' } as Topology, expected, region: 'us-east-1', prefix: 'shop-' };
const tagged = (topology: string) => [{ Key: 'topology', Value: topology }];

test('a version that AWS has raised is the one that was asked for, another one is not', () => {
  const asked = { engine_version: '17' };
  expect(asAsked(asked, 'engine_version', '17.6')).toBe('17');
  expect(asAsked(asked, 'engine_version', '17')).toBe('17');
  expect(asAsked(asked, 'engine_version', '18.1')).toBe('18.1');
  expect(asAsked({ engine_version: '1' }, 'engine_version', '17.6')).toBe('17.6');
  expect(asAsked(undefined, 'engine_version', '17.6')).toBe('17.6');
});

test('ours is what Terraform makes, tagged or not, and what bears our tag and a name like ours', () => {
  expect(isOurs(ours, 'aws_db_instance', 'shop-db')).toBe(true);
  expect(isOurs(ours, 'aws_db_instance', 'shop-other', tagged('shop'))).toBe(true);
});

test("not ours is another topology's whose name begins like ours, and another environment's of our name", () => {
  expect(isOurs(ours, 'aws_db_instance', 'shop-old-db', tagged('shop-old'))).toBe(false);
  expect(isOurs(ours, 'aws_db_instance', 'shop-other')).toBe(false);
  expect(isOurs(ours, 'aws_db_instance', 'staging-shop-db', tagged('shop'))).toBe(false);
});

test('what Terraform makes has its address there, what somebody has made beside it has one of its own', () => {
  expect(named(ours, 'aws_sqs_queue', 'shop-jobs.fifo', {}).address).toBe('aws_sqs_queue.jobs_queue');
  expect(named(ours, 'aws_db_instance', 'shop-other', {}).address).toBe('aws_db_instance.other');
});
