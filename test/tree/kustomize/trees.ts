import fc from 'fast-check';
import type { Json, JsonObject } from '../../../lib/json/json';
import { emitYaml } from '../../../lib/tree';
import { namedFiles, rareFields } from './fields';
import type { Texts } from './memory';

interface Folder {
  readonly files: readonly (readonly Json[])[];
  readonly kustomization: JsonObject;
}

function written(at: string, { files, kustomization }: Folder): Texts {
  const texts = files.map((documents, i) => [
    `${at}file-${i}.yaml`,
    documents.map((each) => emitYaml(each)).join('---\n'),
  ]);
  return {
    ...Object.fromEntries(texts),
    [`${at}kustomization.yaml`]: emitYaml(kustomization),
    [`${at}settings.env`]: '# settings\nA=1\nB=two words\nC\n',
    [`${at}a.txt`]: 'text <with> & "odd" characters\n',
    ...Object.fromEntries(Object.entries(namedFiles).map(([name, text]) => [`${at}${name}`, text])),
  };
}

function folder(folders: readonly string[], withComponent: boolean, chance: number): fc.Arbitrary<Folder> {
  const files = fc.array(fc.array(objects, { minLength: 1, maxLength: 3 }), { maxLength: 3 });
  return fc
    .record({
      files,
      subset: fc.subarray([...folders]),
      component: fc.boolean(),
      fields,
      rare: chance === 0 ? fc.constant({}) : rarely(chance, rareFields),
    })
    .map((made) => {
      const resources = [...made.files.map((_, i) => `file-${i}.yaml`), ...made.subset];
      const components = withComponent && made.component ? { components: ['part'] } : {};
      return {
        files: made.files,
        kustomization: { resources, ...components, ...made.fields, ...made.rare } as JsonObject,
      };
    });
}

function listed({ resources }: JsonObject): Json {
  return Array.isArray(resources) && resources.length > 0 ? resources : ['base'];
}

const names = fc.constantFrom('a', 'b', 'default');
const labelMap = fc.dictionary(fc.constantFrom('app', 'team'), fc.constantFrom('one', 'two'), { minKeys: 1 });

