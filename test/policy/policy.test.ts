import { randomSpec } from '../random-specs/random-spec';
import type { Plain } from '../../lib/topology/plain';
import { exampleFiles, settingsIn, topologyFiles, topologyOf, withoutFlows } from '../specs';
import { stackOf } from '../synthesized';
import type { StackJson } from '../terraform/stack-json';
import { violations } from './policy';
import { unsound } from './sound';

const files = [...topologyFiles, ...exampleFiles];

test.each(files)('the Terraform of %s is secure as it comes', (file) => {
  expect(violations(stackOf(topologyOf(settingsIn(file))).json)).toEqual([]);
});

test.each(files)('the Terraform of %s has none of the faults that Terraform does not notice', (file) => {
  expect(unsound(stackOf(topologyOf(settingsIn(file))).json)).toEqual([]);
});

test.each(files)('every component of %s that fails by units of its own has an alarm', (file) => {
  const topology = topologyOf(settingsIn(file));
  const alarms = Object.keys(stackOf(topology).json.resource?.aws_cloudwatch_metric_alarm ?? {});
  const silent = topology.components.filter(
    ({ name, behaviour }) => behaviour.units.length > 0 && !alarms.some((id) => id.startsWith(`${name}_alarm_`)),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

/** The settings by which a spec loosens a default, each with its reason. */
const loosening = ['deletable', 'withoutAccessLogs', 'withoutLastSnapshot'];

function strict(settings: Plain): Plain {
  const components = settings.components as Readonly<Record<string, Plain>>;
  const kept = Object.entries(components).map(([name, component]) => [
    name,
    Object.fromEntries(Object.entries(component).filter(([key]) => !loosening.includes(key))),
  ]);
  return { ...settings, components: Object.fromEntries(kept) as Plain };
}

test('the Terraform of random specs is secure and sound, where they do not say otherwise', () => {
  for (let seed = 0; seed < 60; seed++) {
    const { json } = stackOf(topologyOf(withoutFlows(strict(randomSpec(seed)))));
    expect({ seed, wrong: [...violations(json), ...unsound(json)] }).toEqual({ seed, wrong: [] });
  }
});

test('what a spec loosens with a reason is loosened, and nothing else', () => {
  const settings = settingsIn('topologies/minimal.yaml');
  const components = settings.components as Readonly<Record<string, Plain>>;
  const front = { ...components.front!, deletable: 'made for a day', withoutAccessLogs: 'the edge logs already' };
  const { json } = stackOf(topologyOf({ ...settings, components: { ...components, front } }));
  expect(violations(json)).toEqual(['aws_lb.front_balancer may be deleted', 'aws_lb.front_balancer does not log access']);
});

/** A stack with one argument changed. */
function changed(json: StackJson, type: string, change: (args: Record<string, unknown>) => void): StackJson {
  const copy = structuredClone(json);
  const args = Object.values(copy.resource![type]!)[0]! as Record<string, unknown>;
  change(args);
  return copy;
}

test('the policy sees what it is for', () => {
  const { json } = stackOf(topologyOf(settingsIn('topologies/minimal.yaml')));
  const seen = (type: string, change: (args: Record<string, unknown>) => void) => violations(changed(json, type, change)).length;
  expect(violations(json)).toEqual([]);
  expect(
    seen('aws_vpc_security_group_ingress_rule', (rule) => Object.assign(rule, { cidr_ipv4: '0.0.0.0/0', from_port: 22, to_port: 22 })),
  ).toBe(1);
  expect(seen('aws_lb', (lb) => Object.assign(lb, { internal: true }))).toBe(2);
  expect(seen('aws_lb', (lb) => Object.assign(lb, { enable_deletion_protection: false }))).toBe(1);
  expect(seen('aws_launch_template', (template) => Object.assign(template, { metadata_options: { http_tokens: 'optional' } }))).toBe(1);
  expect(seen('aws_s3_bucket_public_access_block', (access) => Object.assign(access, { block_public_acls: false }))).toBe(1);
  expect(seen('aws_cloudwatch_metric_alarm', (alarm) => Object.assign(alarm, { alarm_actions: [] }))).toBe(1);
  expect(seen('aws_security_group', (group) => Object.assign(group, { ingress: [] }))).toBe(1);
  expect(
    seen('aws_iam_role_policy', (it) => Object.assign(it, { policy: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}' })),
  ).toBe(1);
});

test('what Terraform does not notice is seen', () => {
  const { json } = stackOf(topologyOf(settingsIn('topologies/minimal.yaml')));
  const seen = (type: string, change: (args: Record<string, unknown>) => void) => unsound(changed(json, type, change)).length;
  expect(unsound(json)).toEqual([]);
  expect(seen('aws_subnet', (subnet) => Object.assign(subnet, { cidr_block: '10.1.0.0/21' }))).toBe(1);
  expect(
    seen('aws_subnet', (subnet) => Object.assign(subnet, { cidr_block: '10.0.8.0/21', availability_zone: 'us-east-1a' })),
  ).toBeGreaterThan(0);
  expect(seen('aws_autoscaling_group', (group) => Object.assign(group, { min_size: 99 }))).toBeGreaterThan(0);
  expect(
    seen('aws_lb_target_group', (group) =>
      Object.assign(group, { health_check: { interval: 10, timeout: 10, healthy_threshold: 2, unhealthy_threshold: 2 } }),
    ),
  ).toBe(1);
  expect(seen('aws_vpc_security_group_egress_rule', (rule) => Object.assign(rule, { from_port: 9000, to_port: 80 }))).toBe(1);
  expect(seen('aws_lb', (lb) => Object.assign(lb, { security_groups: ['${aws_vpc.network.id}'] }))).toBe(1);
});
