import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { lineOf, type Progress } from '../../lib/cli/progress';
import { clearLine, startTicker } from '../../lib/cli/ticker';
import { run } from '../../lib/cli/main';
import { temporaryIo } from './temporary-io';

const root = join(__dirname, '../..');
const spec = (name: string) => `version: 1
name: ${name}
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract }
flows:
  buy: { requires: [pay], target: { availability: 99.9% } }
`;

interface Said {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that has to wait some seconds for its spec; what a terminal, or pipes, get. */
function slowly(terminal: boolean, env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const { cwd } = temporaryIo({ 'shop.yaml': spec('shop') });
  // From the root, where the hook that reads TypeScript looks for its scripts.
  const command = `(sleep 4; cat ${cwd}/shop.yaml) | node scripts/run.cjs test/review/main.ts estimate -`;
  const [program, args]: [string, string[]] = terminal ? ['script', ['-qec', command, '/dev/null']] : ['sh', ['-c', command]];
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TERM: 'xterm', ...env } });
  return new Promise((done, fail) => {
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => void (out += part.toString()));
    child.stderr.on('data', (part: Buffer) => void (err += part.toString()));
    child.on('error', fail);
    child.on('close', (status) => done({ status, out, err }));
  });
}

// `script` of other systems has other options.
const whereThereIsATerminal = process.platform === 'linux' ? describe : describe.skip;

whereThereIsATerminal('in a terminal', () => {
  let said: { readonly terminal: Said; readonly pipe: Said; readonly dumb: Said };
  beforeAll(async () => {
    const [terminal, pipe, dumb] = await Promise.all([slowly(true), slowly(false), slowly(true, { TERM: 'dumb' })]);
    said = { terminal, pipe, dumb };
  });

  test('a person at a terminal sees that something goes on, and nothing of it is left', () => {
    const { out, status } = said.terminal;
    expect(status).toBe(0);
    expect(out.split(clearLine).filter((line) => /^nines estimate: \d+ s$/.test(line)).length).toBeGreaterThan(0);
    // The result comes after a cleared line, and no line is drawn after it.
    const result = out.indexOf('shop meets its target');
    expect(out.slice(0, result).split(clearLine).at(-1)!.length).toBeLessThan('\u001B[32m'.length + 1);
    expect(out.slice(result)).not.toContain('nines estimate:');
  });

  test('where nobody looks, nothing is drawn', () => {
    expect(said.pipe).toMatchObject({ status: 0, err: '' });
    expect(said.pipe.out).not.toContain(clearLine);
    expect(said.dumb).toMatchObject({ status: 0, out: expect.not.stringContaining('nines estimate:') as unknown });
  });
});

test('what is quick leaves no trace on the terminal', () => {
  const out: string[] = [];
  const ticker = startTicker('nines check', (text) => void out.push(text));
  ticker.begin(3);
  ticker.step();
  ticker.aside(() => void out.push('a result'));
  ticker.stop();
  ticker.aside(() => void out.push('the rest'));
  expect(out).toEqual(['a result', 'the rest']);
});

test('the line says how many of all are done, where there are several', () => {
  expect([lineOf('nines check', 12, 400, 7), lineOf('nines solve', 0, 0, 3)]).toEqual(['nines check: 12 of 400, 7 s', 'nines solve: 3 s']);
});

test('every command that takes long counts what it does', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const files = Object.fromEntries(names.map((name) => [`t/${name}.yaml`, spec(name)]));
  const counted = async (...args: string[]) => {
    const io = temporaryIo({
      ...files,
      'other/a.yaml': spec('a'),
      'other/b.yaml': spec('b').replace('99.95%', '99.96%'),
      'other/c.yaml': spec('c'),
    });
    const totals: number[] = [];
    let done = 0;
    const progress: Progress = {
      begin: (total) => {
        totals.push(total);
        done = 0;
      },
      step: () => void (done += 1),
    };
    expect(await run(args, { ...io, progress })).toBe(0);
    expect(done).toBe(totals.at(-1));
    return totals;
  };
  expect(await counted('check', 't')).toEqual([5]);
  expect(await counted('check', 't/a.yaml', 't/b.yaml')).toEqual([2]);
  expect(await counted('estimate', 't')).toEqual([5]);
  expect(await counted('diff', 't', 'other', '--no-resources')).toEqual([3]);
  expect(await counted('simulate', 't/a.yaml', '--cycles', '1000')).toEqual([40]);
}, 120_000);
