import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '../requirements';
import { settingsIn } from '../specs';
import { offlineProvider } from '../terraform/stack-json';
import { cdktf, makeProject } from './cdktf';

const judged = needs('terraform');
const minutes = 60_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-cdktf-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

judged(
  'cdktf synth and cdktf diff run the app that cdktf.json names on the specs of topologies/',
  () => {
    makeProject(folder, 'lib/cli/app.ts');
    mkdirSync(join(folder, 'topologies/not-these'), { recursive: true });
    const settings = { ...settingsIn('topologies/minimal.yaml'), provider: offlineProvider };
    writeFileSync(join(folder, 'topologies/minimal.json'), JSON.stringify(settings));
    writeFileSync(join(folder, 'topologies/not-these/broken.yaml'), 'version: 9');

    const synth = cdktf(folder, ['synth']);
    expect(synth).toMatchObject({ status: 0, said: expect.stringContaining('Generated Terraform code for the stacks: minimal') });
    expect(existsSync(join(folder, 'cdktf.out/stacks/minimal/topology.json'))).toBe(true);

    const diff = cdktf(folder, ['diff', '--skip-synth']);
    expect(diff).toMatchObject({ status: 0, said: expect.stringMatching(/Plan: \d+ to add, 0 to change, 0 to destroy/) });
  },
  10 * minutes,
);

judged(
  'cdktf shows what is wrong with a spec that NINES_SPEC names, and writes nothing',
  () => {
    makeProject(folder, 'lib/cli/app.ts');
    const settings = settingsIn('topologies/minimal.yaml');
    writeFileSync(join(folder, 'good.json'), JSON.stringify(settings));
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ ...settings, name: 'other', flows: { visit: { requires: ['frnt'] } } }));
    const { status, said } = cdktf(folder, ['synth'], { NINES_SPEC: 'good.json:bad.json' });
    expect(status).not.toBe(0);
    expect(said).toContain('Did you mean "front"?');
    expect(existsSync(join(folder, 'cdktf.out/stacks'))).toBe(false);
  },
  10 * minutes,
);

judged(
  'cdktf refuses a version that would make a database anew, since what it synthesized last is still there',
  () => {
    makeProject(folder, 'lib/cli/app.ts');
    const settings = settingsIn('topologies/minimal.yaml');
    const write = (engine: string) => {
      const store = { kind: 'database', engine, form: 'single', class: 'db.r7g.large' };
      const components = { ...(settings.components as object), store };
      writeFileSync(join(folder, 'shop.json'), JSON.stringify({ ...settings, components, flows: { buy: { requires: ['store'] } } }));
    };
    write('postgres');
    expect(cdktf(folder, ['synth'], { NINES_SPEC: 'shop.json' }).status).toBe(0);
    write('mysql');
    const refused = cdktf(folder, ['synth'], { NINES_SPEC: 'shop.json' });
    expect(refused.status).not.toBe(0);
    expect(refused.said).toContain('[stack/data-loss]');
    const elsewhere = cdktf(folder, ['synth', '--output', 'other.out'], { NINES_SPEC: 'shop.json', NINES_BASELINE: 'cdktf.out' });
    expect(elsewhere.said).toContain('[stack/data-loss]');
  },
  10 * minutes,
);

judged(
  'cdktf deploy and cdktf destroy run a stack that is written as ours are, with its state beside the output',
  () => {
    makeProject(folder, 'test/cdktf/data-app.ts');
    expect(cdktf(folder, ['deploy', 'data', '--auto-approve'])).toMatchObject({ status: 0, said: expect.stringMatching(/word.*safe/) });
    const state = () =>
      JSON.parse(readFileSync(join(folder, 'terraform.data.tfstate'), 'utf8')) as { resources: readonly { type: string }[] };
    expect(state().resources.map(({ type }) => type)).toEqual(['terraform_data']);
    expect(cdktf(folder, ['destroy', 'data', '--auto-approve']).status).toBe(0);
    expect(state().resources).toEqual([]);
  },
  10 * minutes,
);
