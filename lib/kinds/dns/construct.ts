import { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check';
import { Route53Record, type Route53RecordConfig } from '@cdktf/provider-aws/lib/route53-record';
import type { Construct } from 'constructs';
import { ComponentConstruct, type ComponentProps, type Outputs } from '../../terraform/component-construct';
import { isAliasTarget, type AliasTarget } from '../../terraform/connections';
import { kind } from './kind';
import type { DnsSettings } from './settings';

/** A name as a spec writes it; what the settings mean stands in the schema. */
export interface DnsProps extends ComponentProps {
  readonly domain: string;
  readonly hostedZone: string;
  readonly record?: DnsSettings['record'];
  readonly ttl?: string;
  readonly routing?: DnsSettings['routing'];
  readonly role?: DnsSettings['role'];
  readonly weight?: number;
  readonly healthCheck?: { readonly path: string; readonly interval?: '10s' | '30s'; readonly unhealthy?: number };
}

/** A record in a hosted zone that exists. */
export class Dns extends ComponentConstruct<DnsSettings> {
  constructor(scope: Construct, name: string, props: DnsProps) {
    super(scope, name, kind, props);
    const [target] = this.dependencies.flatMap(({ on }) => (isAliasTarget(on) ? [on] : []));
    if (!target) throw new RangeError(`the name "${name}" leads nowhere: give it a load balancer in dependsOn`);
    const { domain, hostedZone, record, ttl } = this.settings;
    const answer =
      record === 'alias'
        ? { type: 'A', alias: { name: target.aliasName, zoneId: target.aliasZoneId, evaluateTargetHealth: true } }
        : { type: 'CNAME', ttl, records: [target.aliasName] };
    const check = this.healthCheck(target);
    this.add(
      new Route53Record(this, 'record', {
        zoneId: hostedZone,
        name: domain,
        ...answer,
        ...this.routing(),
        ...(check === undefined ? {} : { healthCheckId: check }),
      }),
      'record',
    );
  }

  override get outputs(): Outputs {
    return { name: this.settings.domain };
  }

  private healthCheck(target: AliasTarget): string | undefined {
    const { healthCheck } = this.settings;
    if (healthCheck === null) return undefined;
    const check = new Route53HealthCheck(this, 'health-check', {
      type: 'HTTPS',
      fqdn: target.aliasName,
      port: this.dependencies[0]?.on.offers.port ?? 443,
      resourcePath: healthCheck.path,
      requestInterval: healthCheck.intervalSeconds,
      failureThreshold: healthCheck.unhealthy,
      enableSni: true,
      measureLatency: true,
      tags: { Name: this.physicalName() },
    });
    return this.add(check, 'health-check').id;
  }

  /** Records of one name in several regions tell each other apart by the region. */
  private routing(): Partial<Route53RecordConfig> {
    const { routing, role, weight } = this.settings;
    const setIdentifier = this.network.region.name;
    switch (routing) {
      case 'simple':
        return {};
      case 'failover':
        return { setIdentifier, failoverRoutingPolicy: { type: role.toUpperCase() } };
      case 'weighted':
        return { setIdentifier, weightedRoutingPolicy: { weight } };
      case 'latency':
        return { setIdentifier, latencyRoutingPolicy: { region: setIdentifier } };
    }
  }
}
