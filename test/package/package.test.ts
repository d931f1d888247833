import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const spec = join(root, 'topologies/orders.yaml');
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
};
const newFolder = (name: string) => realpathSync(mkdtempSync(join(tmpdir(), `nines-${name}-`)));

let tarball: string;

/** An empty project with the packed package in it. */
function install(): string {
  const project = newFolder('project');
  writeFileSync(join(project, 'package.json'), '{ "name": "shop", "private": true }');
  execFileSync('npm', ['install', '--ignore-scripts', tarball], { cwd: project, env: environment, encoding: 'utf8', stdio: 'pipe' });
  return project;
}

const nines = (project: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, 'node_modules/.bin/nines'), ...args], {
    cwd: project,
    env: environment,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'pipe' });
  const folder = newFolder('pack');
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    env: environment,
    stdio: 'pipe',
  });
  tarball = join(folder, readdirSync(folder)[0]!);
});

test('installed alone, the command line estimates, checks and synthesizes without cdktf', () => {
  const project = install();
  expect(existsSync(join(project, 'node_modules/cdktf'))).toBe(false);
  expect(nines(project, 'estimate', spec)).toMatchObject({ status: 0, stdout: expect.stringContaining('checkout') });
  expect(nines(project, 'check', spec)).toMatchObject({ status: 0 });
  expect(nines(project, 'estimate', 'nowhere.yaml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('There is no file "nowhere.yaml".'),
  });
  expect(nines(project, 'synth', spec)).toMatchObject({ status: 0, stdout: expect.stringContaining('Synthesized orders') });
  expect(existsSync(join(project, 'cdktf.out/stacks/orders/cdk.tf.json'))).toBe(true);
  expect(nines(project, 'estimate', 'cdktf.out')).toMatchObject({ status: 0 });
});

test('a first spec passes its check, and its cdktf.json names an app that synthesizes it', () => {
  const project = install();
  expect(nines(project, 'init')).toMatchObject({ status: 0 });
  expect(nines(project, 'check', 'topologies')).toMatchObject({ status: 0 });
  const { app } = JSON.parse(readFileSync(join(project, 'cdktf.json'), 'utf8')) as { app: string };
  execFileSync(app, { cwd: project, shell: true, stdio: 'pipe', env: { ...environment, CDKTF_OUTDIR: 'cdktf.out' } });
  expect(existsSync(join(project, 'cdktf.out/manifest.json'))).toBe(true);
  expect(nines(project, 'init')).toMatchObject({ status: 2, stderr: expect.stringContaining('overwrites nothing') });
});

test("the library answers without cdktf, and nines/constructs uses the user's own", () => {
  const project = install();
  writeFileSync(
    join(project, 'estimate.js'),
    `const { loadSpec, estimate } = require('nines');
const { topology } = loadSpec(require('fs').readFileSync(process.argv[2]), 'orders.yaml');
console.log(JSON.stringify(estimate(topology).results.map(({ flow }) => flow.name)));
console.log(Object.keys(require.cache).some((path) => /node_modules\\/(cdktf|constructs)\\//.test(path)));`,
  );
  const said = execFileSync(process.execPath, ['estimate.js', spec], { cwd: project, env: environment, encoding: 'utf8' });
  expect(said).toBe('["browse","checkout","track"]\nfalse\n');

  for (const name of ['cdktf', 'constructs', '@cdktf', 'typescript', '@types', 'esbuild', '@esbuild']) {
    if (!existsSync(join(root, 'node_modules', name))) continue;
    mkdirSync(join(project, 'node_modules'), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  cpSync(join(root, 'examples/typescript/main.ts'), join(project, 'main.ts'));
  writeFileSync(
    join(project, 'app.ts'),
    `import { App, TerraformStack } from 'cdktf';
import { estimate, ComponentConstruct } from 'nines/constructs';
import { orders } from './main';
const app = new App({ outdir: 'out' });
const stack = orders(app);
if (!(stack instanceof TerraformStack) || !stack.node.findAll().some((node) => node instanceof ComponentConstruct)) throw new Error('another copy of cdktf');
console.log(estimate(stack).results.length);
app.synth();
`,
  );
  const options = { module: 'commonjs', target: 'es2022', strict: true, skipLibCheck: true, types: ['node'], noEmit: true };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['app.ts'] }));
  const run = (tool: string, ...args: string[]) =>
    execFileSync(process.execPath, [tool, ...args], { cwd: project, env: environment, encoding: 'utf8', stdio: 'pipe' });
  run(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
  execFileSync(join(root, 'node_modules/.bin/esbuild'), ['app.ts', 'main.ts', '--outdir=.', '--format=cjs', '--platform=node'], {
    cwd: project,
    stdio: 'pipe',
  });
  expect(run('app.js')).toBe('3\n');
  expect(existsSync(join(project, 'out/stacks/orders/topology.json'))).toBe(true);
});
