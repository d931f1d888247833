import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from './run';
import { variablesOf, withoutBackend, type Stack, type StackJson } from './stack-json';

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:123456789012:${rest}`;

/** What a mock cannot invent, since the provider checks its form when another resource takes it. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_lb: { arn: arn('elasticloadbalancing', 'loadbalancer/app/mock/0123456789abcdef'), arn_suffix: 'app/mock/0123456789abcdef' },
  aws_lb_target_group: {
    arn: arn('elasticloadbalancing', 'targetgroup/mock/0123456789abcdef'),
    arn_suffix: 'targetgroup/mock/0123456789abcdef',
  },
  aws_lb_listener: { arn: arn('elasticloadbalancing', 'listener/app/mock/0123456789abcdef/0123456789abcdef') },
  aws_kms_key: { arn: arn('kms', 'key/11111111-2222-3333-4444-555555555555'), key_id: '11111111-2222-3333-4444-555555555555' },
  aws_sns_topic: { arn: arn('sns', 'mock') },
  aws_sqs_queue: { redrive_policy: '', arn: arn('sqs', 'mock'), url: 'https://sqs.us-east-1.amazonaws.com/123456789012/mock' },
  aws_iam_role: { arn: 'arn:aws:iam::123456789012:role/mock' },
  aws_iam_instance_profile: { arn: 'arn:aws:iam::123456789012:instance-profile/mock' },
  aws_iam_policy: { arn: 'arn:aws:iam::123456789012:policy/mock' },
  aws_cloudwatch_log_group: { arn: arn('logs', 'log-group:mock') },
  aws_cloudwatch_metric_alarm: { arn: arn('cloudwatch', 'alarm:mock') },
  aws_s3_bucket: { arn: 'arn:aws:s3:::mock' },
  aws_launch_template: { id: 'lt-0123456789abcdef0', arn: arn('ec2', 'launch-template/lt-0123456789abcdef0'), latest_version: 1 },
  aws_secretsmanager_secret: { arn: arn('secretsmanager', 'secret:mock-abcdef') },
  aws_db_instance: {
    arn: arn('rds', 'db:mock'),
    master_user_secret: [{ secret_arn: arn('secretsmanager', 'secret:mock-abcdef'), secret_status: 'active', kms_key_id: 'mock' }],
  },
  aws_rds_cluster: {
    arn: arn('rds', 'cluster:mock'),
    master_user_secret: [{ secret_arn: arn('secretsmanager', 'secret:mock-abcdef'), secret_status: 'active', kms_key_id: 'mock' }],
  },
};

/** The same for each resource under its own name, so that no two have one ARN. */
function overridesOf({ resource = {} }: StackJson): unknown[] {
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.keys(byName).flatMap((name) => {
      const values = defaults[type];
      if (!values) return [];
      const digits = createHash('sha256').update(name).digest('hex').slice(0, 17);
      const own = JSON.stringify(values)
        .replaceAll(/\bmock\b/g, name.replace(/[^A-Za-z0-9-]/g, '-'))
        .replaceAll('lt-0123456789abcdef0', `lt-${digits}`);
      return [{ target: `${type}.${name}`, values: JSON.parse(own) as unknown }];
    }),
  );
}

/** The state in which a mock apply has left a stack, as `terraform show -json` gives it. */
export function mockState(stack: Stack): unknown {
  const lines = mockApply(stack, ['-json', '-verbose']).split('\n');
  const line = lines.find((it) => it.includes('"test_state"'));
  if (line === undefined) throw new Error('the mock apply shows no state');
  const { root_module } = (JSON.parse(line) as { readonly test_state: { readonly root_module: unknown } }).test_state;
  return { format_version: '1.0', values: { root_module } };
}

/** Applies a stack to a mock of AWS and destroys it again. Throws what Terraform says; returns its words. */
export function mockApply({ json }: Stack, options: readonly string[] = ['-no-color']): string {
  const root = mkdtempSync(join(tmpdir(), 'nines-apply-'));
  try {
    const { provider: _provider, ...rest } = withoutBackend(json);
    const file = {
      mock_provider: { aws: {} },
      override_resource: overridesOf(json),
      variables: variablesOf(json),
      run: { everything: { command: 'apply' } },
    };
    writeFileSync(join(root, 'cdk.tf.json'), JSON.stringify(rest));
    writeFileSync(join(root, 'mock.tftest.json'), JSON.stringify(file));
    terraform(root, 'init', '-backend=false', '-no-color');
    return terraform(root, 'test', ...options);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
