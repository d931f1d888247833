import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from '../../test/listening-io';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-synth-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const synth = (...args: string[]) => ran(folder, ['synth', ...args]);

function write(file: string, database: string, more = ''): void {
  const text = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  store: { kind: database, ${database}, form: single, class: db.r7g.large }
  jobs: { kind: queue }
flows:
  buy: { requires: [store, jobs] }
${more}`;
  writeFileSync(join(folder, file), text);
}

test('a change that would make a database anew is refused with its place and the way out, exit 1, and nothing is written', async () => {
  write('shop.yaml', 'engine: postgres');
  expect(await synth('shop.yaml')).toMatchObject({ code: 0, err: '' });
  write('shop.yaml', 'engine: mysql');
  const refused = await synth('shop.yaml');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toBe(`╷
│ Error: Data would be lost                                                        [stack/data-loss]
│
│   on shop.yaml:6:36, in component "store":
│     6:   store: { kind: database, engine: mysql, form: single, class: db.r7g.large }
│                                           ~~~~~
│ Terraform would destroy aws_db_instance.store_instance and make it anew, empty, since engine
│ changes and AWS cannot change that in place. Take the change back, or write \`allowReplacement:
│ <reason>\` in store once its data is safe or not needed.
╵
`);
  // Neither is the version that was refused what the next one is compared with.
  expect((await synth('shop.yaml')).code).toBe(1);
  write('shop.yaml', 'engine: mysql, allowReplacement: nothing is in it yet');
  expect(await synth('shop.yaml')).toMatchObject({ code: 0, err: '' });
});

test('a baseline may be a topology.json, an output folder or a spec, and stands for what the output folder holds', async () => {
  write('deployed.yaml', 'engine: postgres');
  await synth('deployed.yaml', '--out', 'there');
  write('shop.yaml', 'engine: mysql');
  for (const baseline of ['there', 'there/stacks/shop/topology.json', 'deployed.yaml'])
    expect(await synth('shop.yaml', '--baseline', baseline, '--out', 'here')).toMatchObject({ code: 1, out: '' });
  expect(readdirSync(folder).sort()).toEqual(['deployed.yaml', 'shop.yaml', 'there']);
  expect(await synth('shop.yaml', '--out', 'here')).toMatchObject({ code: 0, err: '' });
  expect((await synth('shop.yaml', '--baseline', 'deployed.yaml', '--out', 'here')).code).toBe(1);
});

test('a baseline that is not there or has no such topology is said', async () => {
  write('shop.yaml', 'engine: postgres', 'backend: { s3: { bucket: states } }');
  expect(await synth('shop.yaml', '--baseline', 'nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('nowhere') });
  writeFileSync(join(folder, 'other.yaml'), 'version: 1');
  expect((await synth('shop.yaml', '--baseline', 'other.yaml')).code).toBe(2);
  const first = await synth('shop.yaml');
  expect(first).toMatchObject({ code: 0, err: expect.stringContaining('What is deployed is not known') });
});
