import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { dependable, Fn, Token, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { BalancerTarget } from '../../terraform/connections';
import { ComponentConstruct, type ComponentProps, type Outputs } from '../../terraform/component-construct';
import { groupCheck } from './behaviour';
import { kind } from './kind';
import { makeProfile, type Profile } from './profile-resources';
import { scaleOnCpu, scaleOnRequests } from './scaling-resources';
import { batchPercentage, needsOf, type InstancesSettings } from './settings';

/** Settings of instances as a spec would write them. */
export interface InstancesProps extends ComponentProps {
  /** `resolve:ssm:` and the parameter that holds the image's id, or the id. */
  readonly image: string;
  /** Instance type. */
  readonly type: string;
  /** Where the application listens. @default - it takes no connections */
  readonly port?: number;
  /** Units that run. @default - as many as keep what is needed when a zone is lost; without needs or load, one per zone */
  readonly count?: number;
  /** Units that must be up. @default - follows from load and capacity; without these, all */
  readonly needs?: number;
  /** Requests at the busiest time, `900/s`. @default - not known */
  readonly load?: string;
  /** Requests that one unit serves, `220/s`. @default - not known */
  readonly capacity?: string;
  /** Units to which the group may grow. @default - count and one batch */
  readonly max?: number;
  /** Units that a deployment replaces at a time. @default - a tenth of count, at least one */
  readonly batch?: number;
  /** From launch until the application answers. @default 2m */
  readonly warmUp?: string;
  /** How long a new unit may fail its health check. @default - 5m, or warmUp where that is longer */
  readonly grace?: string;
  /** By which check the group replaces units. @default automatic */
  readonly healthCheck?: InstancesSettings['healthCheck'];
  /** What the group does where a zone cannot launch. @default balanced-best-effort */
  readonly distribution?: InstancesSettings['distribution'];
  /** What the group grows and shrinks on. @default cpu */
  readonly scaleOn?: InstancesSettings['scaleOn'];
  /** The share of CPU or capacity that scaling aims at. @default 60% */
  readonly scaleAt?: string;
  /** Size of the root volume. @default 20GiB */
  readonly volume?: string;
  /** The image's root device. @default /dev/xvda */
  readonly rootDevice?: string;
  /** Script that runs at the first start. @default - none */
  readonly userData?: string;
  /** Name of an existing instance profile. @default - one is made */
  readonly instanceProfile?: string;
  /** Metrics every minute and not every five. @default true */
  readonly detailedMonitoring?: boolean;
  /** Why no alarm stops a deployment, for a group that is in alarm already. @default - one does */
  readonly deployInAlarm?: string;
}

/**
 * A launch template and an auto scaling group that keeps its count of equal units over the zones of the network.
 * @example new Instances(stack, 'api', { network, image: 'resolve:ssm:/my/image', type: 'm7g.large', port: 8080, needs: 4 })
 */
export class Instances extends ComponentConstruct<InstancesSettings> implements BalancerTarget {
  readonly template: LaunchTemplate;
  readonly scalingGroup: AutoscalingGroup;
  private readonly targetGroups: string[] = [];
  private scalesOnRequests = false;

  constructor(scope: Construct, name: string, props: InstancesProps) {
    super(scope, name, kind, props);
    const { instanceProfile } = this.settings;
    const profile = instanceProfile === null ? makeProfile(this, this.add.bind(this)) : { name: instanceProfile, grants: [] };
    this.template = this.add(this.makeTemplate(profile), 'template');
    this.scalingGroup = this.add(this.makeGroup(profile), 'group');
    if (this.settings.scaleOn === 'cpu') this.add(scaleOnCpu(this, this.scalingGroup.name, this.settings), 'scaling');
  }

  override get outputs(): Outputs {
    return { scalingGroup: this.scalingGroup.name };
  }

  attach(targetGroupArn: string, requestsLabel?: string, listener?: ITerraformDependable): void {
    this.targetGroups.push(targetGroupArn);
    this.scalingGroup.targetGroupArns = this.targetGroups;
    this.scalingGroup.healthCheckType = groupCheck(this.settings, true).toUpperCase();
    // One balancer's requests are enough to scale on; the first that counts them is taken.
    if (this.settings.scaleOn === 'requests' && requestsLabel !== undefined && !this.scalesOnRequests) {
      this.scalesOnRequests = true;
      const scaling = this.add(scaleOnRequests(this, this.scalingGroup.name, this.settings, requestsLabel), 'scaling');
      // AWS refuses to scale on the requests of a target group to which nothing leads yet.
      if (listener) scaling.dependsOn = [dependable(listener)];
    }
  }

  /** The provider's default tags reach neither a group nor what is made by a template: they stand here once more. */
  private get tags(): Readonly<Record<string, string>> {
    const tags = { ...this.network.tags, Name: this.physicalName() };
    return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private makeTemplate(profile: Profile): LaunchTemplate {
    const { image, type, userData, rootDevice, volume, detailedMonitoring } = this.settings;
    return new LaunchTemplate(this, 'template', {
      name: this.physicalName(),
      imageId: image,
      instanceType: type,
      updateDefaultVersion: true,
      iamInstanceProfile: { name: profile.name },
      vpcSecurityGroupIds: [this.securityGroupId],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: detailedMonitoring },
      blockDeviceMappings: [
        { deviceName: rootDevice, ebs: { encrypted: 'true', volumeType: 'gp3', volumeSize: volume, deleteOnTermination: 'true' } },
      ],
      // Encoded here, so that Terraform does not evaluate what the script writes as ${…}.
      ...(userData === null ? {} : { userData: Token.isUnresolved(userData) ? Fn.base64encode(userData) : base64(userData) }),
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags: this.tags })),
    });
  }

  private makeGroup(profile: Profile): AutoscalingGroup {
    const { count, max, grace, warmUp, batch, distribution, scaleOn, image, deployInAlarm } = this.settings;
    const broken = this.watch();
    return new AutoscalingGroup(this, 'group', {
      name: this.physicalName(),
      minSize: count,
      maxSize: max,
      desiredCapacity: count,
      vpcZoneIdentifier: this.network.subnetIds('private'),
      availabilityZoneDistribution: { capacityDistributionStrategy: distribution },
      healthCheckType: groupCheck(this.settings, false).toUpperCase(),
      healthCheckGracePeriod: grace,
      defaultInstanceWarmup: warmUp,
      enabledMetrics: [
        'GroupDesiredCapacity',
        'GroupInServiceInstances',
        'GroupPendingInstances',
        'GroupTerminatingInstances',
        'GroupTotalInstances',
      ],
      launchTemplate: { id: this.template.id, version: Token.asString(this.template.latestVersion) },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 100 + batchPercentage(batch, count),
          instanceWarmup: `${warmUp}`,
          // The cloud cannot go back to an image that is named by a parameter: then the alarm only stops the deployment.
          ...(deployInAlarm === null ? { autoRollback: !image.startsWith('resolve:ssm:'), alarmSpecification: { alarms: [broken] } } : {}),
        },
      },
      tag: Object.entries(this.tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
      // Scaling moves it, and Terraform must not move it back.
      ...(scaleOn === 'nothing' ? {} : { lifecycle: { ignoreChanges: ['desired_capacity'] } }),
      // User data runs once: what the first instances cannot reach, or may not do, they do not try again.
      dependsOn: [...this.network.privateWays, ...this.ways, ...profile.grants],
    });
  }

  /** Makes the alarms, and gives the name of the one that stops a deployment. */
  private watch(): string {
    const { count } = this.settings;
    const needs = needsOf(this.settings);
    const inService = {
      namespace: 'AWS/AutoScaling',
      metric: 'GroupInServiceInstances',
      dimensions: { AutoScalingGroupName: this.physicalName() },
      statistic: 'Minimum',
      comparison: '<',
    } as const;
    this.alarm({
      ...inService,
      name: 'below-needs',
      means: `Fewer units of ${this.name} are in service than the ${needs} that are needed: it is down, or overloaded.`,
      threshold: needs,
      periods: 1,
      missing: 'breaching',
    });
    const belowCount = this.alarm({
      ...inService,
      name: 'below-count',
      means: `Fewer units of ${this.name} are in service than the ${count} that should be. If it lasts, they are not being replaced.`,
      threshold: count,
      periods: 3,
      missing: 'breaching',
    });
    return belowCount.alarmName;
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
