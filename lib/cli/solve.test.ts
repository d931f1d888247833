import Ajv from 'ajv';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import schema from '../document/solve.schema.json';
import { ran } from '../../test/listening-io';

const model = `<?xml version="1.0"?>
<opsa-mef name="two-trains">
<define-gate name="top"><and><gate name="one"/><gate name="two"/></and></define-gate>
<define-gate name="one"><or><basic-event name="v1"/><basic-event name="p1"/></or></define-gate>
<define-gate name="two"><or><basic-event name="v2"/><basic-event name="p2"/></or></define-gate>
${['v1', 'v2'].map((v) => `<define-basic-event name="${v}"><float value="0.5"/></define-basic-event>`).join('')}
${['p1', 'p2'].map((p) => `<define-basic-event name="${p}"><float value="0.7"/></define-basic-event>`).join('')}
</opsa-mef>`;

const folder = mkdtempSync(join(tmpdir(), 'nines-solve-'));
writeFileSync(join(folder, 'm.xml'), model);

const nines = (args: readonly string[], stdin?: string) => ran(folder, ['solve', ...args], stdin);

test('prints probability, cut sets and importance', async () => {
  const { code, out, err } = await nines(['m.xml']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`top: probability 0.7225
  3 gates, 4 events, ${/(\d+) nodes/.exec(out)?.[1]} nodes

  4 minimal cut sets
  4 of order 2
  0.49  p1, p2
  0.35  v1, p2
  0.35  p1, v2
  0.25  v1, v2

  event  Birnbaum  criticality  achievement  reduction
  p1     0.425     0.412        1.18         1.7
  p2     0.425     0.412        1.18         1.7
  v1     0.255     0.176        1.18         1.21
  v2     0.255     0.176        1.18         1.21
`);
});

test('the JSON follows its schema, with and without cut sets', async () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  for (const options of [
    [],
    ['--probability-only'],
    ['--cut-sets', 'none'],
    ['--cut-sets=count'],
    ['--cut-sets=order=1'],
    ['--cut-sets=top=2'],
  ]) {
    const { code, out } = await nines(['m.xml', '--format', 'json', ...options]);
    const document = JSON.parse(out) as Record<string, unknown>;
    expect({ code, valid: validate(document), errors: validate.errors }).toEqual({ code: 0, valid: true, errors: null });
    expect(document).toMatchObject({ model: 'two-trains', gates: 3, events: 4, bounds: null, exact: true });
    expect(document.probability).toBeCloseTo(0.7225, 14);
    if (options[0] === '--cut-sets=top=2')
      expect(document.cutSets).toMatchObject({ total: '4', byOrder: ['0', '0', '4'], top: [{ events: ['p1', 'p2'] }, {}] });
    if (options[0] === '--probability-only') expect(document).toMatchObject({ cutSets: null, importance: null });
  }
});

test('the simulation agrees with the exact probability, whatever the number of workers', async () => {
  const rare = model.replaceAll('0.5', '1e-4').replaceAll('0.7', '2e-4');
  const of = async (workers: string) =>
    JSON.parse((await nines(['-', '--format', 'json', '--simulate', '20000', '--seed', '3', '--workers', workers], rare)).out) as Record<
      string,
      unknown
    >;
  const document = await of('1');
  const { interval, probability, standardError } = document.simulation as {
    interval: [number, number];
    probability: number;
    standardError: number;
  };
  expect(Math.abs(probability - (document.probability as number)) / standardError).toBeLessThan(4);
  expect((interval[1] - interval[0]) / probability).toBeLessThan(0.2);
  expect((await of('2')).simulation).toEqual(document.simulation);
  expect((await nines(['m.xml', '--simulate', '1000', '--workers', '1'])).out).toMatch(/simulated: 0\.\d+, with 95 % confidence between/);
});

