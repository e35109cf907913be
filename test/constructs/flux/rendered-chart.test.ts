import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { JsonPatch } from 'cdk8s';
import { Application, ExternalSecret, HelmRelease, type HelmReleaseProps } from '../../../lib';
import { renderTree } from '../../../lib/tree/render';
import { has, temporaryFolder } from '../../repository';
import { refusal as messageOf, reader, stage } from '../synthesize';

const whereHelmIs = has('helm', ['version']) ? describe : describe.skip;

const root = temporaryFolder();
const before = { folder: process.cwd(), cache: process.env.XDG_CACHE_HOME };

beforeAll(() => {
  process.env.XDG_CACHE_HOME = join(root, 'cache');
  process.chdir(root);
});
afterAll(() => {
  process.chdir(before.folder);
  if (before.cache === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before.cache;
});

const object = (kind: string, name: string, rest = '', apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;
const configMap = object('ConfigMap', '{{ .Release.Name }}', 'data:\n  level: {{ .Values.level }}\n');

/** A release of a chart with these files, and what becomes of it. */
function rendered(files: Readonly<Record<string, string>>, props: Partial<HelmReleaseProps> = {}, substitute = {}) {
  const all = {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'values.yaml': 'level: info\n',
    ...files,
  };
  const folder = `charts/${Object.keys(files).join('-').replace(/\W+/g, '-')}`;
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, folder, path)), { recursive: true });
    writeFileSync(join(root, folder, path), text);
  }
  const on = stage();
  const app = new Application(on.cluster, 'shop', { kustomization: { postBuild: { substitute } } });
  const options = { chart: { folder }, version: '1.0.0', rendered: true, ...props } as HelmReleaseProps;
  const release = new HelmRelease(app.directory, 'web', options);
  const at = 'kubernetes/apps/shop/shop/app';
  return {
    ...on,
    release,
    app,
    at,
    files: () => renderTree(on.app.tree(), { schemaHost: false }),
    read: () => reader(on.app.tree()),
  };
}

const refused = (...args: Parameters<typeof rendered>) => messageOf(() => rendered(...args));

