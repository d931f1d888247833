import { fromSynthesized, type Arguments, type Resource, type Resources } from '../../lib/resources/resources';
import type { StackJson } from '../terraform/stack-json';

/** What a careful reviewer would not let pass, as sentences: `aws_db_instance.x is public`. */
export function violations(json: StackJson): string[] {
  const resources = fromSynthesized(json as Parameters<typeof fromSynthesized>[0]);
  return [
    ...ingress(resources),
    ...inlineRules(resources),
    ...dataStores(resources),
    ...volumes(resources),
    ...queuesAndTopics(resources, json),
    ...buckets(resources),
    ...balancers(resources),
    ...policies(resources),
    ...secrets(resources, json),
    ...alarms(resources),
  ];
}

function block(value: unknown): Arguments {
  return (Array.isArray(value) ? value[0] : value) ?? {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

const wrongIf = (condition: boolean, { address }: Resource, what: string) => (condition ? [`${address} ${what}`] : []);

/** The whole internet may come in on the listeners of public balancers, and nowhere else. */
function ingress(resources: Resources): string[] {
  return resources.ofType('aws_vpc_security_group_ingress_rule').flatMap((rule) => {
    const { cidr_ipv4: cidr, cidr_ipv6: cidr6, from_port: from, to_port: to } = rule.arguments;
    if (cidr === undefined && cidr6 === undefined)
      return wrongIf(rule.arguments.referenced_security_group_id === undefined, rule, 'is for nobody');
    const group = resources.tryFollow(rule.arguments.security_group_id);
    const behind = resources
      .ofType('aws_lb')
      .filter((lb) => lb.arguments.internal !== true && list(lb.arguments.security_groups).some((it) => resources.tryFollow(it) === group));
    const ports = resources
      .ofType('aws_lb_listener')
      .filter((listener) => behind.includes(resources.tryFollow(listener.arguments.load_balancer_arn)!))
      .map((listener) => listener.arguments.port);
    return wrongIf(from !== to || !ports.includes(from), rule, `lets ${String(cidr ?? cidr6)} in on ${String(from)}-${String(to)}`);
  });
}

function inlineRules(resources: Resources): string[] {
  const groups = resources.ofType('aws_security_group');
  return [
    ...groups.flatMap((group) => wrongIf('ingress' in group.arguments || 'egress' in group.arguments, group, 'has rules of its own')),
    ...resources
      .ofType('aws_default_security_group')
      .flatMap((group) => wrongIf(list(group.arguments.ingress).length + list(group.arguments.egress).length > 0, group, 'is open')),
  ];
}

function dataStores(resources: Resources): string[] {
  const onlyDataSubnets = (type: string) =>
    resources.ofType(type).flatMap((group) =>
      wrongIf(
        list(group.arguments.subnet_ids).some((id) => !resources.tryFollow(id)?.name.startsWith('data-')),
        group,
        'lies outside the data subnets',
      ),
    );
  const servers = [...resources.ofType('aws_db_instance'), ...resources.ofType('aws_rds_cluster_instance')];
  // A replica and a member of a cluster take encryption and backups from what they belong to.
  const primaries = [
    ...resources.ofType('aws_db_instance').filter((it) => it.arguments.replicate_source_db === undefined),
    ...resources.ofType('aws_rds_cluster'),
  ];
  return [
    ...onlyDataSubnets('aws_db_subnet_group'),
    ...onlyDataSubnets('aws_elasticache_subnet_group'),
    ...servers.flatMap((it) => wrongIf(it.arguments.publicly_accessible === true, it, 'is public')),
    ...primaries.flatMap((it) => [
      ...wrongIf(it.arguments.storage_encrypted !== true, it, 'is not encrypted'),
      ...wrongIf(it.arguments.kms_key_id === undefined, it, 'is encrypted with no key of ours'),
      ...wrongIf(it.arguments.deletion_protection !== true, it, 'may be deleted'),
      ...wrongIf(it.arguments.skip_final_snapshot !== false, it, 'leaves no last snapshot'),
      ...wrongIf(!(Number(it.arguments.backup_retention_period) >= 1), it, 'has no backups'),
    ]),
    ...resources
      .ofType('aws_elasticache_replication_group')
      .flatMap((it) => [
        ...wrongIf(`${String(it.arguments.at_rest_encryption_enabled)}` !== 'true', it, 'is not encrypted at rest'),
        ...wrongIf(it.arguments.transit_encryption_enabled !== true, it, 'is not encrypted in transit'),
      ]),
  ];
}

function volumes(resources: Resources): string[] {
  return resources
    .ofType('aws_launch_template')
    .flatMap((template) => [
      ...wrongIf(block(template.arguments.metadata_options).http_tokens !== 'required', template, 'answers to IMDSv1'),
      ...list(template.arguments.block_device_mappings).flatMap((mapping) =>
        wrongIf(String(block(block(mapping).ebs).encrypted) !== 'true', template, 'has a volume that is not encrypted'),
      ),
      ...list(template.arguments.network_interfaces).flatMap((it) =>
        wrongIf(String(block(it).associate_public_ip_address) === 'true', template, 'has public addresses'),
      ),
    ]);
}

function queuesAndTopics(resources: Resources, json: StackJson): string[] {
  const account = json.provider?.aws?.[0]?.allowed_account_ids !== undefined;
  return [
    ...resources
      .ofType('aws_sqs_queue')
      .flatMap((it) =>
        wrongIf(it.arguments.kms_master_key_id === undefined && it.arguments.sqs_managed_sse_enabled !== true, it, 'is not encrypted'),
      ),
    // Our own key lets alarms write to the topic only where the account is known.
    ...(account
      ? resources.ofType('aws_sns_topic').flatMap((it) => wrongIf(it.arguments.kms_master_key_id === undefined, it, 'is not encrypted'))
      : []),
  ];
}

function buckets(resources: Resources): string[] {
  const about = (type: string, bucket: Resource) =>
    resources.ofType(type).find((it) => resources.tryFollow(it.arguments.bucket) === bucket);
  const closed = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];
  return resources.ofType('aws_s3_bucket').flatMap((bucket) => {
    const access = about('aws_s3_bucket_public_access_block', bucket)?.arguments ?? {};
    return [
      ...wrongIf(!about('aws_s3_bucket_server_side_encryption_configuration', bucket), bucket, 'is not encrypted'),
      ...wrongIf(!closed.every((key) => access[key] === true), bucket, 'may become public'),
    ];
  });
}

function balancers(resources: Resources): string[] {
  return [
    ...resources
      .ofType('aws_lb')
      .flatMap((lb) => [
        ...wrongIf(lb.arguments.enable_deletion_protection !== true, lb, 'may be deleted'),
        ...wrongIf(block(lb.arguments.access_logs).enabled !== true, lb, 'does not log access'),
        ...wrongIf(list(lb.arguments.subnets).length < 2, lb, 'stands in one zone'),
      ]),
    ...resources.ofType('aws_lb_listener').flatMap((listener) => {
      const { protocol, ssl_policy: policy, default_action: action } = listener.arguments;
      const encrypted = protocol === 'HTTPS' || protocol === 'TLS';
      return [
        ...wrongIf(encrypted && !/TLS13-1-[23]/.test(String(policy)), listener, 'takes old versions of TLS'),
        ...wrongIf(protocol === 'HTTP' && block(action).type !== 'redirect', listener, 'answers without encryption'),
      ];
    }),
  ];
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** Policies of roles; in the policy of a key or a queue, `*` is that key or queue. */
function policies(resources: Resources): string[] {
  return ['aws_iam_role_policy', 'aws_iam_policy'].flatMap((type) =>
    resources.ofType(type).flatMap((policy) => {
      const { Statement: statements } = JSON.parse(String(policy.arguments.policy)) as { Statement: readonly Statement[] };
      return statements
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action, Resource }) => {
          const wildAction = list(Action).some((action) => String(action) === '*' || String(action).endsWith(':*'));
          return wrongIf(
            wildAction || list(Resource).includes('*'),
            policy,
            `allows ${list(Action).join(', ')} on ${list(Resource).join(', ')}`,
          );
        });
    }),
  );
}

