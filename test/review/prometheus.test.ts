import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { run } from '../../lib/cli/main';
import { needs } from '../requirements';
import { temporaryIo } from './temporary-io';

const spec = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract }
flows:
  buy: { requires: [pay], target: { availability: 99.9% } }
  sell: { requires: [pay], target: { availability: 99.8%, measure: requests } }
  peek: { requires: [pay], target: { availability: 50% } }
  other: { requires: [pay] }
`;

interface Rules {
  groups: {
    name: string;
    rules: { alert?: string; record?: string; expr: string; labels: Record<string, string>; annotations?: Record<string, string> }[];
  }[];
}

async function rules(): Promise<{ text: string; cwd: string; groups: Rules['groups'] }> {
  const io = temporaryIo({ 'shop.yaml': spec });
  expect(await run(['estimate', 'shop.yaml', '--format', 'prometheus=rules.yaml', '--format', 'prometheus'], io)).toBe(0);
  return { text: io.out, cwd: io.cwd, groups: (load(io.out, { schema: CORE_SCHEMA }) as Rules).groups };
}

test('each flow with a target has its rules, with the exact budget; what can never fire is left out', async () => {
  const { groups } = await rules();
  expect(groups.map(({ name }) => name)).toEqual(['nines shop buy', 'nines shop sell', 'nines shop peek']);
  const alerts = groups.map((group) => group.rules.filter(({ alert }) => alert).map(({ expr }) => / > (.*?) and/.exec(expr)![1]));
  expect(alerts).toEqual([
    ['14.4 * 0.001', '6 * 0.001', '3 * 0.001', '1 * 0.001'],
    ['14.4 * 0.002', '6 * 0.002', '3 * 0.002', '1 * 0.002'],
    ['1 * 0.5'],
  ]);
  expect(groups[0]!.rules.at(-1)!.annotations!.expected).toMatch(
    /^The estimate expects 4 h 4\d min down a year; outages: 2\d a year, of 10 min .*\.$/,
  );
});

const judged = needs('promtool');

judged('promtool accepts the rules', async () => {
  const { cwd } = await rules();
  expect(execFileSync('promtool', ['check', 'rules', '--lint-fatal', 'rules.yaml'], { cwd, encoding: 'utf8' })).toMatch(
    /SUCCESS: \d+ rules found/,
  );
});

judged('an outage pages after the first minutes and not before, and the page ends after it', async () => {
  const { cwd } = await rules();
  const series = [
    { series: 'probe_success{topology="shop",flow="buy",instance="a"}', values: '1x59 0x9 1x110' },
    { series: 'flow_requests_total{topology="shop",flow="sell",outcome="good"}', values: '0+60x180' },
    { series: 'flow_requests_total{topology="shop",flow="sell",outcome="failed"}', values: '0+0x180' },
  ];
  const pages = (flow: string) => `count(ALERTS{severity="page",window="1h",alertstate="firing",flow="${flow}"})`;
  const at = (expr: string, eval_time: string, fires: boolean) => ({
    expr,
    eval_time,
    exp_samples: fires ? [{ labels: '{}', value: 1 }] : [],
  });
  const tests = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: series,
        promql_expr_test: [
          at(pages('buy'), '59m', false),
          at(pages('buy'), '64m', true),
          at(pages('buy'), '90m', false),
          at(pages('sell'), '120m', false),
        ],
      },
    ],
  };
  writeFileSync(join(cwd, 'tests.yaml'), JSON.stringify(tests));
  expect(execFileSync('promtool', ['test', 'rules', 'tests.yaml'], { cwd, encoding: 'utf8' })).toContain('SUCCESS');
});
