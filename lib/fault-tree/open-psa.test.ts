import { compile } from '../engine/compile';
import { readOpenPsa } from './open-psa';

const read = (body: string, options = {}) =>
  readOpenPsa(`<?xml version="1.0"?>\n<opsa-mef>${body}</opsa-mef>`, { file: 'm.xml', ...options });
const probability = (body: string, options = {}) => {
  const { model, diagnostics } = read(body, options);
  expect(diagnostics).toEqual([]);
  return compile(model!.formula, [model!.root]).probability(model!.values)[0]!;
};
const told = (body: string, options = {}) =>
  read(body, options).diagnostics.map((d) => `${d.severity} ${d.code} ${d.range?.start.line}:${d.range?.start.column} ${d.detail}`);
/** The column at which a piece of a one-line body stands. */
const column = (body: string, piece: string) => `<opsa-mef>${body}`.indexOf(piece) + 1;
const event = (name: string, p: number) => `<define-basic-event name="${name}"><float value="${p}"/></define-basic-event>`;
const ab = event('a', 0.25) + event('b', 0.5);
const top = (formula: string) => `<define-gate name="top">${formula}</define-gate>`;
const a = '<basic-event name="a"/>';
const b = '<event name="b"/>';

test('every gate has its meaning', () => {
  const of = (formula: string) => probability(ab + top(formula));
  expect({
    and: of(`<and>${a}${b}</and>`),
    or: of(`<or>${a}${b}</or>`),
    not: of(`<not>${a}</not>`),
    nand: of(`<nand>${a}${b}</nand>`),
    nor: of(`<nor>${a}${b}</nor>`),
    xor: of(`<xor>${a}${b}</xor>`),
    iff: of(`<iff>${a}${b}</iff>`),
    imply: of(`<imply>${a}${b}</imply>`),
    atleast: of(`<atleast min="2">${a}${b}<not>${a}</not></atleast>`),
    cardinality: of(`<cardinality min="1" max="1">${a}${b}</cardinality>`),
    alone: of(a),
    constant: of(`<or>${a}<constant value="false"/></or>`),
  }).toEqual({
    and: 0.125,
    or: 0.625,
    not: 0.75,
    nand: 0.875,
    nor: 0.375,
    xor: 0.5,
    iff: 0.5,
    imply: 0.875,
    atleast: 0.5,
    cardinality: 0.5,
    alone: 0.25,
    constant: 0.25,
  });
});

test('house events switch parts on and off', () => {
  const house = (value: string) =>
    `${ab}<define-house-event name="h"><constant value="${value}"/></define-house-event>${top(`<and>${a}<house-event name="h"/></and>`)}`;
  expect(probability(house('true'))).toBe(0.25);
  expect(probability(house('false'))).toBe(0);
});

test('expressions of basic events are evaluated', () => {
  const of = (expression: string, extra = '', options = {}) =>
    probability(`${top(a)}<define-basic-event name="a">${expression}</define-basic-event>${extra}`, options);
  const float = (x: number) => `<float value="${x}"/>`;
  const lambda = '<define-parameter name="lambda" unit="hours-1"><mul><float value="1e-4"/><int value="2"/></mul></define-parameter>';
  expect(of('<exponential><parameter name="lambda"/><system-mission-time/></exponential>', lambda, { missionTime: 100 })).toBe(
    -Math.expm1(-0.02),
  );
  expect(of(`<exponential>${float(1e-15)}${float(1)}</exponential>`)).toBeCloseTo(1e-15, 29);
  expect(of(`<lognormal-deviate>${float(1e-3)}${float(5)}${float(0.95)}</lognormal-deviate>`)).toBe(1e-3);
  expect(of(`<uniform-deviate>${float(0.1)}${float(0.3)}</uniform-deviate>`)).toBeCloseTo(0.2, 15);
  expect(of(`<beta-deviate>${float(2)}${float(6)}</beta-deviate>`)).toBe(0.25);
  expect(of(`<histogram>${float(0)}<bin>${float(0.2)}${float(1)}</bin><bin>${float(0.4)}${float(3)}</bin></histogram>`)).toBeCloseTo(
    0.25,
    15,
  );
  expect(of(`<Weibull>${float(100)}${float(2)}${float(0)}${float(10)}</Weibull>`)).toBeCloseTo(-Math.expm1(-0.01), 15);
  // (λ − (λ − γ(λ + µ))·e^{−(λ+µ)t}) / (λ + µ)
  expect(of(`<GLM>${float(0.1)}${float(0.2)}${float(0.3)}${float(4)}</GLM>`)).toBeCloseTo((0.2 - (0.2 - 0.05) * Math.exp(-2)) / 0.5, 15);
  expect(of(`<periodic-test>${float(0.01)}${float(24)}${float(10)}${float(40)}</periodic-test>`)).toBeCloseTo(-Math.expm1(-0.06), 15);
  expect(of(`<sub>${float(1)}<div>${float(3)}${float(4)}</div></sub>`)).toBe(0.25);
});