test('random deviates spread the probability, one draw for all events that share a parameter', async () => {
  // q² with q lognormal: the median is the square of q's, the 95 % point the square of q's 95 % point.
  const float = (x: number) => `<float value="${x}"/>`;
  const text = `<opsa-mef><define-gate name="t"><and><basic-event name="a"/><basic-event name="b"/><basic-event name="c"/></and></define-gate>
    <define-parameter name="q"><lognormal-deviate>${float(Math.log(1e-4))}${float(0.5)}</lognormal-deviate></define-parameter>
    ${['a', 'b'].map((name) => `<define-basic-event name="${name}"><parameter name="q"/></define-basic-event>`).join('')}
    <define-basic-event name="c"><uniform-deviate>${float(0.499)}${float(0.501)}</uniform-deviate></define-basic-event></opsa-mef>`;
  const { out } = await nines(['-', '--format', 'json', '--samples', '1000'], text);
  const { uncertainty } = JSON.parse(out) as {
    uncertainty: Record<'p5' | 'p50' | 'p95', number> & { influences: { name: string; share: number }[] };
  };
  const point = (z: number) => 0.5 * 1e-8 * Math.exp(z);
  expect(uncertainty.p5 / point(-1.6448536)).toBeCloseTo(1, 1);
  expect(uncertainty.p50 / point(0)).toBeCloseTo(1, 2);
  expect(uncertainty.p95 / point(1.6448536)).toBeCloseTo(1, 1);
  expect(uncertainty.influences.map(({ name }) => name)).toEqual(['q', 'c']);
  expect(uncertainty.influences[0]!.share).toBeGreaterThan(0.99);
  expect((await nines(['-', '--samples', '100'], text)).out).toContain('the spread comes 100 % from q');
});

