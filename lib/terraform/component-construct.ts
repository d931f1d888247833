import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Token, type ITerraformDependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { didYouMean } from '../diagnostics/did-you-mean';
import { DiagnosticsError, hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Kind, KindContext, Neighbour, Offers } from '../topology/kind';
import type { Plain, PlainValue } from '../topology/plain';
import type { Dependency } from '../topology/topology';
import { connect } from './connections';
import { alarmOf, type HealthSignal } from './health-signal';
import { moved } from './moved';
import { named } from './names';
import type { Network } from './network';
import { refusedSettings } from './refused-settings';
import type { Statement } from './statement';

/*
 * How a kind's construct is written:
 *
 *   export interface QueueProps extends ComponentProps { readonly maxReceives?: number; … }      // as a spec would write the settings
 *   export class Queue extends ComponentConstruct<QueueSettings> {
 *     constructor(scope: Construct, name: string, props: QueueProps) {
 *       super(scope, name, kind, props);                       // fills in defaults: this.settings; connects it with what it depends on
 *       const dead = this.add(new SqsQueue(this, 'dead', { name: this.physicalName('dead'), … }), 'dead-letters');
 *       …
 *       this.alarm({ name: 'dead-letters', … });
 *     }
 *     override get access() { return { statements: […], endpoints: ['sqs'] }; }   // what those who depend on it may do
 *     override get outputs() { return { url: this.queue.url }; }                  // what its callers and operators have to know
 *   }
 *
 * - `add` right after `new`, before anything reads an attribute: it gives the logical id (`<component>_<role>`, `<component>_<role>_<part>`), the
 *   overrides of `terraform:`, and the `moved` block of a rename. Parts are named by place (`us-east-1a`, `shard-0`), never by a position in a list.
 * - Every role is a key of the kind's `owns` (with an empty list if the model owns no argument of it); `alarm` and `security-group` are roles too.
 * - A component with network interfaces calls `this.securityGroupId`; its rules come from dependencies alone.
 * - User text that may hold `${` or `%{` goes through `Fn.rawString`, or Terraform evaluates it.
 */

/** A dependency as a construct takes it. */
export type DependencyProp = ComponentConstruct | { readonly on: ComponentConstruct; readonly without: Dependency['without'] };

/** What all components take beside their own settings. */
export interface ComponentProps {
  readonly network: Network;
  /** What it stands on. @default - nothing */
  readonly dependsOn?: readonly DependencyProp[];
  /** Arguments of the provider that the kind lacks, by role of the resource, with a `reason`. @default - none */
  readonly terraform?: Plain;
  /** Its name in the last version; its resources are moved and not made anew. @default - it has no other */
  readonly was?: string;
  /** Why a change may destroy what it holds. @default - synthesis refuses a change that would */
  readonly allowReplacement?: string;
  /** Other values for assumptions of this component, each with its source or reason. @default - none */
  readonly assumptions?: Plain;
}

/** What those who depend on a component may do with it by an API of AWS. */
export interface Access {
  readonly statements: readonly Statement[];
  /** Services of AWS which they reach by an endpoint inside the network: `sqs`, `secretsmanager`. */
  readonly endpoints: readonly string[];
}

/** Addresses and names that AWS gives, by what they are. */
export type Outputs = Readonly<Record<string, string | readonly string[]>>;

/** The keys of `ComponentProps`: everything else that a component is given is a setting of its kind. */
const shared = ['network', 'dependsOn', 'terraform', 'was', 'assumptions', 'allowReplacement'];

/** The Terraform of one component. Works in any stack, alone or as part of a topology. */
export abstract class ComponentConstruct<Settings extends object = object> extends Construct {
  readonly network: Network;
  /** With all defaults filled in. */
  readonly settings: Settings;
  /** The kind's settings as they were given. */
  readonly written: Plain;
  readonly dependencies: readonly { readonly on: ComponentConstruct; readonly without: Dependency['without'] }[];
  /** What must be there before it can reach what it depends on; of a component without a security group, nothing. */
  protected ways: readonly ITerraformDependable[] = [];
  private group?: SecurityGroup;

  protected constructor(
    scope: Construct,
    readonly name: string,
    readonly kind: Kind<Settings>,
    readonly props: ComponentProps,
  ) {
    super(scope, name);
    if (!props?.network?.members)
      throw new TypeError(`the ${kind.name} "${name}" needs a network: { network: new Network(stack, 'network', { … }) }`);
    this.network = props.network;
    this.written = Object.fromEntries(
      Object.entries(props).filter(([key, value]) => !shared.includes(key) && value !== undefined),
    ) as Record<string, PlainValue>;
    this.dependencies = (props.dependsOn ?? []).map((dependency) =>
      dependency instanceof ComponentConstruct ? { on: dependency, without: 'down' as const } : dependency,
    );
    if (this.dependencies.some((dependency) => !(dependency?.on instanceof ComponentConstruct)))
      throw new TypeError(
        `dependsOn of "${name}" takes constructs, not their names: dependsOn: [db], or [{ on: cache, without: 'degraded' }]`,
      );
    const refused = refusedSettings(name, kind, this.written);
    if (refused.length > 0) throw new DiagnosticsError(refused);
    this.settings = kind.settings(this.written, this.place);
    this.network.members.push(this);
    this.node.addValidation({ validate: () => this.problems().map((problem) => `${problem.summary} [${problem.code}] ${problem.detail}`) });
  }

