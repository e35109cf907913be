import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  App,
  Application,
  Cluster,
  ConfigMap,
  Directory,
  FluxKustomization,
  KustomizationFile,
  Manifest,
  YamlFile,
} from '../../../lib';
import { renderTree, writeTree } from '../../../lib/tree';
import { temporaryFolder } from '../../repository';

const folder = temporaryFolder();
let projects = 0;

/** An app that writes to a folder that holds these files. */
function project(files: Readonly<Record<string, string>>) {
  const outdir = join(folder, `${++projects}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
  const app = new App({ outdir });
  const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
  return { app, home, outdir, text: (path: string) => renderTree(app.tree()).get(path) };
}

const sops = `# rotated in May
apiVersion: v1
kind: Secret
metadata:
    name: sops-age
stringData:
    age.agekey: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]
sops:
    mac: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]
    version: 3.9.0
---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: shop }
spec: { ports: [{ port: 80 }] }
`;
const app = 'kubernetes/apps/shop/shop/app';

describe('a file of its author’s own', () => {
  test('is listed and referred to, and not written', () => {
    const { home, text, app: root } = project({ [`${app}/age.sops.yaml`]: sops });
    const shop = new Application(home, 'shop');
    const file = new YamlFile(shop.directory, 'age.sops.yaml');
    const reader = new Application(home, 'reader', { namespace: 'shop' });
    const age = file.secret('sops-age', ['age.agekey']);
    new Manifest(reader.directory, 'pod', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { secret: age, key: age.key('age.agekey'), service: file.service('shop') },
    } as never);
    expect(text(`${app}/kustomization.yaml`)).toContain('resources:\n  - ./age.sops.yaml\n');
    expect(root.tree().files.map(({ path }) => path)).not.toContain(`${app}/age.sops.yaml`);
    expect(text('kubernetes/apps/shop/reader/app/pod.yaml')).toContain(
      'data:\n  secret: sops-age\n  key: age.agekey\n  service: shop\n',
    );
    expect(text('kubernetes/apps/shop/reader/ks.yaml')).toContain('dependsOn:\n    - name: shop\n');
  });

  test('that is not there is refused', () => {
    const { home } = project({});
    expect(() => new YamlFile(new Application(home, 'shop').directory, 'a.yaml')).toThrow(
      /the file is ".*\/kubernetes\/apps\/shop\/shop\/app\/a\.yaml"\. Allowed: a file of YAML that there is/,
    );
  });
});

const login = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login }
spec:
  secretStoreRef: { name: vault }
  data: [{ secretKey: user, remoteRef: { key: a } }]
`;

test('a file from elsewhere is copied byte for byte; what its kinds are ready by, the Kustomization asks', () => {
  const { home, outdir, text, app: root } = project({ 'old/a.yaml': `\r\n# mine\r\n${sops}`, 'b.yaml': login });
  const shop = new Application(home, 'shop');
  new YamlFile(new Application(home, 'b').directory, 'b.yaml', { from: join(outdir, 'b.yaml') });
  expect(text('kubernetes/apps/b/b/ks.yaml')).toContain('kind: ExternalSecret');
  new YamlFile(shop.directory, 'age.yaml', { from: join(outdir, 'old/a.yaml') });
  expect(text(`${app}/age.yaml`)).toBe(`\r\n# mine\r\n${sops}`);
  writeTree(renderTree(root.tree()), outdir);
  expect(writeTree(renderTree(root.tree()), outdir).written).toBe(false);
});

test('a patch that something else lists is copied, and not listed', () => {
  for (const listed of [true, false]) {
    const { home, outdir, text } = project({ 'patch.yaml': login });
    const shop = new Application(home, 'shop');
    new ConfigMap(shop.directory, 'settings', { data: { A: 'b' } });
    new YamlFile(shop.directory, 'patch.yaml', { from: join(outdir, 'patch.yaml'), listed });
    expect(text(`${app}/patch.yaml`)).toBe(login);
    expect(text(`${app}/kustomization.yaml`)?.includes('patch.yaml')).toBe(listed);
  }
});

