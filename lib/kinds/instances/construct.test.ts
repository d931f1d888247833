import { tmpdir } from 'node:os';
import { App, TerraformStack } from 'cdktf';
import { fromSynthesized } from '../../resources/resources';
import { Network } from '../../terraform/network';
import { withoutStackTraces } from '../../terraform/stack-traces';
import { Queue } from '../queue/construct';
import { Instances, type InstancesProps } from './construct';
import { kind } from './kind';
import { readBack } from './read-back';

const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const machine = { image: 'resolve:ssm:/shop/image', type: 'm7g.large' };

type Given = Omit<InstancesProps, 'network' | 'image' | 'type'> & Partial<Pick<InstancesProps, 'image' | 'type'>>;

const build = (given: Given, then: (web: Instances) => void = () => undefined, over = zones, tags: Readonly<Record<string, string>> = {}) =>
  withoutStackTraces(() => make(given, then, over, tags));

function make(given: Given, then: (web: Instances) => void, over: readonly string[], tags: Readonly<Record<string, string>>) {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', { region: 'eu-central-1', zones: over, cidr: '10.0.0.0/16', tags });
  const web = new Instances(stack, 'web', { network, ...machine, ...given });
  then(web);
  const { resource } = stack.toTerraform();
  return { web, resource, group: resource.aws_autoscaling_group.web_group, template: resource.aws_launch_template.web_template };
}

test('instances give their credentials to nobody who can only send them a request, and their volumes are encrypted', () => {
  const { template } = build({ needs: 4 });
  expect(template.metadata_options).toEqual({ http_endpoint: 'enabled', http_put_response_hop_limit: 1, http_tokens: 'required' });
  expect(template.block_device_mappings[0].ebs).toMatchObject({ encrypted: 'true', volume_type: 'gp3' });
  expect(template.image_id).toBe('resolve:ssm:/shop/image');
});

test("the group and all that its template makes have the topology's tags, under the group's own name", () => {
  const { group, template } = build({ needs: 4 }, undefined, zones, { team: 'orders', Name: 'theirs', 'cost-centre': '4711' });
  const tags = { Name: 'shop-web', 'cost-centre': '4711', team: 'orders', topology: 'shop' };
  expect(template.tag_specifications).toEqual(['instance', 'volume', 'network-interface'].map((type) => ({ resource_type: type, tags })));
  expect(group.tag).toEqual(Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: false })));
});

test('the group keeps its count in one private subnet per zone', () => {
  const { group } = build({ needs: 4 });
  expect(group).toMatchObject({ min_size: 6, desired_capacity: 6, max_size: 7, health_check_type: 'EC2', health_check_grace_period: 300 });
  expect(group.vpc_zone_identifier).toEqual(zones.map((zone) => `\${aws_subnet.private-${zone}.id}`));
});

test('Terraform leaves the desired count to scaling, where something scales', () => {
  expect(build({ needs: 4 }).group.lifecycle.ignore_changes).toEqual(['desired_capacity']);
  expect(build({ needs: 4, scaleOn: 'nothing' }).group.lifecycle).toBeUndefined();
});

test('a deployment replaces one batch at a time, launching before it terminates, and stops on an alarm', () => {
  const { preferences } = build({ needs: 4, batch: 2 }).group.instance_refresh;
  expect(preferences).toMatchObject({ min_healthy_percentage: 100, max_healthy_percentage: 134, instance_warmup: '120' });
  expect(preferences.alarm_specification.alarms).toEqual(['${aws_cloudwatch_metric_alarm.web_alarm_below-count.alarm_name}']);
});

test('a group in alarm can be given its fix, which nothing stops or takes back', () => {
  const { preferences } = build({ needs: 4, image: 'ami-0123456789abcdef0', deployInAlarm: 'it does not start' }).group.instance_refresh;
  expect(preferences).toEqual({ min_healthy_percentage: 100, max_healthy_percentage: 117, instance_warmup: '120' });
});

