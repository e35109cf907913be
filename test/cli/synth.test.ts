import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, spawnEspalier, temporaryFolder } from '../repository';
import { folder, lib, project } from './project';

const outside = temporaryFolder();
const settings = 'dist/kubernetes/apps/shop/shop/app/settings.yaml';

beforeAll(() => rmSync(folder, { recursive: true, force: true }));

describe('espalier synth', () => {
  test('writes the tree and says what it wrote; the next run changes nothing', async () => {
    const cwd = project('first');
    const first = await espalier(['synth'], { cwd });
    expect(first).toEqual({
      code: 0,
      stderr: '',
      stdout: `dist/: 8 files, 8 created
  + kubernetes/apps/kustomization.yaml
  + kubernetes/apps/shop/kustomization.yaml
  + kubernetes/apps/shop/namespace.yaml
  + kubernetes/apps/shop/shop/app/kustomization.yaml
  + kubernetes/apps/shop/shop/app/settings.yaml
  + kubernetes/apps/shop/shop/ks.yaml
  + kubernetes/flux/cluster/ks.yaml
  + kubernetes/flux/cluster/kustomization.yaml
`,
    });
    const before = statSync(join(cwd, settings));
    expect(await espalier(['synth'], { cwd })).toEqual({
      code: 0,
      stderr: '',
      stdout: 'dist/: 8 files, nothing to change\n',
    });
    expect(statSync(join(cwd, settings)).mtimeMs).toBe(before.mtimeMs);
  });

  test('names files of other people and keeps them; deletes what the tree no longer has', async () => {
    const cwd = project('prune');
    await espalier(['synth'], { cwd });
    writeFileSync(join(cwd, 'dist/kubernetes/apps/NOTES.md'), 'mine');
    project('prune', ' ');
    const { code, stdout } = await espalier(['synth'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `dist/: 3 files, 1 changed, 5 deleted
  ~ kubernetes/apps/kustomization.yaml
  - kubernetes/apps/shop/kustomization.yaml
  - kubernetes/apps/shop/namespace.yaml
  - kubernetes/apps/shop/shop/app/kustomization.yaml
  - kubernetes/apps/shop/shop/app/settings.yaml
  - kubernetes/apps/shop/shop/ks.yaml
  kept, not written by espalier: kubernetes/apps/NOTES.md
`,
    });
    expect(existsSync(join(cwd, 'dist/kubernetes/apps/shop'))).toBe(false);
  });

  test('does not overwrite a file that someone edited, unless forced', async () => {
    const cwd = project('edited');
    await espalier(['synth'], { cwd });
    writeFileSync(join(cwd, settings), 'edited: by hand\n');
    const { code, stderr } = await espalier(['synth'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('kubernetes/apps/shop/shop/app/settings.yaml (edited)');
    expect(stderr).toContain('--force');
    expect(readFileSync(join(cwd, settings), 'utf8')).toBe('edited: by hand\n');
    expect(await espalier(['synth', '--force'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, settings), 'utf8')).toContain('LEVEL: info');
  });

  test('--check writes nothing, shows the difference and exits with 1', async () => {
    const cwd = project('check');
    await espalier(['synth'], { cwd });
    expect(await espalier(['synth', '--check'], { cwd })).toEqual({
      code: 0,
      stderr: '',
      stdout: 'dist/ is up to date with main.ts: 8 files.\n',
    });
    project('check', "settings('debug');");
    const { code, stdout, stderr } = await espalier(['synth', '--check'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('-  LEVEL: info\n+  LEVEL: debug');
    expect(stderr).toBe(
      'error: dist/ is not up to date with main.ts (1 changed). Run espalier synth and commit the result.\n',
    );
    expect(readFileSync(join(cwd, settings), 'utf8')).toContain('LEVEL: info');
  });

  test('--check misses the ownership file, too', async () => {
    const cwd = project('ownership');
    await espalier(['synth'], { cwd });
    rmSync(join(cwd, 'dist/.espalier.sha256'));
    expect(await espalier(['synth', '--check'], { cwd })).toMatchObject({
      code: 1,
      stderr:
        'error: dist/ is not up to date with main.ts (.espalier.sha256 is missing or was changed). Run espalier synth and commit the result.\n',
    });
  });
});

describe('what a mistake looks like', () => {
  /** An app in JavaScript, whose lines are those of its author where it runs in this process, too. */
  const failure = (name: string, body: string, args: string[] = ['synth']) =>
    espalier(args, { cwd: project(name, body, 'main.js') });

  test("a construct's refusal is one message with the author's line, and no stack trace", () => {
    // In a process of its own, with tsx.
    expect(spawnEspalier(['synth'], { cwd: project('refused', "home.inNamespace('My_App');") })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: home/apps/My_App: id is "My_App". Allowed: a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters. Example: "my-app".
  at main.ts:9:6
`,
    });
  });

  test('a missing environment variable is named', async () => {
    expect(
      (await failure('variable', "environmentVariable('IMAGE_TAG', { purpose: 'the tag that CI has built' });")).stderr,
    ).toBe(
      `error: The environment variable IMAGE_TAG (the tag that CI has built) is not set. Set it, for example: IMAGE_TAG=… espalier synth; or give environmentVariable() a default.
  at main.js:9:1
`,
    );
  });

  test('a mistake of the author that is not a refusal names the line and offers the trace', async () => {
    const { code, stderr } = await failure('bug', 'JSON.parse("{");');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: .*JSON.*\n {2}at main\.js:9:6\nRun it again with --trace for the stack trace\.\n$/s,
    );
    expect((await failure('bug', 'JSON.parse("{");', ['synth', '--trace'])).stderr).toContain('at JSON.parse');
  });

  test('a file that does not exist, or that synthesizes nothing', async () => {
    expect(await espalier(['synth', 'nothing.ts'], { cwd: outside })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: nothing.ts does not exist here. Name the file that calls app.synth(), such as espalier synth clusters/main.ts, or begin with espalier init.\n',
    });
    writeFileSync(join(outside, 'empty.js'), '');
    expect((await espalier(['synth', 'empty.js'], { cwd: outside })).stderr).toBe(
      "error: empty.js ran, but no app of cdk8s-espalier was synthesized. It should end with app.synth(), with App from 'cdk8s-espalier'.\n",
    );
  });

  test('an app that is synthesized twice counts once', async () => {
    expect(await failure('twice', "settings('info'); app.synth();")).toMatchObject({ code: 0, stderr: '' });
  });

  test('something thrown that is no Error', async () => {
    expect((await failure('thrown', 'throw undefined;')).stderr).toContain(
      'error: the app threw undefined, which is not an Error\n',
    );
  });

  test('an app without a cluster does not delete the tree', async () => {
    const cwd = project('empty');
    await espalier(['synth'], { cwd });
    writeFileSync(join(cwd, 'main.ts'), `import { App } from ${JSON.stringify(lib)};\nnew App().synth();\n`);
    expect(await espalier(['synth'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: main.ts makes no files for dist/: its app has no Cluster. To remove the tree, delete the folder.\n',
    });
    expect(existsSync(join(cwd, settings))).toBe(true);
  });

  describe('an app whose tree Flux would fail on', () => {
    const reader = `new ApiObject(new Application(home, 'shop').directory, 'job', {
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [
    { name: 'job', image: 'registry.example.com/job:1.0.0', envFrom: [{ secretRef: { name: 'gone' } }] },
  ] } } },
});`;

    test('is not written, and the message names what is wrong', async () => {
      const cwd = project('refused', reader);
      expect(await espalier(['synth'], { cwd })).toEqual({
        code: 2,
        stdout: '',
        stderr: `error: dist/ is not written: Flux would fail on 1 thing in it.

dist/kubernetes/apps/shop/shop/app/job.yaml
  error 15:23 nothing creates Secret shop/gone  secrets/missing
      14 |             - secretRef:
    > 15 |                 name: gone
         |                       ^
      16 |           image: registry.example.com/job:1.0.0
    object: Job shop/job, made by Job at apps/shop/shop/app/job
    chain: Job/job → Secret/gone
    fix: Name one that exists, or add what creates it; if something outside the tree creates it, list it under \`external\` in the configuration.

1 error in 1 file; 8 files, 4 resources, 2 Kustomizations checked
`,
      });
      expect(existsSync(join(cwd, 'dist'))).toBe(false);
    });

    test('is written when its configuration says that it is made elsewhere, or its app that it wants no check', async () => {
      const cwd = project('promised', reader);
      writeFileSync(join(cwd, 'espalier.config.yaml'), 'external: [Secret/shop/gone]\n');
      expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0 });

      const main = join(project('unchecked', reader), 'main.ts');
      writeFileSync(main, readFileSync(main, 'utf8').replace('new App()', 'new App({ check: false })'));
      expect(await espalier(['synth'], { cwd: join(folder, 'unchecked') })).toMatchObject({ code: 0 });
    });
  });

  test('an output folder that cannot be written', async () => {
    const cwd = project('unwritable');
    writeFileSync(join(cwd, 'dist'), 'a file where the folder should be');
    const { code, stderr } = await espalier(['synth'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('dist');
    expect(stderr).not.toContain('    at ');
  });

  test('unknown commands, options and arguments', async () => {
    expect((await espalier(['synt'])).stderr).toContain(
      'error: there is no command "synt"; did you mean espalier synth?',
    );
    expect((await espalier(['synth', '--chek'])).stderr).toContain(
      'error: espalier synth has no option --chek; did you mean --check?',
    );
    expect((await espalier(['synth', 'a.ts', 'b.ts'])).stderr).toContain(
      'error: unexpected "b.ts": espalier synth takes at most 1 argument.',
    );
    expect(await espalier(['synth', '--help'])).toMatchObject({ code: 0, stderr: '' });
    expect((await espalier(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('honours schemas and failOn of the configuration, and says what was not judged', async () => {
    const monitor = `new ApiObject(new Application(home, 'shop').directory, 'monitor', {
      apiVersion: 'monitoring.example.org/v1', kind: 'Monitor', metadata: { name: 'shop' }, spec: { intervall: '30s' },
    });`;
    const cwd = project('config', monitor);
    const unknown = await espalier(['synth'], { cwd });
    expect(unknown).toMatchObject({ code: 0 });
    expect(unknown.stderr).toBe(
      `Not judged: there is no schema for monitoring.example.org/v1 Monitor: the fields of 1 object are not checked; add its schema with espalier schemas add

No findings: 8 files, 4 resources, 2 Kustomizations checked
`,
    );
    expect(await espalier(['synth', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });

    mkdirSync(join(cwd, 'schemas'));
    const define = (spec: object) => {
      const openAPIV3Schema = { type: 'object', properties: { spec: { type: 'object', ...spec } } };
      const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }];
      const definition = { group: 'monitoring.example.org', names: { kind: 'Monitor' }, scope: 'Namespaced', versions };
      const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'm' } };
      writeFileSync(join(cwd, 'schemas', 'crd.yaml'), JSON.stringify({ ...crd, spec: definition }));
    };
    define({ properties: { interval: { type: 'string' } } });
    writeFileSync(join(cwd, 'espalier.config.json'), JSON.stringify({ schemas: ['schemas'] }));
    const refused = await espalier(['synth'], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('unknown field `intervall` in `spec`; did you mean `interval`?');

    const rules = { 'schema/unknown-field': 'warning' };
    const config = (failOn?: string) => JSON.stringify({ schemas: ['schemas'], failOn, rules });
    writeFileSync(join(cwd, 'espalier.config.json'), config());
    expect((await espalier(['synth'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'espalier.config.json'), config('warning'));
    const strict = await espalier(['synth'], { cwd });
    expect(strict.code).toBe(2);
    expect(strict.stderr).toContain('error: dist/ is not written: failOn is "warning", and there is 1 warning.');

    // What was found of the same tree does not outlive a schema.
    define({ 'x-kubernetes-preserve-unknown-fields': true });
    expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });

  test('writes a tree whose faults the baseline has, and no other', async () => {
    const cwd = project('baseline', 'settings(5 as never);');
    expect((await espalier(['synth'], { cwd })).code).toBe(2);
    writeFileSync(join(cwd, 'espalier.config.json'), JSON.stringify({ baseline: 'espalier.baseline' }));
    const line = 'schema/type\tdist/kubernetes/apps/shop/shop/app/settings.yaml\tConfigMap shop/settings\tdata.LEVEL\n';
    writeFileSync(join(cwd, 'espalier.baseline'), line);
    const written = await espalier(['synth'], { cwd });
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toMatch(/^1 known finding\n/);
    // As an earlier run found it, and as `check` does.
    expect((await espalier(['synth'], { cwd })).stdout).toMatch(/^1 known finding\n/);
    expect(await espalier(['check'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(join(cwd, 'espalier.baseline'), '');
    expect((await espalier(['synth'], { cwd })).stderr).toContain('dist/ is not written');
    rmSync(join(cwd, 'espalier.baseline'));
    expect((await espalier(['synth'], { cwd })).stderr).toContain('espalier check --write-baseline` writes it');
  });

  test('sees files that people wrote beside the tree, also when they change and the tree does not', async () => {
    const cwd = project('beside', "new Application(home, 'old', { kustomization: { spec: { path: './old' } } });");
    expect((await espalier(['synth'], { cwd })).stderr).toContain('there is no folder ./old');
    mkdirSync(join(cwd, 'old'));
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: old }\n';
    writeFileSync(join(cwd, 'old', 'a.yaml'), settings);
    expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(join(cwd, 'old', 'a.yaml'), `${settings}datta: {}\n`);
    expect(await espalier(['synth', '--check'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('unknown field `datta` at the top; did you mean `data`?'),
    });
  });
});
