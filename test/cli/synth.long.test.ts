import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, repository, run, spawnEspalier } from '../repository';
import { folder, project } from './project';

/** What shows in a whole process: how an app ends, what it loads, who runs the command. */
const settings = 'dist/kubernetes/apps/shop/shop/app/settings.yaml';
const failure = (name: string, body: string, args: string[] = ['synth']) =>
  spawnEspalier(args, { cwd: project(name, body) });

beforeAll(() => rmSync(folder, { recursive: true, force: true }));

test('under cdk8s synth the tree is kept and cdk8s gets a copy of it', () => {
  const cwd = project('cdk8s');
  writeFileSync(join(cwd, 'cdk8s.yaml'), `app: node ${command} synth\noutput: out\n`);
  mkdirSync(join(cwd, 'dist'));
  writeFileSync(join(cwd, 'dist/NOTES.md'), 'mine');
  const cdk8s = join(repository, 'node_modules/cdk8s-cli/bin/cdk8s');
  const { code, stdout } = run(process.execPath, [cdk8s, 'synth'], {
    cwd,
    env: { CDK8S_DISABLE_UPGRADE_CHECK: '1' },
  });
  expect(code).toBe(0);
  expect(stdout).toContain('out/kubernetes/apps/shop/shop/app/settings.yaml');
  expect(readFileSync(join(cwd, settings), 'utf8')).toContain('LEVEL: info');
  expect(readFileSync(join(cwd, 'dist/NOTES.md'), 'utf8')).toBe('mine');

  rmSync(join(cwd, 'dist'), { recursive: true });
  const printed = run(process.execPath, [cdk8s, 'synth', '--stdout'], { cwd });
  expect(printed.stdout).toContain('LEVEL: info');
  expect(existsSync(join(cwd, 'dist'))).toBe(false);
});

const app = (name: string, outdir?: string) =>
  `const ${name} = new App(${outdir ? `{ outdir: '${outdir}' }` : ''}); new Cluster(${name}, '${name}', { organisation: 'a', environment: 'b' });`;

test('an app that comes late is taken as well, and --check still writes nothing', () => {
  const late = `${app('late', 'late')} setTimeout(() => late.synth(), 20);`;
  expect(failure('late', late, ['synth', '--check'])).toMatchObject({ code: 1 });
  expect(existsSync(join(folder, 'late/late'))).toBe(false);
  expect(existsSync(join(folder, 'late/dist'))).toBe(false);
  expect(failure('late', late)).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, 'late/late/kubernetes'))).toBe(true);
});

test('an app that ends the process is no success', async () => {
  const stderr =
    'error: the app ended the process before espalier was done. Remove process.exit() from it, or await what it starts.\n';
  expect(failure('exit', 'app.synth(); process.exit(0);')).toEqual({ code: 2, stdout: '', stderr });
  expect(existsSync(join(folder, 'exit/dist'))).toBe(false);
});

test('an error in a promise or a timer stops the run, and nothing is written', () => {
  for (const late of [
    "setTimeout(() => { throw new Error('late'); }, 20);",
    "(async () => { throw new Error('late'); })();",
  ]) {
    const { code, stderr } = failure('async', late);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: late\n {2}at main\.ts:9:\d+\n/),
    });
    expect(existsSync(join(folder, 'async/dist'))).toBe(false);
  }
});

test('a module that there is not is told with the line that asks for it', () => {
  const cwd = project('missing');
  mkdirSync(join(cwd, 'shop'), { recursive: true });
  writeFileSync(join(cwd, 'shop/index.ts'), "import '../data';\n");
  writeFileSync(join(cwd, 'main.ts'), "import './shop';\n");
  expect(spawnEspalier(['synth'], { cwd }).stderr).toMatch(
    /^error: Cannot find module '\.\.\/data'\n {2}at shop\/index\.ts:1:\d+\nRun it again with --trace for the stack trace\.\n$/,
  );
  expect(spawnEspalier(['synth', '--trace'], { cwd }).stderr).toContain('Require stack:');
});

test('a reader that goes away is no failure', () => {
  project('pipe');
  const piped = `node ${command} synth | true`;
  const { code, stderr } = run('bash', ['-o', 'pipefail', '-c', piped], { cwd: join(folder, 'pipe') });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

const reader = `new ApiObject(new Application(home, 'shop').directory, 'job', {
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [
    { name: 'job', image: 'registry.example.com/job:1.0.0', envFrom: [{ secretRef: { name: 'gone' } }] },
  ] } } },
});`;
test('a tree that Flux would fail on is not written by app.synth() alone', () => {
  const cwd = project('alone', reader);
  const { code, stderr } = run(process.execPath, ['--import', 'tsx', 'main.ts'], { cwd });
  expect({ code, said: stderr.includes('nothing creates Secret shop/gone') }).toEqual({ code: 1, said: true });
  expect(existsSync(join(cwd, 'dist'))).toBe(false);
});
