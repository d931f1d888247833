import Ajv from 'ajv';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lib/cli/main';
import { driftDocument, type DriftDocument } from '../../lib/document/drift';
import schema from '../../lib/document/drift.schema.json';
import { drift } from '../../lib/drift/drift';
import { liveResources } from '../../lib/drift/live';
import { Resources } from '../../lib/resources/resources';
import { startEmulator, type Emulator } from '../deploy/emulator';
import { has, needs } from '../requirements';
import { changes, close } from './changes';
import { deploy, type Deployed } from './deployed';
import { listeningIo } from '../listening-io';

const judged = needs('python3', 'terraform');

let emulator: Emulator | undefined;
let deployed: Deployed;

const tool = { nines: '0', assumptions: 'sha256:0' };
let asked: Resources;

/** What a comparison with the answers says, as text. */
async function compared(): Promise<{ readonly document: DriftDocument; readonly differences: readonly string[] }> {
  asked = await liveResources(deployed.topology, deployed.expected);
  const document = driftDocument({
    tool,
    drift: drift(deployed.topology, deployed.expected, asked, { samples: 20 }),
    source: { path: 'shop.yaml', sha256: '0' },
    with: { form: 'live', path: 'eu-central-1' },
  });
  return {
    document,
    differences: document.differences.map(({ address, counts, found, setting }) => textOf([address, setting, counts, found])),
  };
}

/** Ids are given by chance. */
const textOf = (difference: readonly unknown[]) => JSON.stringify(difference).replace(/\bnat-[0-9a-f]{8,}\b/g, 'nat-…');

beforeAll(async () => {
  if (!has('python3') || !has('terraform')) return;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  emulator = await startEmulator();
  process.env.AWS_ENDPOINT_URL = emulator.url;
  deployed = await deploy(emulator.url);
});
afterAll(async () => {
  close();
  await emulator?.stop();
});

/** What is different because of the changes so far that nobody has taken back. */
let standing: readonly string[] = [];

judged('what Terraform has made is as the model counts on', async () => {
  expect((await compared()).differences).toEqual([]);
});

for (const { change, effect, found, undo, what } of changes) {
  judged(`it is found, and nothing else: ${what}`, async () => {
    await change(asked);
    const { differences, document } = await compared();
    const news = found.map(textOf);
    expect(differences.filter((it) => !standing.includes(it))).toEqual(news);
    expect(standing.filter((it) => !differences.includes(it))).toEqual([]);
    const own = document.differences.filter((it) => news.includes(textOf([it.address, it.setting, it.counts, it.found])));
    const worse = own.flatMap(({ effects }) => effects ?? []).some(({ unavailability }) => unavailability > 0);
    expect(document.flows === null ? 'not estimated' : worse ? 'worse' : 'no worse').toBe(effect);
    if (undo) await undo(asked);
    else standing = differences;
  });
}

judged('the answers of another account are refused', async () => {
  const { expected, topology } = deployed;
  const elsewhere = { ...topology, deployment: { ...topology.deployment, account: '210987654321' } };
  await expect(liveResources(elsewhere, expected)).rejects.toThrow(/answered for the account 123456789012, and shop is in 210987654321/);
  const nowhere = { ...topology, name: 'other', settings: { ...topology.settings, name: 'other' } };
  expect((await liveResources(nowhere, new Resources([]))).all).toEqual([]);
});

judged('the command says so, with exit code 1', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-live-'));
  try {
    writeFileSync(join(folder, 'shop.json'), JSON.stringify(deployed.topology.settings));
    const io = listeningIo(folder);
    expect({
      code: await run(['drift', 'shop.json', '--live', '--format', 'text', '--format', 'json=drift.json'], io),
      err: io.err,
    }).toEqual({
      code: 1,
      err: '',
    });
    expect(io.out).toMatch(/^shop: \d+ things are not as the model counts on in eu-central-1 of AWS\.\n/);
    const document = JSON.parse(readFileSync(join(folder, 'drift.json'), 'utf8')) as DriftDocument;
    expect(new Ajv({ allowUnionTypes: true }).validate(schema, document)).toBe(true);
    expect(document.differences).toHaveLength(standing.length);

    await emulator!.stop();
    expect({ code: await run(['drift', 'shop.json', '--live'], io), err: io.err }).toEqual({
      code: 2,
      err: expect.stringMatching(/AWS did not answer when asked for .*ECONNREFUSED/),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