test('common cause groups are expanded, their members defined by being named', () => {
  const members = ['p', 'q', 'r'].map((name) => `<basic-event name="${name}"/>`).join('');
  const group = (model: string, factors: string) =>
    `${top(`<and>${members}</and>`)}<define-CCF-group name="g" model="${model}"><members>${members}</members><factors>${factors}</factors><distribution><float value="0.1"/></distribution></define-CCF-group>`;
  const factor = (level: number, x: number) => `<factor level="${level}"><float value="${x}"/></factor>`;
  expect(probability(group('beta-factor', factor(3, 0.2)))).toBeCloseTo(0.02 + 0.98 * 0.08 ** 3, 15);
  expect(probability(group('MGL', factor(2, 0.2) + factor(3, 0.1)))).toBeCloseTo(0.004855414728746495, 14);
  expect(probability(group('alpha-factor', factor(1, 0.7) + factor(2, 0.2) + factor(3, 0.1)))).toBeCloseTo(0.0241765986385881, 14);
  expect(read(group('beta-factor', factor(3, 0.2))).model).toMatchObject({ gates: 1, events: 3 });
});

test('private names live in their component, public ones everywhere, whole paths always', () => {
  const component = (name: string, p: number) =>
    `<define-component name="${name}" role="private"><define-gate name="g" role="public"><basic-event name="x"/></define-gate>${event('x', p)}</define-component>`;
  const body = `<define-fault-tree name="t">${component('c', 0.25).replace('name="g"', 'name="gc"')}${component('d', 0.5).replace('name="g"', 'name="gd"')}
    <define-gate name="top"><and><gate name="gc"/><gate name="gd"/><basic-event name="t.c.x"/></and></define-gate></define-fault-tree>`;
  expect(probability(body)).toBe(0.125);
});

test('the top is the gate that no other uses, or the one that is named', () => {
  const body = `${ab}<define-gate name="one">${a}</define-gate><define-gate name="two">${b}</define-gate>`;
  const at = column(body, '<define-gate name="two"');
  expect(told(body)).toEqual([`error open-psa/top 2:${at} No other gate uses "one", "two". Name one of them with --top.`]);
  expect(probability(body, { top: 'two' })).toBe(0.5);
  expect(told(body, { top: 'tow' })).toEqual(['error open-psa/top 2:1 There is no gate "tow". Did you mean "two"?']);
});

test('mistakes are told with line and column, several at once', () => {
  expect(
    told(`
<define-gate name="top"><or><gate name="lefd"/><basic-event name="a"/><house-event name="a"/></or></define-gate>
<define-gate name="left"><atleast min="3"><basic-event name="a"/><basic-event name="a"/></atleast></define-gate>
<define-basic-event name="a"><float value="1.5"/></define-basic-event>
<define-basic-event name="left"><float value="zero"/></define-basic-event>
<define-basic-event name="c"/><define-bassic-event name="d"/>
<define-basic-event name="e"><exponential><parameter name="nu"/></exponential></define-basic-event>
<define-gate name="x"><xor><basic-event name="a"/></xor></define-gate>
<include file="/etc/passwd"/>`),
  ).toEqual([
    'error open-psa/defined-twice 6:1 The event "left" is defined a second time; the first definition is in line 4. Rename one of them.',
    'error open-psa/unknown-element 7:31 There is no element <define-bassic-event> here. Did you mean <define-basic-event>?',
    'error open-psa/include 10:1 Put the content of the file in its place.',
    'error open-psa/undefined-event 3:29 There is no gate "lefd". Did you mean "left"?',
    'error open-psa/undefined-event 3:71 There is no house event "a". "a" is a basic event.',
    'error open-psa/count 4:26 min="3" must be a whole number up to the 2 operands.',
    'error open-psa/operands 9:23 <xor> takes exactly 2, here are 1.',
    'error open-psa/top 4:1 No other gate uses "top", "left", "x". Name one of them with --top.',
    'error open-psa/no-probability 5:30 The probability of "a" is 1.5.',
    'error open-psa/no-expression 7:1 The basic event "c" is defined without an expression.',
    'error open-psa/undefined-parameter 8:43 The parameter "nu" is not defined.',
  ]);
});

