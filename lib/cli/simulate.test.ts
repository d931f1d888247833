import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { SimulateDocument } from '../document/simulate';
import schema from '../document/simulate.schema.json';
import { ran } from '../../test/listening-io';

const root = join(__dirname, '../..');

const nines = (args: readonly string[], stdin?: string) => ran(root, ['simulate', ...args], stdin);

test('prints the simulated numbers beside the exact ones, and says whether they agree', async () => {
  const { code, out, err } = await nines(['topologies/minimal.yaml', '--cycles', '4000']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^minimal: the simulation agrees with the exact numbers/);
  expect(out).toMatch(/^ {4}down {2,}\d+ min a year {2,}\d+ min a year/m);
  expect(out).toContain('seed 1. Intervals are of 95 %.');
});

test('the JSON follows its schema, with and without changes, also where nothing is known of the frequency', async () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  const unknown = readFileSync(join(root, 'lib/kinds/external/example.yaml'), 'utf8').replace(/^ *meanOutage: .*\n/m, '');
  for (const args of [['-'], ['-', '--infrastructure-only']]) {
    const { code, out } = await nines([...args, '--cycles', '1000', '--format', 'json'], unknown);
    const document = JSON.parse(out) as SimulateDocument;
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    expect(code).toBe(0);
    const [result] = document.topologies[0]!.results;
    expect(result).toMatchObject({ outagesPerYear: null, meanOutageMinutes: null });
    expect(result!.because.outagesPerYear).toContain('not stated');
  }
});

test('where users are divided over shards, whom outages hit stands beside the exact numbers, also without changes', async () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  const spec = `version: 1
name: sharded
regions: { us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 } }
components: { db: { kind: database, engine: postgres, form: multi-az-instance, class: db.r7g.large, shards: 3 } }
flows: { read: { requires: [db] } }
`;
  for (const args of [['-'], ['-', '--infrastructure-only']]) {
    const { out } = await nines([...args, '--cycles', '4000', '--format', 'json'], spec);
    const document = JSON.parse(out) as SimulateDocument;
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    const { unavailability, users } = document.topologies[0]!.results[0]!;
    const [all, one, any] = [users!.allUsers.unavailability!, unavailability!, users!.anyUser.unavailability!];
    expect(all.simulated).toBeLessThan(one.simulated);
    expect(one.simulated).toBeLessThan(any.simulated);
    for (const { z } of [all, one, any, users!.allUsers.outagesPerYear!, users!.anyUser.outagesPerYear!])
      expect(Math.abs(z!)).toBeLessThan(4.5);
  }
  const { out } = await nines(['-', '--cycles', '4000'], spec);
  for (const row of ['down for someone', 'outages for someone', 'down for everyone', 'outages for everyone'])
    expect(out).toContain(`\n    ${row} `);
});

test('a spec that is wrong is told, and nothing is simulated', async () => {
  const { code, out, err } = await nines(['-'], 'version: 2\n');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('<stdin>');
});

test('threads change nothing but the time that it takes', async () => {
  const of = async (workers: string) =>
    (await nines(['topologies/minimal.yaml', '--cycles', '1000', '--workers', workers, '--format', 'json'])).out;
  expect(await of('3')).toBe(await of('1'));
});