test('only an image that is named by its id can be rolled back to', () => {
  const rollback = (image: string) => build({ needs: 4, image }).group.instance_refresh.preferences.auto_rollback;
  expect(rollback('ami-0123456789abcdef0')).toBe(true);
  expect(rollback('resolve:ssm:/shop/image')).toBe(false);
});

test('what a script writes as ${…} is not evaluated by Terraform', () => {
  const { user_data: encoded } = build({ needs: 4, userData: 'echo ${HOME} %{if}' }).template;
  expect(Buffer.from(encoded, 'base64').toString()).toBe('echo ${HOME} %{if}');
});

test('units that a load balancer checks are replaced by its check, unless the spec says otherwise', () => {
  const attached = (given: Given) => build(given, (web) => web.attach('arn:targets')).group;
  expect(attached({ needs: 4, port: 80 })).toMatchObject({ health_check_type: 'ELB', target_group_arns: ['arn:targets'] });
  expect(attached({ needs: 4, port: 80, healthCheck: 'ec2' })).toMatchObject({
    health_check_type: 'EC2',
    target_group_arns: ['arn:targets'],
  });
});

test('several load balancers may send requests to the same units', () => {
  const { group } = build({ needs: 4, port: 80 }, (web) => {
    web.attach('arn:a');
    web.attach('arn:b');
  });
  expect(group.target_group_arns).toEqual(['arn:a', 'arn:b']);
});

