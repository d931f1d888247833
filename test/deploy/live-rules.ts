import { itemsOf, textsOf, type Aws } from './aws';

/** The rules of the security groups of a topology that are really there, in the words of `allowedBy`. */
export async function liveRules(aws: Aws, topology: string): Promise<string[]> {
  const named = itemsOf(await aws.query('ec2', 'DescribeSecurityGroups'), 'securityGroupInfo').map((group): [string, string] => [
    textsOf(group, 'groupId')[0]!,
    textsOf(group, 'groupName')[0]!,
  ]);
  const ours = new Map(
    named.filter(([, name]) => name.startsWith(`${topology}-`)).map(([id, name]) => [id, name.slice(topology.length + 1)]),
  );
  const rules = itemsOf(await aws.query('ec2', 'DescribeSecurityGroupRules', { MaxResults: '1000' }), 'securityGroupRuleSet');
  const told = rules.flatMap((rule): string[] => {
    const other = itemsWithin(rule, 'referencedGroupInfo');
    const rest = other === undefined ? rule : rule.replace(other, '');
    const group = ours.get(textsOf(rest, 'groupId')[0]!);
    if (group === undefined) return [];
    const [from, to] = [textsOf(rest, 'fromPort')[0], textsOf(rest, 'toPort')[0]];
    const range = textsOf(rest, 'cidrIpv4')[0];
    const away =
      other === undefined
        ? range === '0.0.0.0/0'
          ? 'internet'
          : String(range)
        : (ours.get(textsOf(other, 'groupId')[0]!) ?? 'a stranger');
    const ports = `${textsOf(rest, 'ipProtocol')[0] === 'tcp' ? '' : 'any '}${from === to ? from : `${from} to ${to}`}`;
    return [`${group} ${textsOf(rest, 'isEgress')[0] === 'true' ? '->' : '<-'} ${away}:${ports}`];
  });
  return told.sort();
}

function itemsWithin(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>[^]*?</${element}>`).exec(xml)?.[0];
}
