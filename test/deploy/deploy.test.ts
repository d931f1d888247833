import { fromState } from '../../lib/resources/from-terraform';
import { drift } from '../../lib/drift/drift';
import { fromSynthesized } from '../../lib/resources/resources';
import type { Plain } from '../../lib/topology/plain';
import { settingsIn, topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { requestCertificate, resourcesTagged, statesOfNatGateways } from './ask';
import { startEmulator, type Emulator } from './emulator';
import { openProject, stateOf, type Project } from './project';
import { changesIn, knownDifferences } from './second-plan';

const minutes = 60_000;

let emulator: Emulator;
let project: Project;
beforeAll(async () => {
  emulator = await startEmulator();
  project = openProject('minimal', emulator.url);
}, 10 * minutes);
afterAll(() => {
  project.remove();
  emulator.stop();
});

/** The spec with a certificate that exists, and a balancer that may be deleted again. */
async function deployable(): Promise<Plain> {
  const settings = settingsIn('topologies/minimal.yaml');
  const components = settings.components as Readonly<Record<string, Plain>>;
  const certificate = await requestCertificate(emulator.url, 'eu-central-1', 'shop.example.com');
  return { ...settings, components: { ...components, front: { ...components.front!, certificate, deletable: 'it is a test' } } };
}

test(
  'topologies/minimal.yaml is deployed, has nothing to change and no drift but what the emulator forgets, and is destroyed without a trace',
  async () => {
    const settings = await deployable();
    const { json } = stackOf(topologyOf(settings));
    const resources = Object.entries(json.resource!).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));
    project.write(settings);

    const deployed = await project.cdktf('deploy', 'minimal', '--auto-approve');
    expect(deployed).toMatchObject({
      status: 0,
      said: expect.stringContaining(`Resources: ${resources.length} added, 0 changed, 0 destroyed`),
    });
    expect(stateOf(project, 'minimal').sort()).toEqual([...resources].sort());
    expect((await resourcesTagged(emulator.url, 'eu-central-1', 'minimal')).length).toBeGreaterThan(5);

    const diff = await project.cdktf('diff', 'minimal', '--skip-synth');
    expect(diff).toMatchObject({ status: 0, said: expect.stringMatching(/No changes|Plan: 0 to add, \d+ to change, 0 to destroy/) });
    expect((await project.terraform('plan', '-out=again', '-lock=false')).status).toBe(0);
    const again = await project.terraform('show', '-json', 'again');
    expect(changesIn(JSON.parse(again.said))).toEqual(knownDifferences(new Set(Object.keys(json.resource!))));

    const state = await project.terraform('show', '-json');
    const topology = topologyOf(settings);
    const expected = fromSynthesized(json as Parameters<typeof fromSynthesized>[0]);
    const { differences, moved } = drift(topology, expected, fromState(JSON.parse(state.said)), { samples: 20 });
    expect(moved).toEqual([]);
    // The emulator forgets the warm-up, as the table of second-plan differences has it.
    expect(differences.map(({ address, found, setting }) => [address, setting, found])).toEqual([['component/web', 'warmUp', '0s']]);

    const destroyed = await project.cdktf('destroy', 'minimal', '--auto-approve');
    expect(destroyed).toMatchObject({ status: 0, said: expect.stringContaining(`Resources: ${resources.length} destroyed`) });
    expect(stateOf(project, 'minimal')).toEqual([]);
    // Only NAT gateways are still listed for a while, as deleted.
    const left = await resourcesTagged(emulator.url, 'eu-central-1', 'minimal');
    expect(left.filter((arn) => !arn.includes(':natgateway/'))).toEqual([]);
    expect(await statesOfNatGateways(emulator.url, 'eu-central-1')).toEqual(left.map(() => 'deleted'));
  },
  30 * minutes,
);
