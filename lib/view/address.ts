/**
 * An address as a reader calls the thing.
 * @example addressText('zone/us-east-1/us-east-1a') // => 'zone us-east-1a'
 */
export function addressText(address: string): string {
  const [scope, ...rest] = address.split('/') as [string, ...string[]];
  const last = rest[rest.length - 1] ?? '';
  switch (scope) {
    case 'change':
      return `bad changes of ${rest.join(' ')}`;
    case 'service':
      return `the managed service under ${rest.join(' ')}`;
    case 'external':
      return `${rest.join(' ')} (not ours)`;
    case 'zone':
      return `zone ${last}`;
    case 'region':
      return `the whole region ${last}`;
    case 'control-plane':
      return `control plane of ${last}`;
    case 'network':
      return `${rest[1] === 'nat' ? 'NAT gateway' : rest[1]} in ${last}`;
    case 'unit':
      return `unit ${rest.join(' ')}`;
    case 'component':
    case 'flow':
    case 'assumption':
      return rest.join('/');
    default:
      return address;
  }
}

/** The component of a unit's address, or undefined. */
export function componentOfUnit(address: string): string | undefined {
  return address.startsWith('unit/') ? address.split('/')[1] : undefined;
}

/** Contributions of units under one name for each component: a reader asks for the component, not for its seventh unit. */
export function byFamily(address: string): string {
  const component = componentOfUnit(address);
  return component === undefined ? addressText(address) : `units of ${component}`;
}

/** Sums up what belongs to one family, largest first. */
export function families(
  contributors: readonly { readonly address: string; readonly splitShare: number }[],
): { readonly name: string; readonly address: string; readonly part: number }[] {
  const sums = new Map<string, { name: string; address: string; part: number }>();
  for (const { address, splitShare } of contributors) {
    const name = byFamily(address);
    const known = sums.get(name);
    if (known) known.part += splitShare;
    else sums.set(name, { name, address, part: splitShare });
  }
  return [...sums.values()].sort((a, b) => b.part - a.part || (a.name < b.name ? -1 : 1));
}
