import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { editFiles } from '../../lib/tree/edit-files';
import { espalier, run, temporaryFolder } from '../repository';

const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 1h  # long
  path: "./apps"
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const fixedKustomization = kustomization.replace('# long\n', '# long\n  retryInterval: 2m\n');
const backup = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: default
  labels:
    tier: 2
data: { a: b }
`;

let folders = 0;
const parent = temporaryFolder();

/** A Git repository of its own. */
function repository(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(parent, String(folders));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  run('git', ['init', '-q'], { cwd: folder });
  return folder;
}

const tree = { 'clusters/prod/apps.yaml': kustomization, 'apps/settings.yaml': backup };
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

it('fixes what it can, shows what changes, and reports what is left', async () => {
  const folder = repository(tree);
  const { code, stdout } = await espalier(['check', '--fix'], { cwd: folder });
  expect(stdout).toContain('  interval: 1h  # long\n+  retryInterval: 2m\n   path: "./apps"');
  expect(stdout).toContain('clusters/prod/apps.yaml:7 flux/no-retry-interval: set spec.retryInterval to 2m');
  expect(stdout).toContain('2 findings fixed in 2 files:');
  expect(stdout).toContain('No findings:');
  expect(code).toBe(0);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(fixedKustomization);
  expect(read(folder, 'apps/settings.yaml')).toBe(backup.replace('tier: 2', 'tier: "2"'));
});

it('finds nothing to fix the second time', async () => {
  const folder = repository(tree);
  await espalier(['check', '--fix'], { cwd: folder });
  const { code, stdout } = await espalier(['check', '--fix'], { cwd: folder });
  expect(stdout).toMatch(/^0 findings fixed in 0 files\n/);
  expect(code).toBe(0);
});

it('writes nothing with --dry-run, and counts what would be fixed', async () => {
  const folder = repository(tree);
  const { code, stdout } = await espalier(['check', '--fix', '--dry-run'], { cwd: folder });
  expect(stdout).toContain('2 findings would be fixed in 2 files:');
  expect(code).toBe(1);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(kustomization);
});

it('shows with --dry-run all that changes, as git apply takes it', async () => {
  const many = Array.from({ length: 60 }, (_, i) => [`apps/many-${i}.yaml`, backup.replace('settings', `many-${i}`)]);
  const folder = repository({
    'clusters/prod/apps.yaml': kustomization.replaceAll('\n', '\r\n'),
    'apps/named ü.yaml': backup.replace('default\n', 'default # no Secret\n'),
    'apps/open.yaml': backup.replace('settings', 'open').replace('data: { a: b }\n', 'data: {}'),
    ...Object.fromEntries(many),
  });
  const { stdout } = await espalier(['check', '--fix', '--dry-run'], { cwd: folder });
  writeFileSync(join(folder, 'fixes.patch'), stdout);
  expect(run('git', ['apply', 'fixes.patch'], { cwd: folder }).stderr).toBe('');
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(fixedKustomization.replaceAll('\n', '\r\n'));
  expect(read(folder, 'apps/named ü.yaml')).toContain('tier: "2"\n');
  expect(read(folder, 'apps/open.yaml')).toMatch(/tier: "2"\ndata: {}$/);
  const { stdout: left } = await espalier(['check', '--fix'], { cwd: folder });
  expect(left).toMatch(/^0 findings fixed in 0 files\n/);
});

it('fixes the findings of --only, and no others', async () => {
  const folder = repository(tree);
  await espalier(['check', '--fix', '--only', 'flux/labels-lost'], { cwd: folder });
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(kustomization);
  expect(read(folder, 'apps/settings.yaml')).toContain('tier: "2"');
});

it('leaves alone what is suppressed, and what a baseline knows', async () => {
  const suppressed = backup.replace(
    '  labels:\n',
    "  annotations:\n    espalier/ignore: 'flux/labels-lost: nobody selects it'\n  labels:\n",
  );
  const folder = repository({
    ...tree,
    'apps/settings.yaml': suppressed,
    'espalier.config.json': '{ "baseline": "known" }',
  });
  await espalier(['check', '--write-baseline'], { cwd: folder });
  const { stdout } = await espalier(['check', '--fix'], { cwd: folder });
  expect(stdout).toMatch(/^0 findings fixed/);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(kustomization);
  expect(read(folder, 'apps/settings.yaml')).toBe(suppressed);
});

it('prints a report for programs alone on the standard output', async () => {
  const folder = repository(tree);
  const { stdout, stderr } = await espalier(['check', '--format', 'json'], { cwd: folder });
  const [label, interval] = (JSON.parse(stdout) as { findings: { fix: object }[] }).findings;
  expect(label?.fix).toEqual({
    title: 'put 2 in quotes',
    edits: [
      {
        file: 'apps/settings.yaml',
        start: { line: 7, column: 11, offset: 99 },
        end: { line: 7, column: 12, offset: 100 },
        text: '"2"',
      },
    ],
  });
  expect(interval?.fix).toMatchObject({ title: 'set spec.retryInterval to 2m' });
  expect(stderr).toBe('');
  const fixed = await espalier(['check', '--fix', '--format', 'json'], { cwd: folder });
  expect((JSON.parse(fixed.stdout) as { findings: unknown[] }).findings).toEqual([]);
  expect(fixed.stderr).toContain('2 findings fixed in 2 files:');
});

it('keeps CRLF and the mark of the byte order', async () => {
  const text = `\ufeff${kustomization.replaceAll('\n', '\r\n')}`;
  const folder = repository({ ...tree, 'clusters/prod/apps.yaml': text });
  await espalier(['check', '--fix'], { cwd: folder });
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(`\ufeff${fixedKustomization.replaceAll('\n', '\r\n')}`);
});

it('says what to change in code where espalier synth writes the file', async () => {
  const hash = 'a'.repeat(64);
  const folder = repository({ ...tree, 'clusters/prod/.espalier.sha256': `${hash}  apps.yaml\n` });
  const { stdout } = await espalier(['check', '--fix'], { cwd: folder });
  expect(stdout).toContain(
    'Not fixed: espalier synth writes clusters/prod/apps.yaml: change that in main.ts, and run it again',
  );
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(kustomization);
  expect(read(folder, 'apps/settings.yaml')).toContain('tier: "2"');
});

it('edits no file of which SOPS has encrypted a part', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: x }\nsops: { mac: "ENC[AES256_GCM,x]" }\n';
  const folder = repository({ ...tree, 'apps/settings.yaml': `${backup}---\n${secret}` });
  await espalier(['check', '--fix'], { cwd: folder });
  expect(read(folder, 'apps/settings.yaml')).toBe(`${backup}---\n${secret}`);
});

it('leaves a fix out after which something else would be found', async () => {
  // The name is near another, whose key is not the one that is read.
  const pod = `apiVersion: v1
