import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { espalier } from '../repository';
import { lib, folder as projects } from './project';

const folder = join(projects, 'beside');
beforeAll(() => rmSync(folder, { recursive: true, force: true }));

/** A repository with an app that writes into it, among these files. */
function repository(name: string, body: string, files: Readonly<Record<string, string>>): string {
  const cwd = join(folder, name);
  main(cwd, body);
  for (const [path, text] of Object.entries(files)) put(cwd, path, text);
  execFileSync('git', ['init', '-q'], { cwd });
  return cwd;
}

function put(cwd: string, path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

function main(cwd: string, body: string): void {
  put(
    cwd,
    'main.ts',
    `import { App, Application, Cluster, Secret, Namespace } from ${JSON.stringify(lib)};
import { ApiObject } from 'cdk8s';
const app = new App({ outdir: '.' });
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod', sourceRoot: '.' });
const shop = new Application(home, 'shop', { kustomization: { spec: { wait: true } } });
const object = (kind: string, name: string, more: object) =>
  new ApiObject(shop.directory, name, { apiVersion: 'v1', kind, metadata: { name }, ...more });
object('ConfigMap', 'settings', { data: { LEVEL: 'info' } });
${body}
app.synth();
`,
  );
}

const secret = "object('Secret', 'login', { stringData: { user: 'a' } });";

/** A pod that reads the key of a Secret. */
const pod = (name: string, key: string, of = 'login') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop }
spec:
  containers:
    - name: a
      image: a/b:1.0.0
      env: [{ name: USER, valueFrom: { secretKeyRef: { name: ${of}, key: ${key} } } }]
`;

const kustomization = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
`;

/** A Kustomization of people's own in the folder that Flux is pointed at, and what it applies. */
const hand = (pods: string) => ({
  'kubernetes/flux/cluster/hand.yaml': kustomization('hand', './hand'),
  'hand/pod.yaml': pods,
  'README.md': 'mine\n',
});
const listed = `${secret}
(home.entry as any).fields = { resources: ['./hand.yaml'] };`;

test('the tree is written into the repository; what people wrote there is one with it', async () => {
  // What nothing applies is not judged, and not spoken of.
  const stray = { 'notes/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' };
  const cwd = repository('whole', listed, { ...hand(pod('web', 'user')), ...stray });
  const { code, stderr, stdout } = await espalier(['synth'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('kept, not written by espalier: kubernetes/flux/cluster/hand.yaml\n');
  expect((await espalier(['synth', '--check'], { cwd })).stdout).toBe('./ is up to date with main.ts: 9 files.\n');
  expect((await espalier(['check', '.'], { cwd })).code).toBe(0);
});

test('an error of people’s own is a warning with its line; one that the tree causes in their files stops it', async () => {
  const cwd = repository('errors', listed, hand(`${pod('web', 'user')}---\n${pod('other', 'key', 'nope')}`));
  const known = 'warning: 1 error that the tree does not cause:\n  hand/pod.yaml:17 secrets/missing: ';
  for (let run = 0; run < 2; run += 1) {
    expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0, stderr: expect.stringContaining(known) });
  }
  main(cwd, listed.replace('user', 'name'));
  const { code, stderr } = await espalier(['synth'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(known);
  expect(stderr).toContain('./ is not written: Flux would fail on 1 thing in it.\n\nhand/pod.yaml\n  error 8:');
  expect(stderr).toContain('Secret shop/login has no key `user`');
  expect(readFileSync(join(cwd, 'kubernetes/apps/shop/shop/app/login.yaml'), 'utf8')).toContain('user: a');
});

test('what the tree was to bring and does not is an error in the file that says so', async () => {
  const cwd = repository('lacks', listed, hand(pod('web', 'user')));
  await espalier(['synth'], { cwd });
  main(cwd, listed.replace(secret, ''));
  const { code, stderr } = await espalier(['synth'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('hand/pod.yaml\n  error 8:') });
  expect(stderr).not.toContain('warning');
});

test('an app whose path is a folder of people’s own is one object once', async () => {
  const body = `new Application(home, 'old', { namespace: 'shop', kustomization: { spec: { path: './old' } } });`;
  const cwd = repository('path', body, {
    'old/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: old, namespace: shop }\n',
  });
  expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0, stderr: '' });
});

test('an error in a file of the tree’s own that lies there already, as in one that is taken over, keeps nothing back', async () => {
  const broken = `new ApiObject(shop.directory, 'web', ${JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    immutible: true,
  })});`;
  const cwd = repository('there', broken, {});
  const why = expect.stringContaining('unknown field `immutible`');
  expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 2, stderr: why });
  put(cwd, 'espalier.config.json', '{ "failOn": "never" }');
  expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0 });
  rmSync(join(cwd, 'espalier.config.json'));
  main(cwd, `${broken}\n${secret}`);
  expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 0, stderr: why });
  main(cwd, broken.replace('immutible', 'imutable'));
  expect(await espalier(['synth'], { cwd })).toMatchObject({ code: 2 });
});
