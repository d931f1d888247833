import { Random } from '../engine/random';
import { compile } from '../engine/compile';
import { readOpenPsa } from './open-psa';

const model = `<?xml version="1.0" encoding="UTF-8"?>
<!-- everything once -->
<opsa-mef name="m">
<define-fault-tree name="t">
<label>a &amp; b</label>
<define-gate name="top"><or><gate name="left"/><event name="d"/><and><basic-event name="a"/><house-event name="h"/></and></or></define-gate>
<define-gate name="left"><atleast min="2"><basic-event name="a"/><basic-event name="b"/><not><basic-event name="c"/></not></atleast></define-gate>
<define-component name="part" role="private"><define-basic-event name="x"><float value="0.5"/></define-basic-event></define-component>
</define-fault-tree>
<model-data>
<define-basic-event name="a"><exponential><parameter name="lambda"/><system-mission-time/></exponential></define-basic-event>
<define-basic-event name="b"><lognormal-deviate><float value="0.01"/><float value="3"/><float value="0.95"/></lognormal-deviate></define-basic-event>
<define-parameter name="lambda"><mul><float value="1e-6"/><int value="2"/></mul></define-parameter>
<define-house-event name="h"><constant value="true"/></define-house-event>
</model-data>
<define-CCF-group name="g" model="alpha-factor"><members><basic-event name="c"/><basic-event name="d"/></members>
<factors><factor level="1"><float value="0.9"/></factor><factor level="2"><float value="0.1"/></factor></factors>
<distribution><float value="0.02"/></distribution></define-CCF-group>
</opsa-mef>`;

const answers = (text: string): boolean => {
  const { model: read, diagnostics } = readOpenPsa(text, { file: 'm.xml' });
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  expect(refused).toBe(read === undefined);
  for (const { range, summary, detail } of diagnostics) {
    expect(summary.length * detail.length).toBeGreaterThan(0);
    expect(range!.start.offset).toBeLessThanOrEqual(range!.end.offset);
    expect(range!.end.offset).toBeLessThanOrEqual(text.length);
  }
  if (read !== undefined) {
    const p = compile(read.formula, [read.root]).probability(read.values)[0]!;
    expect(p >= 0 && p <= 1 + 1e-12).toBe(true);
  }
  return !refused;
};

test('the model is read as it stands', () => {
  expect(answers(model)).toBe(true);
});

test('fifteen hundred broken copies are answered or refused with diagnostics, never with a crash', () => {
  const random = new Random(6);
  const pieces = [
    '<',
    '>',
    '/',
    '"',
    '&',
    '&#0;',
    '<!--',
    ']]>',
    '<or>',
    '</and>',
    'name="a"',
    'value="NaN"',
    'value="-1"',
    'min="99"',
    '\u0000',
    '\ud800',
    '<gate name="top"/>',
    '1e999',
  ];
  let answered = 0;
  for (let round = 0; round < 1500; round++) {
    let text = model;
    for (let i = random.integer(3); i >= 0; i--) {
      const at = random.integer(text.length);
      const drawn = random.integer(4);
      if (drawn === 0) text = text.slice(0, at) + text.slice(at + 1 + random.integer(20));
      else if (drawn === 1) text = text.slice(0, at) + pieces[random.integer(pieces.length)]! + text.slice(at);
      else if (drawn === 2) text = text.slice(0, at) + model.slice(at, at + random.integer(200)) + text.slice(at);
      else {
        // Another value or name in the place of one.
        const values = [...text.matchAll(/"[^"]*"/g)];
        const [one, other] = [values[random.integer(values.length)], values[random.integer(values.length)]];
        if (one !== undefined && other !== undefined) text = text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
      }
    }
    if (answers(text)) answered++;
  }
  expect(answered).toBeGreaterThan(40);
  expect(answered).toBeLessThan(1250);
});

test('a text cut anywhere is refused', () => {
  for (let end = 0; end < model.length; end += 7) expect(answers(model.slice(0, end))).toBe(false);
});

test('hostile sizes take bounded time', () => {
  const wide = `<opsa-mef><define-gate name="t"><or>${'<basic-event name="a"/>'.repeat(100_000)}</or></define-gate><define-basic-event name="a"><float value="0.1"/></define-basic-event></opsa-mef>`;
  expect(answers(wide)).toBe(true);
  const deep = `<opsa-mef><define-gate name="t">${'<not>'.repeat(100_000)}</define-gate></opsa-mef>`;
  expect(answers(deep)).toBe(false);
  const undefinedEvents = `<opsa-mef><define-gate name="t"><or>${Array.from({ length: 20_000 }, (_, i) => `<gate name="g${i}"/>`).join('')}</or></define-gate></opsa-mef>`;
  const { diagnostics } = readOpenPsa(undefinedEvents, { file: 'm.xml' });
  expect(diagnostics.length).toBeLessThanOrEqual(50);
  const parameters = Array.from(
    { length: 5000 },
    (_, i) => `<define-parameter name="p${i}"><parameter name="p${i + 1}"/></define-parameter>`,
  ).join('');
  expect(
    answers(
      `<opsa-mef><define-gate name="t"><basic-event name="a"/></define-gate><define-basic-event name="a"><parameter name="p0"/></define-basic-event>${parameters}</opsa-mef>`,
    ),
  ).toBe(false);
  expect(answers(wide.replace('name="a"', `name="${'a'.repeat(1_000_000)}"`))).toBe(false);
});