kind: Pod
metadata: { name: shop, namespace: default }
spec:
  containers:
    - name: shop
      image: shop:1
      env:
        - name: TOKEN
          valueFrom:
            configMapKeyRef: { name: setings, key: token }
`;
  const folder = repository({ ...tree, 'apps/pod.yaml': pod });
  const { code, stdout } = await espalier(['check', '--fix', '--only', 'secrets'], { cwd: folder });
  expect(stdout).toContain('to write settings for setings would not make the tree cleaner');
  expect(read(folder, 'apps/pod.yaml')).toBe(pod);
  expect(code).toBe(1);
});

describe('of a base that two clusters apply', () => {
  const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: shop, namespace: default }
spec:
  secretStoreRef:
    name: vault
  target: { name: shop }
  dataFrom: [{ extract: { key: shop } }]
`;
  const store = (kind: string) => `apiVersion: external-secrets.io/v1
kind: ${kind}
metadata: { name: vault${kind === 'SecretStore' ? ', namespace: default' : ''} }
spec: { provider: { fake: { data: [{ key: shop, value: "{}" }] } } }
`;
  const overlay = (name: string, kind: string) => ({
    [`clusters/${name}/apps.yaml`]: fixedKustomization.replace('./apps', `./${name}`),
    [`${name}/kustomization.yaml`]: 'resources: [../base, store.yaml]\n',
    [`${name}/store.yaml`]: store(kind),
  });
  const shared = {
    ...overlay('north', 'ClusterSecretStore'),
    ...overlay('south', 'SecretStore'),
    'base/kustomization.yaml': 'resources: [shop.yaml]\n',
    'base/shop.yaml': external,
  };

  it.each([[[]], [['--cluster', 'north']]])('leaves out what helps one and harms the other: %j', async (options) => {
    const folder = repository(shared);
    const { code, stdout } = await espalier(['check', '--fix', ...options], { cwd: folder });
    expect(stdout).toContain('to set spec.secretStoreRef.kind to ClusterSecretStore would not make the tree cleaner');
    expect(read(folder, 'base/shop.yaml')).toBe(external);
    expect(code).toBe(1);
  });

  it('makes what helps both', async () => {
    const folder = repository({ ...shared, ...overlay('south', 'ClusterSecretStore') });
    await espalier(['check', '--fix', '--cluster', 'north'], { cwd: folder });
    const kind = '    name: vault\n    kind: ClusterSecretStore\n';
    expect(read(folder, 'base/shop.yaml')).toBe(external.replace('    name: vault\n', kind));
  });
});

