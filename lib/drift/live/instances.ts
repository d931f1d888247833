import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Resource } from '../../resources/resources';
import { isOurs, named, tryExpected, type Ours } from './ours';
import { asking, itemsIn, type Sdk } from './sdk';

/** Auto scaling groups with the launch templates that they use. */
export async function instances(sdk: Sdk, clients: { readonly scaling: AutoScalingClient; readonly ec2: EC2Client }, ours: Ours) {
  const pages = sdk.autoScaling.paginateDescribeAutoScalingGroups({ client: clients.scaling }, {});
  const all = await asking(
    'auto scaling groups',
    itemsIn(pages, (page) => page.AutoScalingGroups),
  );
  const groups = all.filter(({ AutoScalingGroupName: name, Tags: tags, Status: status }) => {
    // One that is being deleted says so, and is still there for a while.
    return status === undefined && isOurs(ours, 'aws_autoscaling_group', name, tags);
  });
  const templates = await Promise.all(groups.map((group) => template(sdk.ec2, clients.ec2, ours, group)));
  return [...groups.map((group) => groupOf(ours, group)), ...templates.flat()];
}

function groupOf(ours: Ours, group: AutoScalingGroup): Resource {
  const name = group.AutoScalingGroupName!;
  const strategy = group.AvailabilityZoneDistribution?.CapacityDistributionStrategy;
  const { LaunchTemplateId: template, Version: version } = group.LaunchTemplate ?? {};
  return named(ours, 'aws_autoscaling_group', name, {
    id: name,
    arn: group.AutoScalingGroupARN,
    name,
    min_size: group.MinSize,
    max_size: group.MaxSize,
    desired_capacity: group.DesiredCapacity,
    vpc_zone_identifier: (group.VPCZoneIdentifier ?? '').split(',').filter((id) => id !== ''),
    launch_template: template === undefined ? undefined : [{ id: template, version }],
    health_check_type: group.HealthCheckType,
    health_check_grace_period: group.HealthCheckGracePeriod,
    default_instance_warmup: group.DefaultInstanceWarmup,
    target_group_arns: group.TargetGroupARNs ?? [],
    availability_zone_distribution: strategy === undefined ? undefined : [{ capacity_distribution_strategy: strategy }],
    // AWS keeps no plan for the next deployment: Terraform starts it with what it has, so what it has is what is there.
    instance_refresh: tryExpected(ours.expected, 'aws_autoscaling_group', name)?.arguments.instance_refresh,
  });
}

async function template(sdk: Sdk['ec2'], client: EC2Client, ours: Ours, { LaunchTemplate: used }: AutoScalingGroup): Promise<Resource[]> {
  const { LaunchTemplateId: id, Version: version = '$Default' } = used ?? {};
  if (id === undefined) return [];
  const command = new sdk.DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
  const { LaunchTemplateVersions: versions = [] } = await asking('the launch template of a group', client.send(command));
  return versions.map(({ LaunchTemplateData: data = {}, LaunchTemplateName: name = id }) =>
    named(ours, 'aws_launch_template', name, {
      id,
      name,
      image_id: data.ImageId,
      instance_type: data.InstanceType,
      vpc_security_group_ids: data.SecurityGroupIds,
    }),
  );
}
