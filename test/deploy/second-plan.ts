/** What the emulator forgets or adds, so that a plan after a deployment has it as a change; by type and argument, with the reason. */
export const emulatorDifferences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_autoscaling_group: {
    default_instance_warmup: 'the emulator does not keep it',
    availability_zone_distribution: 'the emulator does not keep it',
    launch_template: 'its version follows the change of the template below',
    capacity_reservation_specification: 'computed by AWS, and so unknown while the group has any other change',
  },
  aws_autoscaling_policy: {
    enabled: 'the emulator does not keep it',
    predictive_scaling_configuration: 'the emulator answers with an empty one',
  },
  aws_launch_template: {
    tag_specifications: "the emulator takes the template's own tags for tags of what is launched",
    default_version: 'follows tag_specifications',
    latest_version: 'follows tag_specifications',
  },
  aws_vpc_security_group_egress_rule: { description: 'the emulator does not keep it where a rule names a group' },
  aws_vpc_security_group_ingress_rule: { description: 'the emulator does not keep it where a rule names a group' },
};

interface Change {
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

/** What a plan (`terraform show -json`) changes, `type action` or `type.argument`, each once. */
export function changesIn(plan: unknown): string[] {
  const { resource_changes: changes = [] } = plan as { readonly resource_changes?: readonly Change[] };
  const found = changes.flatMap(({ change: { actions, after, after_unknown: unknown, before }, type }) => {
    if (actions.every((action) => action === 'no-op' || action === 'read')) return [];
    if (!before || !after || actions.join() !== 'update') return [`${type} ${actions.join(' and ')}`];
    const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
    const differs = (name: string) => unknown[name] === true || JSON.stringify(before[name]) !== JSON.stringify(after[name]);
    return [...names].filter(differs).map((name) => `${type}.${name}`);
  });
  return [...new Set(found)].sort();
}

/** The entries of the table for the types that a stack has. */
export function knownDifferences(types: ReadonlySet<string>): string[] {
  return Object.entries(emulatorDifferences)
    .filter(([type]) => types.has(type))
    .flatMap(([type, names]) => Object.keys(names).map((name) => `${type}.${name}`))
    .sort();
}