test('a model can come from standard input, and the JSON can go to a file', async () => {
  const { code, out } = await nines(['-', '--format', 'json=out/result.json', '--format', 'text'], model);
  expect(code).toBe(0);
  expect(out).toContain('probability 0.7225');
  expect(JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8'))).toMatchObject({ top: 'top' });
});

test('the mission time is what exponential events are exposed to', async () => {
  const text = `<opsa-mef><define-gate name="t"><basic-event name="a"/></define-gate><define-basic-event name="a"><exponential><float value="1e-3"/><system-mission-time/></exponential></define-basic-event></opsa-mef>`;
  const of = async (...options: string[]) =>
    JSON.parse((await nines(['-', '--format', 'json', ...options], text)).out) as { probability: number };
  expect((await of('--mission-time', '10')).probability).toBe(-Math.expm1(-0.01));
  expect((await of()).probability).toBe(-Math.expm1(-8.76));
});

test('where memory does not suffice it answers guaranteed bounds, and by what factor they differ', async () => {
  // Each gate of a layer reads three of the layer before; neighbouring choices by a fixed rule, so that nothing falls apart into modules.
  const width = 26;
  const names = (layer: number) => Array.from({ length: width }, (_, i) => (layer === 0 ? `e${i}` : `g${layer}-${i}`));
  const gates = [1, 2].flatMap((layer) =>
    names(layer).map((name, i) => {
      const inputs = [i, (7 * i + 3 * layer) % width, (11 * i + 5) % width].filter((at, place, all) => all.indexOf(at) === place);
      const tag = layer === 1 ? 'basic-event' : 'gate';
      const operands = inputs.map((at) => `<${tag} name="${names(layer - 1)[at]!}"/>`).join('');
      return `<define-gate name="${name}"><atleast min="2">${operands}</atleast></define-gate>`;
    }),
  );
  const top = `<define-gate name="top"><or>${names(2)
    .map((name) => `<gate name="${name}"/>`)
    .join('')}</or></define-gate>`;
  const events = names(0).map((name) => `<define-basic-event name="${name}"><float value="0.01"/></define-basic-event>`);
  const text = `<opsa-mef>${top}${gates.join('')}${events.join('')}</opsa-mef>`;
  const solved = async (...options: string[]) => JSON.parse((await nines(['-', '--format', 'json', ...options], text)).out) as Solved;
  interface Solved {
    readonly probability: number | null;
    readonly bounds: [number, number];
    readonly factor: number;
    readonly stoppedBy: string;
  }
  const { probability } = await solved('--probability-only');
  const limited = await solved('--probability-only', '--memory-limit', '200KB');
  expect(limited).toMatchObject({ probability: null, stoppedBy: 'bytes' });
  expect(limited.bounds[0]).toBeLessThanOrEqual(probability!);
  expect(limited.bounds[1]).toBeGreaterThanOrEqual(probability!);
  expect(limited.factor).toBe(limited.bounds[1] / limited.bounds[0]);
  const { code, out } = await nines(['-', '--memory-limit', '200KB'], text);
  expect(code).toBe(0);
  const [, lower, upper] = /probability between (0\.\d+) and (0\.\d+), both guaranteed, within a factor of [\d.]+\n/.exec(out)!;
  expect(Number(lower)).toBeLessThanOrEqual(limited.bounds[0]);
  expect(Number(upper)).toBeGreaterThanOrEqual(limited.bounds[1]);
  // Not even for the closer bounds is there time.
  const hurried = await solved('--probability-only', '--memory-limit', '200KB', '--time-limit', '1ms');
  expect(hurried.probability).toBeNull();
  expect(hurried.bounds[0]).toBeLessThanOrEqual(probability!);
  expect(hurried.bounds[0]).toBeGreaterThan(0);
  expect(hurried.bounds[1]).toBeGreaterThanOrEqual(probability!);
});

test('of a top that is not coherent it gives the smallest sets that bring it about alone, and says so', async () => {
  // a ∧ ¬b: the event b does good, and a alone brings it about while b is absent.
  const events = ['a', 'b'].map((name) => `<define-basic-event name="${name}"><float value="0.1"/></define-basic-event>`).join('');
  const text = `<opsa-mef><define-gate name="t"><and><basic-event name="a"/><not><basic-event name="b"/></not></and></define-gate>${events}</opsa-mef>`;
  const { out } = await nines(['-'], text);
  expect(out).toContain('1 smallest sets of events that bring it about with all others absent (some event can also do good)\n');
  expect(out).toContain('0.1  a\n');
  expect(JSON.parse((await nines(['-', '--format', 'json'], text)).out)).toMatchObject({ coherent: false, cutSets: { total: '1' } });
});

test('a model with mistakes is not answered: diagnostics on stderr and in the JSON, exit 2', async () => {
  const { code, out, err } = await nines(['-', '--format', 'json'], model.replace('<basic-event name="p2"/>', '<basic-event name="p3"/>'));
  expect(code).toBe(2);
  expect(err).toContain('<stdin>:5:53');
  expect(err).toContain('There is no basic event "p3". Did you mean "p1"?');
  expect(JSON.parse(out)).toMatchObject({ version: 1, model: null, diagnostics: [{ code: 'open-psa/undefined-event' }] });
});

test.each([
  [['m.xml', '--cut-sets', 'many'], '--cut-sets takes count, top=K, order=N or none'],
  [['m.xml', '--cut-sets', 'top=0'], 'takes a whole number from 1'],
  [['m.xml', '--probability-only', '--cut-sets', 'count'], 'exclude each other'],
  [['m.xml', '--time-limit', 'soon'], '--time-limit takes a duration'],
  [['m.xml', '--memory-limit', '3'], '--memory-limit takes a size'],
  [['m.xml', '--mission-time', '-1'], '--mission-time'],
  [['m.xml', '--format', 'yaml'], 'there is no format "yaml"'],
  [['m.xml', '--speed', '3'], 'there is no option --speed'],
  [['m.xml', '--seed', '3'], '--seed is an option of --samples and --simulate'],
  [['m.xml', '--workers', '3'], '--workers is an option of --simulate'],
  [['m.xml', '--simulate', 'much'], '--simulate takes a whole number'],
  [['none.xml'], 'could not read none.xml'],
  [[], 'it takes one model'],
])('%j is a wrong call', async (args, message) => {
  const { code, out, err } = await nines(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('user text can not steer the terminal', async () => {
  const { out } = await nines(['-'], model.replaceAll('name="v1"', 'name="v&#x9b;1"'));
  expect(out).not.toContain('\u009b');
});