describe('a handle is refused for what the file does not have, where that can be known', () => {
  const files = {
    [`${app}/a.yaml`]: `${sops}---\n${login}`,
    [`${app}/chart.yaml`]: 'apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\n',
    [`${app}/named.yaml`]: 'apiVersion: v1\nkind: Secret\nmetadata: { name: "${NAME}" }\nstringData: { a: b }\n',
    [`${app}/broken.yaml`]: 'apiVersion: [\n',
  };
  const file = (name: string) => new YamlFile(new Application(project(files).home, 'shop').directory, name);

  test.each<[string, (of: YamlFile) => unknown, string]>([
    [
      'a.yaml',
      (of) => of.secret('other', ['a']),
      'Secret other in kubernetes/apps/shop/shop/app/a.yaml. Allowed: one that the file has: sops-age, login',
    ],
    ['a.yaml', (of) => of.secret('sops-age', ['age']), 'the key "age" of Secret sops-age'],
    ['a.yaml', (of) => of.secret('login', ['user', 'pass']), 'Allowed: one of its keys: user'],
    ['a.yaml', (of) => of.configMap('sops-age'), 'it has no ConfigMap'],
    ['a.yaml', (of) => of.service('web'), 'Allowed: one that the file has: shop'],
    ['a.yaml', (of) => of.object('Deployment', 'web'), 'it has no Deployment'],
  ])('%s', (name, handle, message) => expect(() => handle(file(name))).toThrow(message));

  test.each<[string, (of: YamlFile) => unknown]>([
    ['a.yaml', (of) => of.secret('login', ['user'])],
    ['a.yaml', (of) => [of.service('shop'), of.service('shop'), of.object('Secret', 'sops-age')]],
    ['chart.yaml', (of) => of.secret('made-by-thing', ['a'])],
    ['named.yaml', (of) => of.secret('shop', ['a'])],
    ['broken.yaml', (of) => of.secret('shop', ['a'])],
  ])('%s is fine', (name, handle) => expect(() => handle(file(name))).not.toThrow());
});

describe('a kustomization.yaml that stays', () => {
  const kept = `kubernetes/apps/media/kustomization.yaml`;
  const media = (text: string) => {
    const one = project({ [kept]: text });
    const directory = new Directory(one.home.apps, 'media', { kustomizationFile: null, namespace: 'media' });
    return { ...one, directory, file: new KustomizationFile(directory) };
  };

  test('is listed as a folder, not written, and lists what is put there', () => {
    const { directory, text, app: root } = media('resources:\n  - ./jellyfin/ks.yaml\n  - cm.yaml\n');
    new FluxKustomization(directory, 'jellyfin');
    new ConfigMap(directory, 'cm', { data: { A: 'b' } });
    expect(text('kubernetes/apps/kustomization.yaml')).toContain('resources:\n  - ./media\n');
    expect(root.tree().files.map(({ path }) => path)).not.toContain(kept);
  });

  test('that does not list what is put there is refused with the lines to add', () => {
    const { directory, app: root } = media('resources: [cm.yaml]\n');
    new FluxKustomization(directory, 'jellyfin');
    for (const name of ['cm', 'other']) new ConfigMap(directory, name, { data: { A: 'b' } });
    expect(() => root.tree()).toThrow(
      `${kept}: its author's own, it does not list what main.ts puts there. Add to its resources:\n  - ./jellyfin/ks.yaml\n  - ./other.yaml`,
    );
  });

  test('need not list what is its author’s own, or lies in folders of their own', () => {
    const { directory, app: root, outdir } = media('resources: []\n');
    writeFileSync(join(outdir, 'kubernetes/apps/media/mine.yaml'), login);
    new YamlFile(directory, 'mine.yaml');
    new ConfigMap(new Directory(directory, 'plex/app', { kustomizationFile: null }), 'cm', { data: { A: 'b' } });
    expect(() => root.tree()).not.toThrow();
  });

  test('brings what it generates', () => {
    const { file } = media(`namespace: media
secretGenerator: [{ name: login, literals: [user=a], files: [conf/pass.txt, b=c.txt] }]
configMapGenerator: [{ name: env, envs: [a.env] }]
`);
    expect(file.secret('login', ['user', 'pass.txt', 'b'])).toMatchObject({ name: 'login', namespace: 'media' });
    expect(file.configMap('env', ['ANY'])).toMatchObject({ name: 'env', namespace: 'media' });
    expect(() => file.secret('login', ['c.txt'])).toThrow('one of its keys: pass.txt, b, user');
    expect(() => file.secret('env', ['a'])).toThrow('one that the file has: login');
  });

  test('belongs in a folder for which none is written', () => {
    const { home } = project({ [kept]: 'resources: []\n' });
    expect(() => new KustomizationFile(new Directory(home.apps, 'media'))).toThrow('kustomizationFile: null');
  });
});
