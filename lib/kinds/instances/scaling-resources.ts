import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification,
} from '@cdktf/provider-aws/lib/autoscaling-policy';
import type { Construct } from 'constructs';
import type { InstancesSettings } from './settings';

function tracking(
  scope: Construct,
  group: string,
  predefinedMetricSpecification: AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification,
  targetValue: number,
): AutoscalingPolicy {
  return new AutoscalingPolicy(scope, 'scaling', {
    name: 'target-tracking',
    autoscalingGroupName: group,
    policyType: 'TargetTrackingScaling',
    targetTrackingConfiguration: { predefinedMetricSpecification, targetValue },
  });
}

/** Keeps the mean CPU of the group at a share. */
export function scaleOnCpu(scope: Construct, group: string, { scaleAt }: InstancesSettings): AutoscalingPolicy {
  return tracking(scope, group, { predefinedMetricType: 'ASGAverageCPUUtilization' }, scaleAt);
}

/** Keeps the requests per unit at a share of what a unit serves. CloudWatch counts them per minute. */
export function scaleOnRequests(
  scope: Construct,
  group: string,
  { scaleAt, capacity }: InstancesSettings,
  label: string,
): AutoscalingPolicy {
  const perMinute = ((capacity ?? 0) * 60 * scaleAt) / 100;
  return tracking(scope, group, { predefinedMetricType: 'ALBRequestCountPerTarget', resourceLabel: label }, perMinute);
}
