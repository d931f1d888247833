import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { ComponentConstruct, type ComponentProps, type Outputs } from '../../terraform/component-construct';
import { isBalancerTarget, type AliasTarget } from '../../terraform/connections';
import { kind } from './kind';
import type { LoadBalancerSettings } from './settings';

/** A balancer as a spec writes it; what the settings mean stands in the schema. */
export interface LoadBalancerProps extends ComponentProps {
  readonly type?: LoadBalancerSettings['type'];
  readonly scheme?: LoadBalancerSettings['scheme'];
  readonly protocol?: LoadBalancerSettings['protocol'];
  readonly port?: number;
  readonly certificate?: string;
  readonly redirect?: boolean;
  readonly targetProtocol?: LoadBalancerSettings['targetProtocol'];
  readonly healthCheck?: {
    readonly path?: string;
    readonly interval?: string;
    readonly timeout?: string;
    readonly unhealthy?: number;
    readonly healthy?: number;
  };
  readonly algorithm?: LoadBalancerSettings['algorithm'];
  readonly stickiness?: 'cookie' | 'source-ip';
  readonly stickyFor?: string;
  readonly crossZone?: boolean;
  readonly deregistrationDelay?: string;
  readonly withoutAccessLogs?: string;
  readonly deletable?: string;
}

const algorithmTypes = {
  'round-robin': 'round_robin',
  'least-outstanding': 'least_outstanding_requests',
  'weighted-random': 'weighted_random',
} as const;

// TLS 1.3 and the suites of 1.2 with forward secrecy.
const sslPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
const everywhere = '0.0.0.0/0';
const http = 80;

/** An application or network balancer with its listeners and its target group. */
export class LoadBalancer extends ComponentConstruct<LoadBalancerSettings> implements AliasTarget {
  readonly aliasName: string;
  readonly aliasZoneId: string;

  constructor(scope: Construct, name: string, props: LoadBalancerProps) {
    super(scope, name, kind, props);
    const { type, scheme, port, protocol, certificate, redirect } = this.settings;
    const balancer = this.balancer(props);
    this.aliasName = balancer.dnsName;
    this.aliasZoneId = balancer.zoneId;
    const group = this.targetGroup();
    const listener = this.add(
      new LbListener(this, 'listener', {
        loadBalancerArn: balancer.arn,
        port,
        protocol: protocol.toUpperCase(),
        ...(certificate === null ? {} : { certificateArn: certificate, sslPolicy }),
        defaultAction: [{ type: 'forward', targetGroupArn: group.arn }],
      }),
      'listener',
    );
    if (redirect) {
      const to = { port: `${port}`, protocol: 'HTTPS', statusCode: 'HTTP_301' };
      const defaultAction = [{ type: 'redirect', redirect: to }];
      this.add(
        new LbListener(this, 'redirect', { loadBalancerArn: balancer.arn, port: http, protocol: 'HTTP', defaultAction }),
        'redirect',
      );
    }
    if (scheme === 'internet-facing') for (const open of redirect ? [http, port] : [port]) this.open(open);
    // Only an application balancer counts requests by target group.
    const requests = type === 'application' ? `${balancer.arnSuffix}/${group.arnSuffix}` : undefined;
    for (const { on } of this.dependencies) if (isBalancerTarget(on)) on.attach(group.arn, requests, listener);
    this.alarms(type, balancer.arnSuffix, group.arnSuffix);
  }

  override get outputs(): Outputs {
    return { address: this.aliasName };
  }

  private balancer(props: LoadBalancerProps): Lb {
    const { type, scheme, crossZone, withoutAccessLogs, deletable } = this.settings;
    const application = type === 'application';
    const internal = scheme === 'internal';
    const logs = withoutAccessLogs === null ? props.network.logBucket : null;
    logs?.admit({ deletable: deletable !== null });
    const dependsOn = [...(internal ? [] : [this.network.internetGateway]), ...(logs ? [logs.writable] : [])];
    return this.add(
      new Lb(this, 'balancer', {
        name: this.physicalName(),
        loadBalancerType: type,
        internal,
        subnets: this.network.subnetIds(internal ? 'private' : 'public'),
        securityGroups: [this.securityGroupId],
        enableDeletionProtection: deletable === null,
        // An application balancer always has it, its target group may switch it off.
        ...(application ? { dropInvalidHeaderFields: true } : { enableCrossZoneLoadBalancing: crossZone }),
        ...(logs ? { accessLogs: { bucket: logs.bucket, prefix: this.calledAs, enabled: true } } : {}),
        ...(dependsOn.length > 0 ? { dependsOn } : {}),
        tags: { Name: this.physicalName() },
      }),
      'balancer',
    );
  }

