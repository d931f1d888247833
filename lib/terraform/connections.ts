import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import type { ComponentConstruct } from './component-construct';

const https = 443;

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });

/**
 * Opens exactly the ways that the dependencies of a component need: out of its group, and into the group of what it depends on. Returns what must be
 * there before these ways can be taken.
 */
export function connect(consumer: ComponentConstruct, groupId: string): ITerraformDependable[] {
  const ways: ITerraformDependable[] = [];
  const open = (rule: VpcSecurityGroupEgressRule | VpcSecurityGroupIngressRule, ids: [id: string, was: string | undefined]) =>
    ways.push(consumer.addNamed(rule, 'security-group-rule', ...ids));
  const outside = new Set<number>();
  const endpoints = new Set<string>();
  for (const { on } of consumer.dependencies) {
    const target = on.tryFindSecurityGroupId;
    const { port } = on.offers;
    if (target !== undefined && port !== undefined) {
      const ids = idsOf(consumer, (name) => `${name}_to_${on.name}`, on.props.was && ((name) => `${name}_to_${on.props.was}`));
      const description = `${consumer.name} to ${on.name}`;
      const rule = { ...tcp(port), description };
      open(
        new VpcSecurityGroupEgressRule(consumer, `to-${on.name}`, { ...rule, securityGroupId: groupId, referencedSecurityGroupId: target }),
        ids,
      );
      open(
        new VpcSecurityGroupIngressRule(consumer, `into-${on.name}`, {
          ...rule,
          securityGroupId: target,
          referencedSecurityGroupId: groupId,
        }),
        ids,
      );
    } else if (on.kind.reach === 'outside') {
      outside.add(port ?? https);
    }
    for (const service of on.access.endpoints) endpoints.add(service);
  }
  for (const port of [...outside].sort((a, b) => a - b)) {
    open(
      new VpcSecurityGroupEgressRule(consumer, `to-internet-${port}`, {
        ...tcp(port),
        description: `${consumer.name} to the internet`,
        securityGroupId: groupId,
        cidrIpv4: '0.0.0.0/0',
      }),
      idsOf(consumer, (name) => `${name}_to_internet_${port}`),
    );
  }
  for (const service of [...endpoints].sort()) {
    const { endpoint, securityGroupId: endpointGroup } = consumer.network.interfaceEndpoint(service);
    ways.push(endpoint);
    const ids = idsOf(consumer, (name) => `${name}_to_endpoint_${service}`);
    const rule = { ...tcp(https), description: `${consumer.name} to ${service}` };
    open(
      new VpcSecurityGroupEgressRule(consumer, `to-endpoint-${service}`, {
        ...rule,
        securityGroupId: groupId,
        referencedSecurityGroupId: endpointGroup,
      }),
      ids,
    );
    open(
      new VpcSecurityGroupIngressRule(consumer, `into-endpoint-${service}`, {
        ...rule,
        securityGroupId: endpointGroup,
        referencedSecurityGroupId: groupId,
      }),
      ids,
    );
  }
  return ways;
}

/** The logical id of a rule, and the one that it had before a rename of either side. */
function idsOf(
  consumer: ComponentConstruct,
  idOf: (name: string) => string,
  oldIdOf: ((name: string) => string) | '' | undefined = undefined,
): [id: string, was: string | undefined] {
  const { was } = consumer.props;
  const old = (oldIdOf || idOf)(was ?? consumer.name);
  return [idOf(consumer.name), was !== undefined || oldIdOf ? old : undefined];
}

/** Instances, or whatever a balancer sends requests to. */
export interface BalancerTarget {
  /**
   * Registers its units with a target group. The label is how CloudWatch names the requests that the group's units get,
   * `${loadBalancer.arnSuffix}/${targetGroup.arnSuffix}`: only an application load balancer counts them, and only once its listener is there.
   */
  attach(targetGroupArn: string, requestsLabel?: string, listener?: ITerraformDependable): void;
}

export function isBalancerTarget(component: object): component is BalancerTarget {
  return 'attach' in component && typeof component.attach === 'function';
}

/** What a DNS record may be an alias of. */
export interface AliasTarget {
  readonly aliasName: string;
  readonly aliasZoneId: string;
}

export function isAliasTarget(component: object): component is AliasTarget {
  return 'aliasName' in component && 'aliasZoneId' in component;
}