whereHelmIs('a release that is rendered (needs helm on the PATH)', () => {
  test('is called as Flux would call it', () => {
    const files = { 'templates/called.yaml': configMap };
    const { files: written } = rendered(files, { spec: { targetNamespace: 'other' } });
    expect([...written().keys()].filter((path) => path.includes('configmap'))).toEqual([
      expect.stringContaining('web/configmap-other-web'),
    ]);
  });

  test('is the objects that the chart makes, a file each, and says what they are made of', () => {
    const service = object('Service', 'web', 'spec:\n  ports: [{ port: 80 }]\n  clusterIP: None\n');
    const role = object('ClusterRole', 'shop:web', 'rules: []\n', 'rbac.authorization.k8s.io/v1');
    const elsewhere = object('ConfigMap', 'web', '  namespace: other\n');
    const files = { 'templates/a.yaml': configMap, 'templates/b.yaml': [service, role, elsewhere].join('---\n') };
    const { at, files: written } = rendered(files, { values: { level: 'debug' } });
    const made = [...written()]
      .filter(([path]) => path.startsWith(`${at}/`))
      .map(([path, text]) => [path.slice(at.length + 1), text]);
    expect(made).toEqual([
      [
        'kustomization.yaml',
        `---
# Made by Directory at apps/shop/shop/app; change the construct, not this file.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ./web
`,
      ],
      [
        'web/clusterrole-shop-web.yaml',
        `---
# Made by HelmRelease at apps/shop/shop/app/web; change the construct, not this file.
# Chart shop 1.0.0, templates/b.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: shop:web
rules: []
`,
      ],
      [
        'web/configmap-web-other.yaml',
        `---
# Made by HelmRelease at apps/shop/shop/app/web; change the construct, not this file.
# Chart shop 1.0.0, templates/b.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  namespace: other
`,
      ],
      [
        'web/configmap-web.yaml',
        `---
# Made by HelmRelease at apps/shop/shop/app/web; change the construct, not this file.
# Chart shop 1.0.0, templates/a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  namespace: shop
data:
  level: debug
`,
      ],
      [
        'web/kustomization.yaml',
        expect.stringMatching(
          /^---\n# Made by Directory at .*\n# Chart shop 1\.0\.0 \(sha256:[\da-f]{64}\), rendered for Kubernetes 1\.\d+\.0 with values of sha256:[\da-f]{64}\napiVersion: /,
        ),
      ],
      [
        'web/service-web.yaml',
        `---
# Made by HelmRelease at apps/shop/shop/app/web; change the construct, not this file.
# Chart shop 1.0.0, templates/b.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  clusterIP: None
  ports:
    - port: 80
`,
      ],
    ]);
  });

  test('is the same each time', () => {
    const files = { 'templates/a.yaml': configMap };
    expect([...rendered(files).files()]).toEqual([...rendered(files).files()]);
  });

  test('knows what the chart is told: values with handles, the name, the namespace, Kubernetes and kinds', () => {
    const data = `data:
  secret: {{ .Values.secret }}
  name: {{ .Release.Name }}.{{ .Release.Namespace }}
  version: {{ .Capabilities.KubeVersion.Version }}
  has: "{{ .Capabilities.APIVersions.Has "example.org/v1/Thing" }} {{ .Capabilities.APIVersions.Has "example.org/v1/Other" }}"
`;
    const on = rendered({ 'templates/told.yaml': object('ConfigMap', 'told', data) }, { values: { secret: 'none' } });
    const { directory } = new Application(on.cluster, 'credentials', { namespace: 'shop' });
    const { secret } = new ExternalSecret(directory, 'smtp', {
      store: on.vault,
      extract: on.vault.app('shop', 'smtp'),
      required: ['password'],
    });
    const release = new HelmRelease(on.app.directory, 'second', {
      chart: { folder: 'charts/templates-told-yaml' },
      version: '1.0.0',
      rendered: { kubernetes: '1.34', apiVersions: ['example.org/v1/Thing'] },
      values: { secret },
    });
    release.objects[0]?.addJsonPatch(JsonPatch.add('/data/patched', 'yes'));
    const { document, find } = on.read();
    expect(document(`${on.at}/second/configmap-told.yaml`).data).toEqual({
      secret: 'smtp',
      name: 'second.shop',
      version: 'v1.34.0',
      has: 'true false',
      patched: 'yes',
    });
    expect(find('Kustomization', 'shop').spec).toMatchObject({
      dependsOn: [{ name: 'credentials', namespace: 'shop' }],
    });
  });

  test('leaves definitions of crds/, and what Helm would keep, when it goes', () => {
    const definition = object(
      'CustomResourceDefinition',
      'things.example.org',
      'spec:\n  group: example.org\n  names: { kind: Thing, plural: things }\n  scope: Cluster\n  versions: []\n',
      'apiextensions.k8s.io/v1',
    );
    const claim = object('PersistentVolumeClaim', 'data', '  annotations:\n    helm.sh/resource-policy: keep\n');
    const thing = object('Thing', 'one', '', 'example.org/v1');
    const { read } = rendered({ 'crds/a.yaml': definition, 'templates/kept.yaml': `${claim}---\n${thing}` });
    const { find } = read();
    expect(find('CustomResourceDefinition', 'things.example.org').metadata).toEqual({
      name: 'things.example.org',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    });
    expect(find('PersistentVolumeClaim', 'data').metadata).toMatchObject({
      annotations: { 'helm.sh/resource-policy': 'keep', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    });
    // Its definition says that it lies in no namespace.
    expect(find('Thing', 'one').metadata).not.toHaveProperty('namespace');
  });

  test('reaches the cluster as the chart writes it, whatever its texts mean to Flux', () => {
    const files = { 'templates/script.yaml': object('ConfigMap', 'script', 'data:\n  run.sh: echo ${HOME}\n') };
    const data = (substitute: object) => rendered(files, {}, substitute).read().find('ConfigMap', 'script').data;
    expect([data({}), data({ domain: 'example.org' })]).toEqual([
      { 'run.sh': 'echo ${HOME}' },
      { 'run.sh': 'echo $${HOME}' },
    ]);
  });

  test('says so where the chart looks into the cluster', () => {
    const looks = '{{ if not (lookup "v1" "Secret" "shop" "web") }}{{ end }}';
    const { at, files } = rendered({ 'templates/lookup.yaml': looks + configMap });
    expect(files().get(`${at}/web/kustomization.yaml`)).toContain(
      ', which looks into the cluster (lookup) and finds nothing there\n',
    );
  });

  test('has no L1 of a release, nor of a source', () => {
    const { release } = rendered({ 'templates/a.yaml': configMap });
    expect(messageOf(() => release.resource)).toBe(
      'soyo/apps/shop/shop/app/web: resource. Allowed: a release that is not rendered: of one that is, `objects` are what there is.',
    );
  });

  const hook = (name: string) =>
    object(
      'Job',
      name,
      `  annotations:\n    helm.sh/hook: ${name}\nspec: { template: { spec: { restartPolicy: Never, containers: [] } } }\n`,
      'batch/v1',
    );

  test('leaves hooks out where its author says so, and tests always', () => {
    const files = { 'templates/a.yaml': configMap, 'templates/hook.yaml': hook('pre-install') };
    const { release } = rendered(files, { rendered: { hooks: 'drop' } });
    expect(release.objects.map(({ kind }) => kind)).toEqual(['ConfigMap']);
    const tested = rendered({ 'templates/a.yaml': configMap, 'templates/tests/test.yaml': hook('test') });
    expect(tested.release.objects.map(({ kind }) => kind)).toEqual(['ConfigMap']);
  });

  const secret = object('Secret', 'web', 'stringData:\n  password: {{ .Values.level }}\n');

  test.each([
    ['drop', ['ConfigMap']],
    ['keep', ['ConfigMap', 'Secret']],
  ] as const)('of Secrets that hold something: %s', (secrets, kinds) => {
    const { release } = rendered({ 'templates/a.yaml': `${configMap}---\n${secret}` }, { rendered: { secrets } });
    expect(release.objects.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('takes a Secret that holds nothing', () => {
    const { release } = rendered({ 'templates/empty.yaml': object('Secret', 'web') });
    expect(release.objects.map(({ kind }) => kind)).toEqual(['Secret']);
  });

  const at = 'soyo/apps/shop/shop/app/web:';
  test.each<[string, Readonly<Record<string, string>>, Partial<HelmReleaseProps>, string]>([
    [
      'a hook',
      { 'templates/hook.yaml': hook('pre-install') },
      {},
      "the chart has hooks, which only Helm runs: Job pre-install (pre-install). Switch them off by the chart's values, or leave them out: rendered: { hooks: 'drop' }.",
    ],
    [
      'a Secret that holds something',
      { 'templates/secret.yaml': secret },
      {},
      "the chart makes a Secret, which everybody who reads the tree could read: Secret web with password. Give the chart an existing Secret by its values; or leave it out, and make one of the same name with an ExternalSecret: rendered: { secrets: 'drop' }. If nothing in it is secret: { secrets: 'keep' }.",
    ],
    [
      'what is random',
      { 'templates/random.yaml': object('ConfigMap', 'web', 'data:\n  salt: {{ randAlphaNum 20 }}\n') },
      {},
      "the chart makes data.salt of ConfigMap web anew at each rendering (templates/random.yaml), so the tree would never be the same. Give the value, or an existing Secret, by the chart's values.",
    ],
    [
      'values that the chart does not take',
      { 'templates/fails.yaml': '{{ required "level is needed" .Values.nothing }}' },
      {},
      'chart shop 1.0.0 does not render with these values (templates/fails.yaml): the chart says: level is needed',
    ],
    [
      'a chart that is not there',
      { 'templates/a.yaml': configMap },
      { chart: { folder: 'charts/none' } },
      'it is not rendered: the chart cannot be opened: there is no folder charts/none in its source.',
    ],
    [
      'values that only the cluster has',
      { 'templates/a.yaml': configMap },
      { spec: { valuesFrom: [{ kind: 'ConfigMap', name: 'values' }] } } as never,
      'spec.valuesFrom. Allowed: values that are known here: what is rendered into the tree cannot read a ConfigMap or Secret of the cluster. Example: values: { … }.',
    ],
    [
      'an order of releases',
      { 'templates/a.yaml': configMap },
      { spec: { dependsOn: [{ name: 'db' }] } },
      'spec.dependsOn. Allowed: an order of Kustomizations: there is no HelmRelease that could wait. Example: release.node.addDependency(other).',
    ],
  ])('is refused with %s', (_, files, props, message) => {
    expect(refused(files, props)).toBe(`${at} ${message}`);
  });

  test('is refused with variables that Flux would replace, which the chart would see', () => {
    const values = { hosts: [{ name: 'shop.${domain}' }] };
    expect(refused({ 'templates/a.yaml': configMap }, { values }, { domain: 'example.org' })).toBe(
      `${at} values: hosts[0].name. Allowed: a text without variables of Flux: the chart is rendered before Flux replaces them. Example: the value itself.`,
    );
  });
});