test('circles of gates and of parameters are found, however long', () => {
  const gates = (n: number) =>
    Array.from({ length: n }, (_, i) => `<define-gate name="g${i}"><and><gate name="g${(i + 1) % n}"/>${a}</and></define-gate>`).join('');
  const at = column(ab + gates(3), '<define-gate name="g0"');
  expect(told(ab + gates(3))).toEqual([`error open-psa/cycle 2:${at} g0 → g1 → g2 → g0.`]);
  expect(told(ab + gates(20_000))[0]).toContain('g8 → … → g0.');
  const parameter = (name: string, other: string) => `<define-parameter name="${name}"><parameter name="${other}"/></define-parameter>`;
  const circle = `${top(a)}<define-basic-event name="a"><parameter name="x"/></define-basic-event>${parameter('x', 'y')}${parameter('y', 'x')}`;
  expect(told(circle)[0]).toContain('x → y → x.');
});

test('a chain of twenty thousand gates is no problem', () => {
  const chain = Array.from(
    { length: 20_000 },
    (_, i) => `<define-gate name="g${i}"><or><gate name="g${i + 1}"/>${a}</or></define-gate>`,
  ).join('');
  expect(read(`${ab}${chain}<define-gate name="g20000">${b}</define-gate>`).model?.gates).toBe(20_001);
});

test('broken XML, document types and other roots are one diagnostic each', () => {
  const of = (text: string) =>
    readOpenPsa(text, { file: 'm.xml' }).diagnostics.map((d) => `${d.code} ${d.range?.start.line}:${d.range?.start.column} ${d.detail}`);
  expect(of('<opsa-mef>\n <define-gate name="x">\n</opsa-mef>')).toEqual([
    'open-psa/xml 3:1 Here: "</opsa-mef>" closes "<define-gate>", which has another name.',
  ]);
  expect(of('<!DOCTYPE opsa-mef [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<opsa-mef>&x;</opsa-mef>')[0]).toContain(
    'a document type could define entities',
  );
  expect(of('<html/>')).toEqual([
    'open-psa/root 1:1 The outermost element must be <opsa-mef>, here it is <html>.',
    'open-psa/top 1:1 The model defines no gate.',
  ]);
  expect(of('')).toEqual(['open-psa/xml 1:1 Here: there is no element.']);
});

test('event trees are passed over with a warning', () => {
  const body = `${ab}${top(a)}<define-event-tree name="x"><rubbish/></define-event-tree>`;
  const at = column(body, '<define-event-tree');
  expect(told(body)).toEqual([`warning open-psa/passed-over 2:${at} <define-event-tree> has no effect on a fault tree here.`]);
});

test('a definition that says two things is refused: passing the second over would give another number', () => {
  const second = (body: string) => told(body).map((text) => text.split(' ')[1]);
  expect(second(ab + top(`<or>${a}${b}</or><and>${a}${b}</and>`))).toEqual(['open-psa/second-body']);
  expect(second(top(a) + '<define-basic-event name="a"><float value="0.1"/><float value="0.2"/></define-basic-event>')).toEqual([
    'open-psa/second-body',
  ]);
  expect(told(top(`<label>two</label><attributes/>${a}`) + event('a', 0.25))).toEqual([]);
});