test('the group grows on CPU, on requests of the first balancer that counts them, or not at all', () => {
  const policy = (given: Given) =>
    build({ needs: 4, port: 80, ...given }, (web) => {
      web.attach('arn:network');
      web.attach('arn:a', 'app/front/1/targetgroup/web/2');
      web.attach('arn:b', 'app/other/1/targetgroup/web/3');
    }).resource.aws_autoscaling_policy?.web_scaling.target_tracking_configuration;
  expect(policy({})).toEqual({ predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' }, target_value: 60 });
  expect(policy({ scaleOn: 'requests', capacity: '200/s', scaleAt: '50%' })).toEqual({
    predefined_metric_specification: {
      predefined_metric_type: 'ALBRequestCountPerTarget',
      resource_label: 'app/front/1/targetgroup/web/2',
    },
    target_value: 6000,
  });
  expect(policy({ scaleOn: 'nothing' })).toBeUndefined();
});

test('without a profile of the user a role is made that Session Manager reaches, and that may do nothing else', () => {
  const { resource } = build({ needs: 4 });
  expect(resource.aws_iam_role_policy_attachment['web_session-manager'].policy_arn).toMatch(/:policy\/AmazonSSMManagedInstanceCore$/);
  expect(Object.keys(resource.aws_iam_role_policy).filter((id) => id.startsWith('web'))).toEqual([]);
  const own = build({ needs: 4, instanceProfile: 'ours' });
  expect(own.template.iam_instance_profile).toEqual({ name: 'ours' });
  expect(own.resource.aws_iam_instance_profile).toBeUndefined();
});

test('its role may use what it depends on, each by a policy of its own', () => {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', { region: 'eu-central-1', zones, cidr: '10.0.0.0/16' });
  const jobs = new Queue(stack, 'jobs', { network });
  const web = new Instances(stack, 'web', { network, ...machine, needs: 4, dependsOn: [jobs] });
  const { web_access_jobs: policy } = stack.toTerraform().resource.aws_iam_role_policy;
  expect(policy.role).toBe('${aws_iam_role.web_role.name}');
  const { Statement: statements } = JSON.parse(policy.policy);
  expect(statements.map((statement: { Resource: string }) => statement.Resource)).toEqual([
    '${aws_sqs_queue.jobs_queue.arn}',
    '${aws_kms_key.key.arn}',
  ]);
  expect(web.dependencies).toHaveLength(1);
});

test('an argument that the kind lacks is set by its role', () => {
  const { template } = build({
    needs: 4,
    terraform: { reason: 'burst', template: { credit_specification: { cpu_credits: 'unlimited' } } },
  });
  expect(template.credit_specification).toEqual({ cpu_credits: 'unlimited' });
});

test('an alarm rings when fewer are in service than are needed', () => {
  expect(build({ needs: 4 }).resource.aws_cloudwatch_metric_alarm['web_alarm_below-needs']).toMatchObject({
    threshold: 4,
    comparison_operator: 'LessThanThreshold',
    treat_missing_data: 'breaching',
    dimensions: { AutoScalingGroupName: 'shop-web' },
  });
});

describe('read back', () => {
  const found = (given: Given, over = zones) => {
    const { web, resource } = build(given, undefined, over);
    return { web, found: readBack(fromSynthesized({ resource }), 'shop-') };
  };

  test.each<[string, Given, string[]]>([
    ['one unit for each zone', { count: 3, needs: 2 }, zones],
    ['a unit whose zone the cloud chooses', { count: 7, needs: 4 }, zones],
    ['fewer units than zones', { count: 2, needs: 1 }, zones],
    ['one zone', { count: 2, needs: 1 }, ['eu-central-1b']],
    ['a load', { load: '900/s', capacity: '220/s', distribution: 'balanced-only' }, zones],
    ['many units in large batches', { count: 120, needs: 90, batch: 7, warmUp: '5m', grace: '10m' }, zones],
  ])('what was built has the units that were described: %s', (_, given, over) => {
    const { web, found: components } = found(given, over);
    const place = {
      name: 'web',
      prefix: 'shop-',
      region: { name: 'eu-central-1', zones: over, cidr: '10.0.0.0/16', nat: 'per-zone' as const },
    };
    const behaviour = kind.describe(web.settings, { ...place, dependsOn: [], dependents: [] });
    expect(components).toHaveLength(1);
    expect(components[0]!.units).toEqual(behaviour.units.map(({ address, zone }) => ({ address, zones: zone === null ? over : [zone] })));
    // What was found, resolved again, behaves the same; a load is no resource, and only the units that it needs are found.
    const again = kind.describe(kind.settings(components[0]!.settings as Record<string, string | number>, place), {
      ...place,
      dependsOn: [],
      dependents: [],
    });
    expect(again).toEqual(behaviour);
  });

  test('what Terraform has read, with blocks as lists and ids for references, is found too', () => {
    const subnets = ['a', 'b'].map((letter) => ({ id: `subnet-${letter}`, availability_zone: `eu-central-1${letter}` }));
    const resource = {
      aws_subnet: Object.fromEntries(subnets.map((subnet) => [subnet.id, subnet])),
      aws_launch_template: {
        web: { id: 'lt-1', image_id: 'ami-0123456789abcdef0', instance_type: 'm7g.large', vpc_security_group_ids: [] },
      },
      aws_autoscaling_group: {
        web: {
          name: 'shop-web',
          min_size: 2,
          // Scaled out: what is sure is the minimum.
          desired_capacity: 4,
          max_size: 5,
          health_check_type: 'ELB',
          vpc_zone_identifier: ['subnet-a', 'subnet-b'],
          launch_template: [{ id: 'lt-1' }],
          availability_zone_distribution: [{ capacity_distribution_strategy: 'balanced-only' }],
          instance_refresh: [{ preferences: [{ max_healthy_percentage: 150 }] }],
        },
      },
    };
    const [web] = readBack(fromSynthesized({ resource }), 'shop-');
    expect(web!.settings).toMatchObject({ count: 2, batch: 1, healthCheck: 'elb', distribution: 'balanced-only' });
    expect(web!.units.map(({ zones: of }) => of)).toEqual([['eu-central-1a'], ['eu-central-1b']]);
  });

  test('a group without rolling deployments changes all at once', () => {
    const { resource, group } = build({ needs: 4 });
    delete group.instance_refresh;
    expect(readBack(fromSynthesized({ resource }), 'shop-')[0]!.settings.batch).toBe(6);
  });

  test("another topology's groups are not ours", () => {
    const { resource } = build({ needs: 4 });
    expect(readBack(fromSynthesized({ resource }), 'other-')).toEqual([]);
  });
});