const generator = fc.record(
  {
    name: names,
    namespace: fc.constantFrom('x', 'y'),
    behavior: fc.nat(23).map((turn) => ['merge', 'replace'][turn] ?? 'create'),
    literals: fc.constantFrom(['k=v'], ['k="quoted"', 'l=a=b'], ["m='it'"]),
    files: fc.constantFrom(['a.txt'], ['b=a.txt']),
    envs: fc.constant(['settings.env']),
    options: fc.record(
      { labels: labelMap, annotations: labelMap, disableNameSuffixHash: fc.boolean(), immutable: fc.boolean() },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['name'] },
);

const fields: fc.Arbitrary<JsonObject> = rarely(4, {
  namespace: fc.constantFrom('x', 'y', 'default'),
  namePrefix: fc.constantFrom('p-', 'q-'),
  nameSuffix: fc.constantFrom('-s', '-t'),
  commonLabels: labelMap,
  commonAnnotations: labelMap,
  labels: fc.array(
    fc.record(
      {
        pairs: labelMap,
        includeSelectors: fc.boolean(),
        includeTemplates: fc.boolean(),
        fields: fc.constantFrom(
          [{ path: 'spec/labels', kind: 'Thing', create: true }],
          [{ path: 'spec/template/metadata/labels', kind: 'Deployment', create: true }],
        ),
      },
      { requiredKeys: ['pairs'] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  images: fc.array(
    fc.record(
      {
        name: fc.constantFrom('app', 'ghcr.io/org/app', 'host:5000/app'),
        newName: fc.constant('mirror/app'),
        newTag: fc.constantFrom('v1', 'v2'),
        digest: fc.constant('sha256:abc'),
        tagSuffix: fc.constant('-x'),
      },
      { requiredKeys: ['name'] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  configMapGenerator: fc.array(generator, { minLength: 1, maxLength: 2 }),
  secretGenerator: fc.array(generator, { minLength: 1, maxLength: 1 }),
  generatorOptions: fc.record({ labels: labelMap, disableNameSuffixHash: fc.boolean() }, { requiredKeys: [] }),
}) as fc.Arbitrary<JsonObject>;

/** Each field with the chance of one in so many. */
function rarely(
  chance: number,
  all: { readonly [field: string]: fc.Arbitrary<unknown> },
): fc.Arbitrary<{ readonly [field: string]: unknown }> {
  const each = Object.entries(all).map(([field, value]) =>
    fc.tuple(fc.nat(chance - 1), value).map(([turn, made]) => [field, turn === 0 ? made : undefined] as const),
  );
  return fc.tuple(...each).map((made) => Object.fromEntries(made.filter(([, value]) => value !== undefined)));
}

const image = fc.constantFrom('app', 'app:1', 'ghcr.io/org/app:1@sha256:def', 'host:5000/app', 'other:2');

const podSpec = fc.record({ name: names, image }).map(({ name, image }) => ({
  serviceAccountName: name,
  containers: [
    {
      name: 'main',
      image,
      envFrom: [{ configMapRef: { name } }, { secretRef: { name } }],
      env: [{ name: 'X', valueFrom: { secretKeyRef: { name, key: 'k' } } }],
    },
  ],
  volumes: [
    { name: 'v', configMap: { name } },
    { name: 'w', projected: { sources: [{ secret: { name } }] } },
  ],
  topologySpreadConstraints: [{ labelSelector: { matchLabels: { app: 'x' } } }],
}));
const template = podSpec.map((spec) => ({ metadata: { labels: { app: 'x' } }, spec }));
const selector = { matchLabels: { app: 'x' } };

const kinds: readonly fc.Arbitrary<unknown>[] = [
  fc
    .constantFrom({ k: 'v' }, { k: 'a:b/c', json: '{"a": 1, "list": ["x", "y"]}' }, { k: '$(X) and $(Y)', y: '$(X)' })
    .map((data) => ({ apiVersion: 'v1', kind: 'ConfigMap', data })),
  fc.constant({ apiVersion: 'v1', kind: 'Secret', stringData: { k: 'v' } }),
  fc.constant({ apiVersion: 'v1', kind: 'ServiceAccount' }),
  fc.constant({ apiVersion: 'v1', kind: 'Namespace' }),
  fc.constant({ apiVersion: 'v1', kind: 'Service', spec: { selector: { app: 'x' } } }),
  fc.constant({
    apiVersion: 'example.org/v1',
    kind: 'Thing',
    spec: { containers: [{ image: 'app:3' }], secretName: 'a' },
  }),
  fc.constant({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [{ resourceNames: ['a', 'b'] }] }),
  fc.constant({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [] }),
  template.map((made) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector, template: made } })),
  template.map((made) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: { serviceName: 'a', selector, template: made, volumeClaimTemplates: [{ metadata: { name: 'd' } }] },
  })),
  template.map((made) => ({ apiVersion: 'batch/v1', kind: 'Job', spec: { template: made } })),
  template.map((made) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: { jobTemplate: { spec: { template: made } } },
  })),
  names.map((name) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: { scaleTargetRef: { name } },
  })),
  names.map((name) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec: { tls: [{ secretName: name }] } })),
  names.map((name) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { volumeName: name } })),
  fc.constant({ apiVersion: 'v1', kind: 'PersistentVolume', spec: { storageClassName: 'a' } }),
  fc.constant({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: {} }),
  fc.constant({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', spec: { service: { name: 'a' } } }),
  fc.constant({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: { podSelector: selector, ingress: [{ from: [{ podSelector: selector }] }] },
  }),
  fc.record({ name: names, namespace: fc.constantFrom(undefined, 'x', 'y') }).map(({ name, namespace }) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    webhooks: [{ name: 'w.example.org', clientConfig: { service: { name, ...(namespace && { namespace }) } } }],
  })),
  fc
    .record({
      kind: fc.constantFrom('RoleBinding', 'ClusterRoleBinding'),
      role: fc.constantFrom('Role', 'ClusterRole'),
      name: names,
      subjects: fc.array(fc.record({ name: names, namespace: fc.constantFrom('x', 'y') }, { requiredKeys: ['name'] })),
    })
    .map(({ kind, role, name, subjects }) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role, name },
      subjects: subjects.map((each) => ({ kind: 'ServiceAccount', ...each })),
    })),
];

const object: fc.Arbitrary<JsonObject> = fc
  .record({
    value: fc.oneof(...kinds) as fc.Arbitrary<JsonObject>,
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'default'),
    namespace: fc.option(fc.constantFrom('x', 'y', 'default'), { nil: undefined }),
    local: fc.option(fc.constantFrom('true', 'false'), { freq: 20, nil: undefined }),
  })
  .map(({ value, name, namespace, local }) => ({
    ...value,
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(local && { annotations: { 'config.kubernetes.io/local-config': local } }),
    },
  }));

const objects: fc.Arbitrary<Json> = fc.oneof(
  { weight: 9, arbitrary: object },
  {
    weight: 1,
    arbitrary: fc.array(object, { maxLength: 2 }).map((items) => ({ apiVersion: 'v1', kind: 'List', items })),
  },
);

/**
 * Small trees of a root, a base, a base of the base and a component.
 *
 * @param chance one in so many kustomizations has each of the fields that few have; 0: none
 */
export const treesOf = (chance: number): fc.Arbitrary<Texts> =>
  fc
    .record({
      root: folder(['base', 'other'], true, chance),
      base: folder(['inner'], false, chance),
      inner: folder([], false, chance),
      other: folder([], false, chance),
      part: folder([], false, chance),
    })
    .map(({ root, base, inner, other, part }) => {
      const component = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
      return {
        // Flux has what a kustomization that lists no resources yields annotated, and kustomize does not.
        ...written('', { ...root, kustomization: { ...root.kustomization, resources: listed(root.kustomization) } }),
        ...written('base/', base),
        ...written('base/inner/', inner),
        ...written('other/', other),
        ...written('part/', { ...part, kustomization: { ...part.kustomization, ...component } }),
      };
    });
