import type { Kind } from '../../topology/kind';
import { assumptions } from './assumptions';
import { describe } from './behaviour';
import { check } from './checks';
import { properties, settings, type InstancesSettings } from './settings';

/** A group of equal instances over the zones of a region, kept at its count by auto scaling. */
export const kind: Kind<InstancesSettings> = {
  name: 'instances',
  summary: 'Virtual machines that do the same: launch template and auto scaling group over zones.',
  schema: { properties, required: ['image', 'type'] },
  mayDependOn: ['load-balancer', 'database', 'cache', 'queue', 'external'],
  reach: 'inside',
  assumptions,
  owns: {
    group: [
      'availability_zone_distribution',
      'default_instance_warmup',
      'desired_capacity',
      'health_check_grace_period',
      'health_check_type',
      'instance_refresh',
      'launch_template',
      'max_size',
      'min_size',
      'mixed_instances_policy',
      'name',
      'suspended_processes',
      'target_group_arns',
      'vpc_zone_identifier',
    ],
    template: [
      'block_device_mappings',
      'iam_instance_profile',
      'image_id',
      'instance_type',
      'metadata_options',
      'name',
      'network_interfaces',
      'user_data',
      'vpc_security_group_ids',
    ],
    scaling: ['autoscaling_group_name', 'target_tracking_configuration'],
    role: ['assume_role_policy', 'name'],
    'session-manager': ['policy_arn', 'role'],
    access: ['policy', 'role'],
    profile: ['name', 'role'],
    alarm: ['dimensions', 'metric_name', 'namespace', 'threshold'],
    'security-group': ['egress', 'ingress', 'vpc_id'],
    'security-group-rule': ['cidr_ipv4', 'from_port', 'ip_protocol', 'referenced_security_group_id', 'security_group_id', 'to_port'],
  },
  settings,
  check,
  offers: ({ port }) => (port === null ? {} : { port, protocol: 'tcp' }),
  describe,
};
