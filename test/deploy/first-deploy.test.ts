import { copyFileSync } from 'node:fs';
import { fromState } from '../../lib/resources/from-terraform';
import { drift } from '../../lib/drift/drift';
import { fromSynthesized } from '../../lib/resources/resources';
import type { Plain } from '../../lib/topology/plain';
import { needs } from '../requirements';
import { exampleFiles, settingsIn, topologyFiles, topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { variablesOf, type StackJson } from '../terraform/stack-json';
import { allowedBy } from '../security-groups/allowed';
import { awsAt, instancesAlive, itemsOf, resourcesTagged, textsOf } from './aws';
import { deployable, regionOf } from './deployable';
import { startEmulator, type Emulator } from './emulator';
import { leftOut, listedAfterDestroy } from './emulator-differences';
import { withoutLacking } from './leave-out';
import { liveRules } from './live-rules';
import { changesIn, knownDifferences, type Plan } from './plan';
import { addressesIn, openProject, stateFile, type Project } from './project';

/*
 * Every topology and every example of a kind in one app of cdktf: the waiting is the provider's, and goes on for all of them at once.
 */

const minutes = 60_000;
const deployed = needs('python3', 'terraform');
const files = [...topologyFiles, ...exampleFiles];

interface Stack {
  readonly file: string;
  readonly name: string;
  readonly settings: Plain;
  /** As the product synthesizes it, without what the emulator lacks. */
  readonly json: StackJson;
}

let emulator: Emulator;
let project: Project;
let stacks: readonly Stack[];
/** The second plans, by stack. */
const plans = new Map<string, Plan>();

const addresses = ({ json }: Stack) =>
  Object.entries(json.resource!)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();

/** Starts the emulator, and writes all specs as one project. */
async function prepare(): Promise<void> {
  emulator = await startEmulator();
  const whole: StackJson[] = [];
  stacks = await Promise.all(
    files.map(async (file) => {
      const settings = await deployable(settingsIn(file), emulator.url);
      const { json } = stackOf(topologyOf(settings));
      whole.push(json);
      return { file, name: String(settings.name), settings, json: withoutLacking(json) };
    }),
  );
  const variables = Object.assign({}, ...whole.map(variablesOf)) as Record<string, string>;
  project = openProject('all', emulator.url, {
    env: Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
  });
  for (const { settings } of stacks) project.write(settings);
}

afterAll(async () => {
  project?.remove();
  await emulator?.stop();
});

deployed(
  'cdktf deploys every topology and every example of a kind, all at once',
  async () => {
    await prepare();
    await project.deploy('*');
    for (const stack of stacks) expect([stack.file, addressesIn(project, stack.name)]).toEqual([stack.file, addresses(stack)]);
  },
  15 * minutes,
);

deployed(
  'what the emulator lacks it lacks still, and some stack would have it',
  async () => {
    const types = new Set(files.flatMap((file) => Object.keys(stackOf(topologyOf(settingsIn(file))).json.resource!)));
    for (const [type, { ask }] of Object.entries(leftOut)) {
      expect(types).toContain(type);
      await expect(ask(awsAt(emulator.url, 'eu-central-1'))).rejects.toThrow(/the emulator answered/);
    }
  },
  minutes,
);

deployed(
  'a second plan changes nothing but what the emulator forgets, all of which is needed',
  async () => {
    const found: string[] = [];
    const look = async ({ name }: Stack) => {
      const { plan, said } = await project.diff(name, '--skip-synth');
      plans.set(name, plan);
      const changes = changesIn(plan);
      if (changes.length === 0) expect(said).toContain('No changes');
      found.push(...changes);
    };
    // Two at a time: a plan is work for a processor, not waiting.
    for (let i = 0; i < stacks.length; i += 2) await Promise.all(stacks.slice(i, i + 2).map(look));
    expect([...new Set(found)].sort()).toEqual(knownDifferences);
  },
  15 * minutes,
);

/** What `nines drift --state` compares, with the state as the plan has refreshed it. */
function driftOf({ settings, json }: Stack, { prior_state: state }: Plan) {
  const expected = fromSynthesized(json as Parameters<typeof fromSynthesized>[0]);
  return drift(topologyOf(settings), expected, fromState(state), { samples: 20 });
}

deployed(
  'no topology has drifted from what the model counts on',
  async () => {
    expect(plans.size).toBe(stacks.length);
    for (const stack of stacks) {
      const { differences, moved } = driftOf(stack, plans.get(stack.name)!);
      // Which node of an Aurora cluster writes is decided by which is there first.
      const other = moved.filter(({ what }) => what !== 'writer');
      expect({ file: stack.file, differences, other }).toEqual({ file: stack.file, differences: [], other: [] });
    }
  },
  15 * minutes,
);

deployed(
  'the security groups that are there let everything talk to what it depends on, and to nothing else',
  async () => {
    for (const { file, name, settings } of stacks) {
      const rules = await liveRules(awsAt(emulator.url, regionOf(settings)), name);
      expect([file, ...rules]).toEqual([file, ...allowedBy(topologyOf(settings))]);
    }
  },
  minutes,
);

deployed(
  'what AWS moves by itself is nothing to change and no drift: instances replaced, a group scaled out, a writer failed over',
  async () => {
    const stack = stacks.find(({ file }) => file === 'topologies/orders.yaml')!;
    const aws = awsAt(emulator.url, regionOf(stack.settings));
    const group = { AutoScalingGroupName: 'orders-order' };
    const instances = async () =>
      textsOf(
        await aws.query('autoscaling', 'DescribeAutoScalingGroups', { 'AutoScalingGroupNames.member.1': 'orders-order' }),
        'InstanceId',
      );
    const [lost] = await instances();
    await aws.query('ec2', 'TerminateInstances', { 'InstanceId.1': lost! });
    await aws.query('autoscaling', 'SetDesiredCapacity', { ...group, DesiredCapacity: '11' });
    expect(await instances()).toHaveLength(11);
    expect(await instances()).not.toContain(lost);

    const writer = async () => {
      const xml = await aws.query('rds', 'DescribeDBClusters', { DBClusterIdentifier: 'orders-inventory-db' });
      const members = itemsOf(xml, 'DBClusterMembers', 'DBClusterMember');
      return textsOf(
        members.find((member) => member.includes('<IsClusterWriter>true'))!,
        'DBInstanceIdentifier',
      )[0]!;
    };
    const before = await writer();
    const target = `orders-inventory-db-node-${before.endsWith('1') ? 2 : 1}`;
    await aws.query('rds', 'FailoverDBCluster', { DBClusterIdentifier: 'orders-inventory-db', TargetDBInstanceIdentifier: target });
    expect(await writer()).toBe(target);

    const { actions, plan, said } = await project.diff('orders', '--skip-synth');
    expect(actions).toEqual({});
    expect(said).toContain('No changes');
    const { differences, moved } = driftOf(stack, plan);
    expect(differences).toEqual([]);
    expect(moved).toMatchObject([
      { address: 'component/order', what: 'desired units', from: '9', to: '11' },
      { address: 'component/inventory-db', what: 'writer', to: `aws_rds_cluster_instance.inventory-db_node_${target.at(-1)}` },
    ]);
  },
  15 * minutes,
);

deployed(
  'cdktf destroys all of them, and nothing is left: neither what was in a state nor what bears a tag',
  async () => {
    const kept = (name: string) => `${stateFile(project.folder, name)}.kept`;
    for (const { name } of stacks) copyFileSync(stateFile(project.folder, name), kept(name));
    await project.destroy('*');
    for (const { name } of stacks) expect(addressesIn(project, name)).toEqual([]);
    const look = stacks.map(async ({ name, settings }) => {
      // The provider looks for each resource by its id and says which it finds.
      copyFileSync(kept(name), stateFile(project.folder, name));
      const { said, status } = await project.terraform(name, 'apply', '-refresh-only', '-auto-approve', '-no-color');
      if (status !== 0) throw new Error(`the resources of ${name} could not be looked for:\n${said.slice(-4000)}`);
      expect([name, addressesIn(project, name)]).toEqual([name, []]);
      const aws = awsAt(emulator.url, regionOf(settings));
      expect([name, await instancesAlive(aws)]).toEqual([name, []]);
      return resourcesTagged(aws, name);
    });
    const left = (await Promise.all(look)).flat();
    const known = Object.keys(listedAfterDestroy);
    expect(left.filter((arn) => !known.some((part) => arn.includes(part)))).toEqual([]);
    expect(known.filter((part) => !left.some((arn) => arn.includes(part)))).toEqual([]);
  },
  15 * minutes,
);
