import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSpec } from '../../lib/spec/load';
import { randomSpec } from '../random-specs/random-spec';
import { topologyOf } from '../specs';
import { stackOf } from '../synthesized';

// Of 49 faults that were planted in Terraform, these eighteen are noticed neither by `validate` nor by `plan` nor by a mock apply. Those that a spec can
// contain are diagnostics; those that it cannot, because the constructs compute what they are about, are never in what is synthesized.

const codesOf = (name: string) => loadSpec(readFileSync(join(__dirname, 'specs', name)), name).diagnostics.map(({ code }) => code);

test.each([
  ['a zone of another region', 'zone-of-another-region.yaml', 'spec/unknown-zone'],
  ['a nonsense engine', 'database-make.yaml', 'spec/value'],
  ['a nonsense engine version of a database', 'database-make.yaml', 'database/unknown-version'],
  ['a nonsense engine version of a cache', 'cache.yaml', 'cache/unknown-version'],
  ['a nonsense class of a database', 'database-make.yaml', 'database/unknown-class'],
  ['a nonsense class of a cache', 'cache.yaml', 'cache/unknown-class'],
  ['a nonsense type of an instance', 'instance-type.yaml', 'instances/type'],
  ['a load balancer in one subnet', 'one-zone-balancer.yaml', 'load-balancer/one-zone'],
  ['a health check whose timeout is not below its interval', 'health-check.yaml', 'load-balancer/timeout-not-below-interval'],
  ['a group whose maximum is below its minimum', 'group-sizes.yaml', 'instances/max-below-count'],
  ['a type of health check that does not exist', 'misspelt-value.yaml', 'spec/value'],
  ['a type of health check without what it asks', 'health-check-without-balancer.yaml', 'instances/health-check-without-balancer'],
  ['a range of ports, reversed, where one port belongs', 'ports.yaml', 'spec/type'],
  ['a region that does not exist', 'unknown-region.yaml', 'spec/unknown-region'],
])('%s is a diagnostic', (_, spec, code) => {
  expect(codesOf(spec)).toContain(code);
});

type Arguments = Readonly<Record<string, unknown>>;

interface Synthesized {
  readonly named: (type: string) => Readonly<Record<string, Arguments>>;
  readonly of: (type: string) => Arguments[];
}

/** What is synthesized from two dozen random specs, by stack. */
const synthesized: readonly Synthesized[] = Array.from({ length: 24 }, (_, seed) => {
  const resources = (stackOf(topologyOf(randomSpec(seed))).json.resource ?? {}) as Readonly<
    Record<string, Readonly<Record<string, Arguments>>>
  >;
  return { named: (type) => resources[type] ?? {}, of: (type) => Object.values(resources[type] ?? {}) };
});

/** Of every stack, all resources of a type; that there are some makes sure that the test looks at something. */
function every(type: string): Arguments[] {
  const found = synthesized.flatMap(({ of }) => of(type));
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/** First and last address of a range, as numbers. */
function span(cidr: unknown): readonly [number, number] {
  const [address, length] = String(cidr).split('/') as [string, string];
  const first = address.split('.').reduce((total, part) => total * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
}

test('every subnet lies in the range of its network, and none overlaps another', () => {
  every('aws_subnet');
  for (const { of } of synthesized) {
    const [from, to] = span(of('aws_vpc')[0]!.cidr_block);
    const spans = of('aws_subnet')
      .map(({ cidr_block }) => span(cidr_block))
      .sort((a, b) => a[0] - b[0]);
    expect(spans.every(([first, last]) => from <= first && last <= to)).toBe(true);
    expect(spans.every(([first], i) => i === 0 || spans[i - 1]![1] < first)).toBe(true);
  }
});

test('every database that keeps a final snapshot names it', () => {
  for (const type of ['aws_db_instance', 'aws_rds_cluster']) {
    for (const database of every(type)) {
      if (database.replicate_source_db !== undefined) continue;
      expect(database.skip_final_snapshot === true || typeof database.final_snapshot_identifier === 'string').toBe(true);
    }
  }
});

test('what takes security groups is given security groups', () => {
  const group = /^\$\{aws_security_group\.[^.]+\.id\}$/;
  const given = [
    ...every('aws_lb').flatMap(({ security_groups }) => (security_groups ?? []) as string[]),
    ...every('aws_db_instance').flatMap(({ vpc_security_group_ids }) => (vpc_security_group_ids ?? []) as string[]),
    ...every('aws_launch_template').flatMap(({ vpc_security_group_ids }) => (vpc_security_group_ids ?? []) as string[]),
    ...every('aws_elasticache_replication_group').flatMap(({ security_group_ids }) => (security_group_ids ?? []) as string[]),
    ...every('aws_vpc_security_group_ingress_rule').map(({ security_group_id }) => security_group_id as string),
  ];
  expect(given.filter((id) => !group.test(id))).toEqual([]);
});

test('every health check of Route 53 and of a target group says after how many failures', () => {
  for (const { failure_threshold } of every('aws_route53_health_check')) expect(failure_threshold).toBeGreaterThan(0);
  for (const { health_check } of every('aws_lb_target_group'))
    expect([health_check].flat()[0]).toMatchObject({ unhealthy_threshold: expect.any(Number) });
});

test('no rule of a security group has its ports reversed', () => {
  for (const { from_port, to_port } of [...every('aws_vpc_security_group_ingress_rule'), ...every('aws_vpc_security_group_egress_rule')]) {
    expect(Number(from_port)).toBeLessThanOrEqual(Number(to_port));
  }
});

test('the password of a database with read replicas is not managed by RDS', () => {
  const sources = synthesized.flatMap(({ named }) =>
    Object.values(named('aws_db_instance')).flatMap(({ replicate_source_db: source }) =>
      source === undefined ? [] : [named('aws_db_instance')[/^\$\{aws_db_instance\.([^.]+)\./.exec(String(source))![1]!]],
    ),
  );
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) expect(source).not.toHaveProperty('manage_master_user_password', true);
});

test('there are no global Aurora databases and no DynamoDB tables whose replicas could lack what they need', () => {
  for (const type of ['aws_rds_global_cluster', 'aws_dynamodb_table']) expect(synthesized.flatMap(({ of }) => of(type))).toEqual([]);
});
