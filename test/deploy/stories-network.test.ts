import type { Plain } from '../../lib/topology/plain';
import { needs } from '../requirements';
import { awsAt, requestCertificate } from './aws';
import { beginStory, type Story } from './story';

const minutes = 60_000;
const deployed = needs('python3', 'terraform');
const region = 'eu-central-1';

let story: Story;
let certificate: string;
afterAll(() => story?.end());

interface Version {
  readonly zones?: string;
  readonly nat?: 'shared' | 'per-zone';
  readonly healthCheck?: Plain;
  /** What the queue is called. */
  readonly queue?: Plain;
  readonly more?: Plain;
}

const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/** A balancer, two instances and a queue: the smallest network that has all its parts. */
function version({ zones = 'ab', nat = 'shared', healthCheck, queue = { jobs: { kind: 'queue' } }, more = {} }: Version): Plain {
  return {
    version: 1,
    name: 'shop',
    regions: { [region]: { zones: [...zones].map((zone) => `${region}${zone}`), cidr: '10.0.0.0/16', nat } },
    components: {
      front: { kind: 'load-balancer', certificate, deletable: 'it is a test', dependsOn: ['web'], ...(healthCheck ? { healthCheck } : {}) },
      web: { kind: 'instances', image, type: 't4g.small', port: 8080, count: 2, needs: 1, dependsOn: Object.keys(queue) },
      ...queue,
      ...more,
    },
    flows: { visit: { requires: ['front'] } },
  };
}

deployed(
  'the first version is deployed',
  async () => {
    story = await beginStory('shop');
    certificate = await requestCertificate(awsAt(story.url, region), 'shop.example.com');
    await story.deploy(version({}));
  },
  15 * minutes,
);

deployed(
  'a zone more makes what lies in it, and puts balancer and group there; nothing is made anew',
  async () => {
    const grown = version({ zones: 'abc' });
    expect(await story.plan(grown)).toEqual({
      'aws_autoscaling_group.web_group': 'update',
      'aws_lb.front_balancer': 'update',
      'aws_route.private-eu-central-1c': 'create',
      'aws_route_table.private-eu-central-1c': 'create',
      'aws_route_table_association.data-eu-central-1c': 'create',
      'aws_route_table_association.private-eu-central-1c': 'create',
      'aws_route_table_association.public-eu-central-1c': 'create',
      'aws_subnet.data-eu-central-1c': 'create',
      'aws_subnet.private-eu-central-1c': 'create',
      'aws_subnet.public-eu-central-1c': 'create',
      'aws_vpc_endpoint.s3': 'update',
    });
    await story.deploy(grown);
  },
  15 * minutes,
);

deployed(
  'a NAT gateway per zone instead of a shared one makes the others, and turns the routes of their zones',
  async () => {
    const apart = version({ zones: 'abc', nat: 'per-zone' });
    expect(await story.plan(apart)).toEqual({
      'aws_eip.nat-eu-central-1b': 'create',
      'aws_eip.nat-eu-central-1c': 'create',
      'aws_nat_gateway.nat-eu-central-1b': 'create',
      'aws_nat_gateway.nat-eu-central-1c': 'create',
      'aws_route.private-eu-central-1b': 'update',
      'aws_route.private-eu-central-1c': 'update',
    });
    await story.deploy(apart);
  },
  15 * minutes,
);

const strict = { path: '/ready', interval: '10s', timeout: '4s', unhealthy: 2 };
const mailer = { mailer: { kind: 'instances', image, type: 't4g.small', count: 1, needs: 1, dependsOn: ['jobs'] } };

deployed(
  'a tightened health check changes the target group in place, and a component more touches nothing that is there',
  async () => {
    const more = version({ zones: 'abc', nat: 'per-zone', healthCheck: strict, more: mailer });
    expect(await story.plan(more)).toEqual({
      'aws_autoscaling_group.mailer_group': 'create',
      'aws_autoscaling_policy.mailer_scaling': 'create',
      'aws_cloudwatch_metric_alarm.mailer_alarm_below-count': 'create',
      'aws_cloudwatch_metric_alarm.mailer_alarm_below-needs': 'create',
      'aws_iam_instance_profile.mailer_profile': 'create',
      'aws_iam_role.mailer_role': 'create',
      'aws_iam_role_policy.mailer_access_jobs': 'create',
      'aws_iam_role_policy_attachment.mailer_session-manager': 'create',
      'aws_launch_template.mailer_template': 'create',
      'aws_lb_target_group.front_target-group': 'update',
      'aws_security_group.mailer_security-group': 'create',
      'aws_vpc_security_group_egress_rule.mailer_to_internet_443': 'create',
    });
    await story.deploy(more);
  },
  15 * minutes,
);

