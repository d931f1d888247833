import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { TerraformStack, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Region } from '../topology/topology';
import { makeFlowLogs } from './flow-logs';
import { InterfaceEndpoint } from './interface-endpoint';
import { LogBucket } from './log-bucket';
import { named, partitionOf } from './names';
import { makeRoutes } from './routes';
import { AlarmTopic, DataKey } from './shared-parts';
import { subnetRange, tiers, tryFindSlot, type Tier } from './subnets';

/** A region of a topology, and what names and policies in it need to know. */
export interface NetworkProps {
  /** Name of the topology, part of every physical name. @default - the id of the stack */
  readonly topology?: string;
  /** Put before every physical name. @default - nothing */
  readonly namePrefix?: string;
  /** Number of the AWS account. @default - unknown: what needs a policy of its own uses a key that AWS manages */
  readonly account?: string;
  readonly region: string;
  /** Names of the availability zones, by which everything in them is named. */
  readonly zones: readonly string[];
  /** Address range, /16 to /23: three tiers in eight zones are cut from it. */
  readonly cidr: string;
  /** A NAT gateway in each zone, or one in the first zone for all. @default per-zone */
  readonly nat?: 'per-zone' | 'shared';
  /** Further tags of what the provider's default tags do not reach: machines with their volumes and interfaces, and the groups of machines. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the network knows of a component that lies in it. */
export interface Member {
  readonly node: { readonly id: string };
}

/**
 * The network of a region, and what its components share: subnets of three tiers per zone in fixed slots, ways out, flow logs, and, made when first
 * asked for, a key for data at rest, a topic for alarms, a bucket for access logs, endpoints of AWS services.
 */
export class Network extends Construct {
  readonly region: Region;
  readonly account: string | null;
  readonly topology: string;
  readonly namePrefix: string;
  /** What physical names begin with, `shop-orders-`. */
  readonly prefix: string;
  readonly partition: string;
  /** The name of the topology, and the tags that were given. */
  readonly tags: Readonly<Record<string, string>>;
  readonly vpcId: string;
  /** The network's way out: what has an address of the internet can only be made once it is there. */
  readonly internetGateway: InternetGateway;
  /** What must be there before anything in a private subnet can reach the outside, or S3. */
  readonly privateWays: readonly ITerraformDependable[];
  /** Every component that was made in this network. */
  readonly members: Member[] = [];
  private readonly subnets = new Map<string, Subnet>();
  private readonly endpoints = new Map<string, InterfaceEndpoint>();
  private dataKey?: DataKey;
  private topic?: AlarmTopic;
  private bucket?: LogBucket;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { region, cidr, nat = 'per-zone' } = props;
    const zones = [...props.zones];
    if (nat !== 'per-zone' && nat !== 'shared') throw new RangeError(`nat is per-zone or shared, got ${JSON.stringify(nat)}`);
    const twice = zones.find((zone, i) => zones.indexOf(zone) !== i);
    if (twice !== undefined) throw new RangeError(`the zone ${JSON.stringify(twice)} is named twice`);
    this.region = { name: region, zones, cidr, nat };
    this.account = props.account ?? null;
    this.topology = props.topology ?? TerraformStack.of(this).node.id;
    this.tags = { topology: this.topology, ...props.tags };
    this.namePrefix = props.namePrefix ?? '';
    this.prefix = `${this.namePrefix}${this.topology}-`;
    this.partition = partitionOf(region);
    const lost = zones.find((zone) => !zone.startsWith(region) || tryFindSlot(zone) === undefined);
    if (zones.length === 0 || lost !== undefined) {
      throw new RangeError(
        `the zones of ${region} are named like ${region}a, with a letter from a to h, got ${JSON.stringify(lost ?? zones)}`,
      );
    }

    const name = (part: string) => ({ Name: `${this.prefix}${part}` });
    const vpc = named(
      new Vpc(this, 'vpc', { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: name('network') }),
      'network',
    );
    this.vpcId = vpc.id;
    // Closed: what has no group of its own can talk to nothing.
    named(new DefaultSecurityGroup(this, 'closed', { vpcId: vpc.id, ingress: [], egress: [], tags: name('closed') }), 'closed');
    this.internetGateway = named(new InternetGateway(this, 'internet', { vpcId: vpc.id, tags: name('internet') }), 'internet');
    for (const tier of tiers) {
      for (const zone of zones) {
        const subnet = new Subnet(this, `${tier}-${zone}`, {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: subnetRange(cidr, tier, zone),
          mapPublicIpOnLaunch: false,
          tags: name(`${tier}-${zone}`),
        });
        this.subnets.set(`${tier}/${zone}`, named(subnet, `${tier}-${zone}`));
      }
    }
    const { privateTables, privateWays } = makeRoutes(this);
    // Traffic to S3 stays inside and does not hang on the NAT gateways.
    const s3 = named(
      new VpcEndpoint(this, 's3', {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [...privateTables],
        tags: name('s3'),
      }),
      's3',
    );
    this.privateWays = [...privateWays, s3];
    makeFlowLogs(this);
  }

  /** Id of the subnet of a tier in a zone. */
  subnet(tier: Tier, zone: string): string {
    const subnet = this.subnets.get(`${tier}/${zone}`);
    if (!subnet) throw new RangeError(`${zone} is none of the zones of this network: ${this.region.zones.join(', ')}`);
    return subnet.id;
  }

  /** Ids of the subnets of a tier, one per zone, in zone order. */
  subnetIds(tier: Tier): string[] {
    return this.region.zones.map((zone) => this.subnet(tier, zone));
  }

  /** `${prefix}${part}`: the physical name of a component or a part of it. */
  physicalName(part: string): string {
    return `${this.prefix}${part}`;
  }

  /** ARN of the customer-managed key for data at rest. */
  get keyArn(): string {
    this.dataKey ??= new DataKey(this, 'key');
    return this.dataKey.arn;
  }

  /** ARN of the topic to which every alarm of the topology goes. */
  get alarmTopicArn(): string {
    this.topic ??= new AlarmTopic(this, 'alarms');
    return this.topic.arn;
  }

  /** The bucket for access logs of balancers. */
  get logBucket(): LogBucket {
    this.bucket ??= new LogBucket(this, 'access-logs');
    return this.bucket;
  }

  /** The endpoint inside the network of a service of AWS, such as `secretsmanager`. */
  interfaceEndpoint(service: string): InterfaceEndpoint {
    const made = this.endpoints.get(service) ?? new InterfaceEndpoint(this, `endpoint-${service}`, service);
    this.endpoints.set(service, made);
    return made;
  }
}