  /** What others see of it. */
  get offers(): Offers {
    return this.kind.offers(this.settings);
  }

  /** What those who depend on it may do with it by an API of AWS. */
  get access(): Access {
    return { statements: [], endpoints: [] };
  }

  /** What its callers and operators have to know, for the outputs of the stack. */
  get outputs(): Outputs {
    return {};
  }

  /** Its security group, for the rules of those who depend on it. undefined: it has no network interfaces. */
  get tryFindSecurityGroupId(): string | undefined {
    return this.group?.id;
  }

  /** What its resources are called at AWS: after a rename still by its old name, since most of them would have to be made anew to be called otherwise. */
  get calledAs(): string {
    return this.props.was ?? this.name;
  }

  /** Physical name of the component, or of a part of it. */
  physicalName(part?: string): string {
    return this.network.physicalName(part ? `${this.calledAs}-${part}` : this.calledAs);
  }

  /**
   * Its security group, made when first asked for, with exactly these rules: out to what it depends on, and, where that has a group, in from here.
   */
  protected get securityGroupId(): string {
    if (!this.group) {
      const description = `${this.network.topology}: ${this.calledAs}`;
      const tags = { Name: this.physicalName() };
      const group = new SecurityGroup(this, 'security-group', { name: this.physicalName(), description, vpcId: this.network.vpcId, tags });
      this.group = this.add(group, 'security-group');
      this.ways = connect(this, this.group.id);
    }
    return this.group.id;
  }

  /**
   * Takes a resource into the component, under its role and, where a role has several, the part that it is. A part that is named by another component
   * has an old name once that one was renamed.
   */
  protected add<Resource extends TerraformResource>(resource: Resource, role: string, part?: string, oldPart = part): Resource {
    const idOf = (name: string, of: string | undefined) => [name, role, ...(of === undefined ? [] : [of])].join('_');
    return this.addNamed(resource, role, idOf(this.name, part), idOf(this.calledAs, oldPart));
  }

  /** Alarm of a health signal, to the topology's topic. */
  protected alarm(signal: HealthSignal): CloudwatchMetricAlarm {
    const config = alarmOf(signal, this.physicalName(signal.name), this.network.alarmTopicArn);
    return this.add(new CloudwatchMetricAlarm(this, `alarm-${signal.name}`, config), 'alarm', signal.name);
  }

  /** For `add` and for rules between two components, whose ids carry both names. */
  addNamed<Resource extends TerraformResource>(resource: Resource, role: string, id: string, was: string | undefined): Resource {
    named(resource, id);
    if (was !== undefined && was !== id) {
      moved(this, `${resource.terraformResourceType}.${was}`, `${resource.terraformResourceType}.${id}`);
    }
    const overrides = this.props.terraform?.[role];
    if (overrides && typeof overrides === 'object') {
      for (const [argument, value] of Object.entries(overrides)) resource.addOverride(argument, value);
    }
    return resource;
  }

  private get place() {
    return { name: this.name, region: this.network.region, prefix: this.network.prefix };
  }

  private neighbour(): Neighbour {
    return { name: this.name, kind: this.kind.name, reach: this.kind.reach, offers: this.offers };
  }

  private problems(): Diagnostic[] {
    const known = this.kind.schema.properties;
    const unknown = Object.keys(this.written)
      .filter((key) => !Object.hasOwn(known, key))
      .map((key): Diagnostic => {
        const near = didYouMean(key, Object.keys(known));
        const detail = `"${this.name}" is given "${key}", which is no setting of ${this.kind.name}.${near ? ` Did you mean "${near}"?` : ''}`;
        return { severity: 'error', code: 'terraform/unknown-setting', summary: 'Unknown setting', detail };
      });
    const members = this.network.members.filter((member) => member instanceof ComponentConstruct);
    const context: KindContext = {
      ...this.place,
      dependsOn: this.dependencies.map(({ on, without }) => ({ ...on.neighbour(), on: on.name, without })),
      dependents: members
        .filter((member) => member.dependencies.some(({ on }) => on === (this as ComponentConstruct)))
        .map((member) => member.neighbour()),
    };
    // A token is no value yet: what is not known before the deployment cannot be judged.
    const open = Object.values(this.written).some((value) => Token.isUnresolved(value));
    const found = [...unknown, ...(open ? [] : this.kind.check(this.settings, context))];
    return found.filter((problem) => hasErrors([problem]));
  }
}