const renamed = { tasks: { kind: 'queue', was: 'jobs' } };

deployed(
  'a component with a new name is moved: nothing of it is made anew, and no message is lost',
  async () => {
    const moved = version({
      zones: 'abc',
      nat: 'per-zone',
      healthCheck: strict,
      queue: renamed,
      more: { mailer: { ...mailer.mailer, dependsOn: ['tasks'] } },
    });
    expect(await story.plan(moved)).toEqual({
      'aws_cloudwatch_metric_alarm.tasks_alarm_age': 'update, was aws_cloudwatch_metric_alarm.jobs_alarm_age',
      'aws_cloudwatch_metric_alarm.tasks_alarm_dead-letters': 'update, was aws_cloudwatch_metric_alarm.jobs_alarm_dead-letters',
      'aws_iam_role_policy.mailer_access_tasks': 'stays, was aws_iam_role_policy.mailer_access_jobs',
      'aws_iam_role_policy.web_access_tasks': 'stays, was aws_iam_role_policy.web_access_jobs',
      'aws_sqs_queue.tasks_dead-letters': 'stays, was aws_sqs_queue.jobs_dead-letters',
      'aws_sqs_queue.tasks_queue': 'stays, was aws_sqs_queue.jobs_queue',
      'aws_sqs_queue_policy.tasks_policy_dead-letters': 'stays, was aws_sqs_queue_policy.jobs_policy_dead-letters',
      'aws_sqs_queue_policy.tasks_policy_queue': 'stays, was aws_sqs_queue_policy.jobs_policy_queue',
      'aws_sqs_queue_redrive_allow_policy.tasks_redrive': 'stays, was aws_sqs_queue_redrive_allow_policy.jobs_redrive',
    });
    await story.deploy(moved);
  },
  15 * minutes,
);

deployed(
  'without the zone and the component all is as before them',
  async () => {
    const shrunk = version({ nat: 'per-zone', healthCheck: strict, queue: renamed });
    expect(await story.plan(shrunk)).toEqual({
      'aws_autoscaling_group.mailer_group': 'delete',
      'aws_autoscaling_group.web_group': 'update',
      'aws_autoscaling_policy.mailer_scaling': 'delete',
      'aws_cloudwatch_metric_alarm.mailer_alarm_below-count': 'delete',
      'aws_cloudwatch_metric_alarm.mailer_alarm_below-needs': 'delete',
      'aws_eip.nat-eu-central-1c': 'delete',
      'aws_iam_instance_profile.mailer_profile': 'delete',
      'aws_iam_role.mailer_role': 'delete',
      'aws_iam_role_policy.mailer_access_tasks': 'delete',
      'aws_iam_role_policy_attachment.mailer_session-manager': 'delete',
      'aws_launch_template.mailer_template': 'delete',
      'aws_lb.front_balancer': 'update',
      'aws_nat_gateway.nat-eu-central-1c': 'delete',
      'aws_route.private-eu-central-1c': 'delete',
      'aws_route_table.private-eu-central-1c': 'delete',
      'aws_route_table_association.data-eu-central-1c': 'delete',
      'aws_route_table_association.private-eu-central-1c': 'delete',
      'aws_route_table_association.public-eu-central-1c': 'delete',
      'aws_security_group.mailer_security-group': 'delete',
      'aws_subnet.data-eu-central-1c': 'delete',
      'aws_subnet.private-eu-central-1c': 'delete',
      'aws_subnet.public-eu-central-1c': 'delete',
      'aws_vpc_endpoint.s3': 'update',
      'aws_vpc_security_group_egress_rule.mailer_to_internet_443': 'delete',
    });
    await story.deploy(shrunk);
  },
  15 * minutes,
);