/** A secret may be named, but stands nowhere. */
function secrets(resources: Resources, { variable = {} }: StackJson): string[] {
  const named = /^(password|master_password|auth_token|secret_string|secret_key|access_key|token)$/;
  const writeOnly = /_wo$/;
  return [
    ...resources.all.flatMap((resource) =>
      Object.entries(resource.arguments).flatMap(([key, value]) => [
        ...wrongIf(named.test(key) && value !== undefined, resource, `has its ${key} in the state`),
        ...wrongIf(writeOnly.test(key) && !/^\$\{.*var\..+\}$/s.test(String(value)), resource, `has a ${key} that comes from no variable`),
      ]),
    ),
    ...Object.entries(variable).flatMap(([name, declared]) =>
      declared.ephemeral === true && declared.sensitive === true && !('default' in declared) ? [] : [`var.${name} is kept`],
    ),
  ];
}

function alarms(resources: Resources): string[] {
  return resources.ofType('aws_cloudwatch_metric_alarm').flatMap((alarm) => {
    const topics = [alarm.arguments.alarm_actions, alarm.arguments.ok_actions].map((actions) =>
      list(actions).map((it) => resources.tryFollow(it)?.type),
    );
    return wrongIf(!topics.every((types) => types.includes('aws_sns_topic')), alarm, 'tells nobody');
  });
}
