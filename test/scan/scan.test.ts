import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { pythonEnvironment } from '../deploy/emulator';
import { has, needs } from '../requirements';
import { exampleFiles, settingsIn, topologyFiles, topologyOf } from '../specs';
import { stacksOf } from '../synthesized';
import type { Plain } from '../../lib/topology/plain';
import type { Stack } from '../terraform/stack-json';
import { plansOf, withFiles } from './plans';

/** Something that the scanner says of a resource. */
interface Finding {
  readonly check: string;
  /** `orders aws_lb.front_balancer`. */
  readonly resource: string;
  readonly says: string;
}

/** A finding that is right as it is, for the stated reason. */
interface Accepted {
  readonly check: string;
  /** Types of resources, or addresses; of one plan alone, behind its name. */
  readonly resources: readonly string[];
  readonly reason: string;
}

const accepted = load(readFileSync(join(__dirname, 'accepted.yaml'), 'utf8'), { schema: CORE_SCHEMA }) as readonly Accepted[];

const judged = needs('python3', 'terraform');

let found: readonly Finding[] = [];
beforeAll(() => {
  if (has('python3') && has('terraform')) found = scan();
});

/** What is planned: every topology and every kind's example, new ones join by themselves, for a known account; and what is different without one. */
function planned(): Stack[] {
  const nameOf = (file: string) => file.replace(/\/example\.yaml$|\.yaml$/, '').replace(/^.*\//, '');
  const stackOf = (name: string, settings: Plain) => stacksOf([topologyOf(settings)]).map((stack) => ({ ...stack, name }));
  const account = '123456789012';
  return [
    ...topologyFiles.flatMap((file) => stackOf(nameOf(file), { ...settingsIn(file), account })),
    ...exampleFiles.flatMap((file) => stackOf(`example-${nameOf(file)}`, { ...settingsIn(file), account })),
    ...stackOf('queue-without-account', settingsIn('lib/kinds/queue/example.yaml')),
  ];
}

/** Scans all plans at once. */
function scan(): Finding[] {
  const python = pythonEnvironment(join(__dirname, 'requirements.txt'));
  const stacks = planned();
  return withFiles(plansOf(stacks), (folder) => {
    const options = ['--framework', 'terraform_plan', '--skip-download', '--quiet', '--compact', '--soft-fail', '--output', 'json'];
    const checkov = [join(dirname(python), 'checkov'), '--directory', folder, ...options];
    const said = execFileSync(python, checkov, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
    const { results, summary } = JSON.parse(said) as Scan;
    if (summary.parsing_errors > 0 || summary.passed < 100) throw new Error(`the scan has read too little: ${JSON.stringify(summary)}`);
    return results.failed_checks.map(({ check_id: check, check_name: says, file_path: file, resource }) => ({
      check,
      resource: `${file.replace(/^\/|\.json$/g, '')} ${resource}`,
      says,
    }));
  });
}

interface Scan {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly file_path: string;
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}

const accepts = ({ check, resources }: Accepted, finding: Finding) => {
  const [plan, address = ''] = finding.resource.split(' ');
  const isOf = (accepted: string) => address === accepted || address.startsWith(`${accepted}.`);
  // What is accepted of one plan is accepted of no other.
  const elsewhere = (accepted: string) => accepted.includes(' ') && !accepted.startsWith(`${plan} `);
  return check === finding.check && resources.some((it) => !elsewhere(it) && isOf(it.split(' ').at(-1)!));
};

judged('the scanner finds nothing in what we synthesize but what is accepted with a reason', () => {
  const open = found.filter((finding) => !accepted.some((one) => accepts(one, finding)));
  expect(open.map(({ check, resource, says }) => `${check} ${resource}: ${says}`)).toEqual([]);
});

judged('each accepted finding is still found, on each of its resources', () => {
  const unused = accepted.flatMap((one) =>
    one.resources
      .filter((resource) => !found.some((finding) => accepts({ ...one, resources: [resource] }, finding)))
      .map((it) => `${one.check} ${it}`),
  );
  expect(unused).toEqual([]);
});

test('each accepted finding is listed once, with a reason', () => {
  const all = accepted.flatMap(({ check, resources }) => resources.map((resource) => `${check} ${resource}`));
  expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
  expect(accepted.filter(({ reason }) => typeof reason !== 'string' || reason.length < 20)).toEqual([]);
});
