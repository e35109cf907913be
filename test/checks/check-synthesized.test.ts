import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { KustomizationSpecDecryptionProvider } from '../../imports/flux-kustomization';
import { App, Application, type ApplicationProps, Cluster, type ClusterProps, ConfigMap } from '../../lib';
import { checkSynthesized, synthesizedGraph } from '../../lib/checks/check-synthesized';
import type { CheckSettings } from '../../lib/rules/settings';
import { renderTree, writeTree } from '../../lib/tree';
import { temporaryFolder } from '../repository';

const folder = temporaryFolder();
let projects = 0;

/** A folder with files in it. */
function project(files: Readonly<Record<string, string>>): string {
  const root = join(folder, `${++projects}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function shop(props: ApplicationProps, cluster: Partial<ClusterProps> = {}): App {
  const app = new App();
  const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod', ...cluster });
  new ConfigMap(new Application(home, 'shop', props).directory, 'settings', { data: { LEVEL: 'info' } });
  return app;
}

/** What is found in the tree of an app that is written to the folder dist of a project. */
function findings(app: App, root: string, { check, belongs }: { check?: CheckSettings; belongs?: string } = {}) {
  const outdir = join(root, belongs === undefined ? 'dist' : 'preview');
  const tree = app.tree();
  const graph = synthesizedGraph(tree, renderTree(tree), { outdir, belongs, check });
  const { findings } = checkSynthesized(graph, check);
  return {
    beside: graph.readsBeside,
    // Files are named from where the test runs.
    found: findings.map(
      ({ rule, file, line, message }) => `${relative(root, resolve(file))}:${line} ${rule}: ${message}`,
    ),
  };
}

const none = { beside: true, found: [] };
const configMap = (name: string, namespace = 'shop') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata: { a: b }\n`;
const app = 'dist/kubernetes/apps/shop/shop/app';

describe('what people wrote where the tree is written is there', () => {
  test('the folder of a Kustomization', () => {
    const legacy = shop({ kustomization: { spec: { path: './old' } } });
    expect(findings(legacy, project({ 'old/cm.yaml': configMap('old') }))).toEqual(none);
    const missing = 'dist/kubernetes/apps/shop/shop/ks.yaml:11 flux/path-missing: there is no folder ./old';
    expect(findings(legacy, project({ 'new/cm.yaml': '' })).found).toEqual([`${missing}`]);
  });

  test('a component, a resource, the input of a generator', () => {
    const root = project({
      'dist/components/labels/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{ pairs: { team: shop } }]\n',
      [`${app}/extra.yaml`]: configMap('extra'),
      [`${app}/conf/shop.conf`]: 'a=b\n',
      'shared/cm.yaml': configMap('shared'),
    });
    const kustomizationFile = {
      resources: ['./extra.yaml', '../../../../../../shared/cm.yaml'],
      configMapGenerator: [{ name: 'conf', namespace: 'shop', files: ['conf/shop.conf'] }],
    };
    const components = ['../../../../../components/labels'];
    expect(findings(shop({ kustomization: { components, kustomizationFile } }), root)).toEqual(none);
  });

  test('a Secret that SOPS encrypted', () => {
    const root = project({
      [`${app}/secret.sops.yaml`]: `apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { password: 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]' }
sops: { mac: 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]', version: 3.9.0 }
`,
    });
    const kustomization = {
      kustomizationFile: { resources: ['./secret.sops.yaml'] },
      spec: { decryption: { provider: KustomizationSpecDecryptionProvider.SOPS, secretRef: { name: 'sops-age' } } },
    };
    expect(findings(shop({ kustomization }), root, { check: { external: ['Secret/shop/sops-age'] } })).toEqual(none);
  });

  test('wherever the root of the source is: the folder itself, one above, or not known', () => {
    const extra = { kustomization: { kustomizationFile: { resources: ['./extra.yaml'] } } };
    const root = project({ [`${app}/extra.yaml`]: configMap('extra') });
    for (const sourceRoot of ['dist', '.', `${projects}/dist`, 'somewhere/else']) {
      expect([sourceRoot, findings(shop(extra, { sourceRoot }), root)]).toEqual([sourceRoot, none]);
    }
  });

  test('where the tree belongs, when it is written elsewhere this time', () => {
    const root = project({ 'old/cm.yaml': configMap('old') });
    const legacy = shop({ kustomization: { spec: { path: './old' } } });
    expect(findings(legacy, project({}), { belongs: join(root, 'dist') })).toEqual(none);
  });
});

describe('what is not there', () => {
  const extra = shop({ kustomization: { kustomizationFile: { resources: ['./extra.yaml'] } } });
  const missing = [
    `${app}/kustomization.yaml:8 tree/resource-missing: ${app}/extra.yaml does not exist; add it, or correct the entry`,
  ];

  test('what the last run wrote and this one deletes', () => {
    const root = project({});
    writeTree(new Map([['kubernetes/apps/shop/shop/app/extra.yaml', configMap('extra')]]), join(root, 'dist'));
    expect(findings(extra, root).found).toEqual(missing);
  });

  test('a symbolic link, and what Git ignores', () => {
    const root = project({ 'secret.yaml': configMap('extra') });
    mkdirSync(join(root, app), { recursive: true });
    symlinkSync(join(root, 'secret.yaml'), join(root, app, 'extra.yaml'));
    expect(findings(extra, root).found).toEqual(missing);
    const other = project({
      [`${app}/extra.yaml`]: configMap('extra'),
      '.gitignore': 'extra.yaml\n',
      'dist/NOTES.md': '',
    });
    execFileSync('git', ['init', '-q'], { cwd: other });
    expect(findings(extra, other).found).toEqual(missing);
  });

  test('a folder of the tree that has the last segments of a path, but lies elsewhere', () => {
    // dist/kubernetes/apps/shop is there; ./shop is not.
    const legacy = shop({ kustomization: { spec: { path: './shop' } } });
    expect(findings(legacy, project({})).found).toEqual([
      'dist/kubernetes/apps/shop/shop/ks.yaml:11 flux/path-missing: there is no folder ./shop',
    ]);
    expect(findings(legacy, project({ 'shop/cm.yaml': configMap('old') }))).toEqual(none);
  });
});

describe('of the files beside a tree', () => {
  const broken = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: old }\ndata: [a\n';

  test('those that its Kustomizations apply are checked', () => {
    const root = project({
      'old/a.yaml': `${configMap('old')}immutible: true\n`,
      'old/b.yaml': broken,
      'old/.sourceignore': '',
    });
    expect(findings(shop({ kustomization: { spec: { path: './old' } } }), root).found).toEqual([
      'old/a.yaml:5 schema/unknown-field: unknown field `immutible` at the top; did you mean `immutable`? (Flux drops it without a message)',
      expect.stringMatching(/^old\/b\.yaml:\d tree\/syntax/),
    ]);
  });

  test('nothing is said of others', () => {
    const root = project({
      'old/a.yaml': broken,
      [`${app}/b.yaml`]: broken,
      [`${app}/extra.yaml`]: configMap('extra'),
    });
    expect(findings(shop({}), root)).toEqual({ beside: false, found: [] });
    expect(findings(shop({ kustomization: { kustomizationFile: { resources: ['./extra.yaml'] } } }), root)).toEqual(
      none,
    );
  });
});