it('corrects a path, and then what is wrong behind it', async () => {
  const folder = repository({ ...tree, 'clusters/prod/apps.yaml': fixedKustomization.replace('./apps', './appps') });
  const { stdout } = await espalier(['check', '--fix'], { cwd: folder });
  expect(stdout).toContain('clusters/prod/apps.yaml:9 flux/path-missing: set spec.path to ./apps');
  expect(stdout).toContain('apps/settings.yaml:7 flux/labels-lost: put 2 in quotes');
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(fixedKustomization);
});

it('refuses options that go with no edit of the folder', async () => {
  const folder = repository(tree);
  const of = async (...args: string[]) => (await espalier(['check', ...args], { cwd: folder })).stderr;
  expect(await of('--dry-run')).toContain('--dry-run says what --fix would do: give both.');
  expect(await of('--fix', '--rev', 'HEAD')).toContain('leave --rev out');
  expect(await of('--fix', '--write-baseline')).toContain('leave --write-baseline out');
});

describe('editFiles', () => {
  const before = Buffer.from('a: 1\n');
  const after = Buffer.from('a: 2\n');

  it('overwrites nothing that has changed since it was read', () => {
    const folder = repository({ 'a.yaml': 'a: 3\n', 'b.yaml': 'a: 1\n' });
    const files = ['b.yaml', 'a.yaml'].map((name) => ({ path: join(folder, name), shown: name, before, after }));
    expect(() => editFiles(files, folder)).toThrow('a.yaml has changed since it was read; nothing is written.');
    expect(read(folder, 'b.yaml')).toBe('a: 1\n');
  });

  it('follows no link, and leaves the folder by none', () => {
    const folder = repository({ 'in/x.yaml': '', 'out/a.yaml': 'a: 1\n' });
    symlinkSync('../out', join(folder, 'in', 'linked'));
    symlinkSync('../out/a.yaml', join(folder, 'in', 'a.yaml'));
    const edit = (path: string) => () =>
      editFiles([{ path: join(folder, path), shown: path, before, after }], join(folder, 'in'));
    expect(edit('in/linked/a.yaml')).toThrow('in/linked/a.yaml lies outside of the folder that is checked');
    expect(edit('in/a.yaml')).toThrow('in/a.yaml is no regular file');
    expect(read(folder, 'out/a.yaml')).toBe('a: 1\n');
  });
});

describe('suppressions', () => {
  /** What becomes of the annotations of a ConfigMap with a label that is text, or none. */
  async function annotationsOf(annotations: string, tier = '"2"'): Promise<string> {
    const [before = '', after = ''] = backup.replace('tier: 2', `tier: ${tier}`).split('  labels:\n');
    const text = `${before}${annotations}  labels:\n${after}`;
    const folder = repository({ ...tree, 'apps/settings.yaml': text });
    await espalier(['check', '--fix', '--only', 'espalier'], { cwd: folder });
    const fixed = read(folder, 'apps/settings.yaml');
    expect(fixed.startsWith(before) && fixed.endsWith(`  labels:\n${after}`)).toBe(true);
    return fixed.slice(before.length, -`  labels:\n${after}`.length);
  }

  it('loses the annotation whose only line is not needed', async () => {
    const annotations = '  annotations:\n    a: b\n    espalier/ignore: "flux/labels-lost: long ago" # why\n';
    expect(await annotationsOf(annotations)).toBe('  annotations:\n    a: b\n');
    expect(await annotationsOf('  annotations:\n    espalier/ignore: "flux/labels-lost: x"\n')).toBe('');
  });

  it('loses each line that is not needed', async () => {
    const annotations = `  annotations:
    espalier/ignore: |
      flux/labels-lost: long ago
      flux/object-twice: long ago
    z: b # kept
`;
    expect(await annotationsOf(annotations)).toBe('  annotations:\n    z: b # kept\n');
  });

  it('gets the name of the rule that was meant, where that is needed', async () => {
    const annotations = '  annotations:\n    espalier/ignore: "flux/lables-lost: x"\n';
    expect(await annotationsOf(annotations, '2')).toBe(annotations.replace('lables', 'labels'));
  });
});