  private targetGroup(): LbTargetGroup {
    const { type, targetProtocol, healthCheck, algorithm, stickiness, stickyFor, crossZone, deregistrationDelay } = this.settings;
    const application = type === 'application';
    const encrypted = targetProtocol === 'https' || targetProtocol === 'tls';
    return this.add(
      new LbTargetGroup(this, 'target-group', {
        // A prefix and not a name, since a group in use can only be replaced by another beside it. Six characters is what fits.
        namePrefix: `${this.calledAs.slice(0, 5).replace(/-+$/, '')}-`,
        vpcId: this.network.vpcId,
        port: this.dependencies[0]?.on.offers.port ?? this.settings.port,
        protocol: targetProtocol.toUpperCase(),
        targetType: 'instance',
        deregistrationDelay: `${deregistrationDelay}`,
        healthCheck: {
          enabled: true,
          protocol: healthCheck.path === null ? 'TCP' : encrypted ? 'HTTPS' : 'HTTP',
          port: 'traffic-port',
          interval: healthCheck.intervalSeconds,
          timeout: healthCheck.timeoutSeconds,
          unhealthyThreshold: healthCheck.unhealthy,
          healthyThreshold: healthCheck.healthy,
          ...(healthCheck.path === null ? {} : { path: healthCheck.path, matcher: '200-299' }),
        },
        stickiness: {
          enabled: stickiness !== null,
          type: application ? 'lb_cookie' : 'source_ip',
          ...(application ? { cookieDuration: stickyFor } : {}),
        },
        ...(algorithm === 'flow-hash' ? {} : { loadBalancingAlgorithmType: algorithmTypes[algorithm] }),
        ...(algorithm === 'weighted-random' ? { loadBalancingAnomalyMitigation: 'on' } : {}),
        loadBalancingCrossZoneEnabled: application ? `${crossZone}` : 'use_load_balancer_configuration',
        lifecycle: { createBeforeDestroy: true },
        tags: { Name: this.physicalName() },
      }),
      'target-group',
    );
  }

  private open(port: number): void {
    this.add(
      new VpcSecurityGroupIngressRule(this, `from-internet-${port}`, {
        securityGroupId: this.securityGroupId,
        description: `everybody to ${this.name}`,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIpv4: everywhere,
      }),
      'security-group-rule',
      `internet_${port}`,
    );
  }

  private alarms(type: LoadBalancerSettings['type'], balancer: string, group: string): void {
    const namespace = type === 'application' ? 'AWS/ApplicationELB' : 'AWS/NetworkELB';
    const dimensions = { LoadBalancer: balancer, TargetGroup: group };
    this.alarm({
      name: 'unhealthy-targets',
      means: `Targets of ${this.name} fail their health checks: an instance, its zone or a deployment.`,
      namespace,
      metric: 'UnHealthyHostCount',
      dimensions,
      statistic: 'Maximum',
      comparison: '>',
      threshold: 0,
      periods: 5,
    });
    this.alarm({
      name: 'no-healthy-target',
      means: `No target of ${this.name} passes its health checks: it is down.`,
      namespace,
      metric: 'HealthyHostCount',
      dimensions,
      statistic: 'Maximum',
      comparison: '<',
      threshold: 1,
      periods: 2,
      missing: 'breaching',
    });
    if (type === 'network') return;
    this.alarm({
      name: 'errors',
      means: `${this.name} itself answers with errors: it has no target to send requests to, or fails as a service.`,
      namespace,
      metric: 'HTTPCode_ELB_5XX_Count',
      dimensions: { LoadBalancer: balancer },
      statistic: 'Sum',
      comparison: '>',
      threshold: 10,
    });
  }
}
