import { FluxKustomization, type NamespaceProps } from '../../../lib';
import { emptyCluster, reader } from '../synthesize';

const folder = 'kubernetes/apps/web';

function namespaceOf(props?: NamespaceProps) {
  const { app, cluster } = emptyCluster();
  const namespace = cluster.inNamespace('web', props);
  new FluxKustomization(namespace, 'shop');
  return { namespace, tree: reader(app.tree()) };
}

test('a namespace is protected from pruning, which would take everything in it along', () => {
  expect(namespaceOf().tree.documents(`${folder}/namespace.yaml`)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'web', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
    },
  ]);
});

test('its folder lists namespace.yaml and the Kustomizations in it', () => {
  expect(namespaceOf().tree.document(`${folder}/kustomization.yaml`)).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['./namespace.yaml', './shop/ks.yaml'],
  });
});

test('labels and annotations are added, fields of its kustomization.yaml written', () => {
  const { tree } = namespaceOf({
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { owner: 'web', 'kustomize.toolkit.fluxcd.io/prune': 'enabled' },
    kustomizationFile: { components: ['../../components/alerts'] },
  });
  expect(tree.find('Namespace', 'web').metadata).toEqual({
    name: 'web',
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { owner: 'web', 'kustomize.toolkit.fluxcd.io/prune': 'enabled' },
  });
  expect(tree.document(`${folder}/kustomization.yaml`)).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    components: ['../../components/alerts'],
    resources: ['./namespace.yaml', './shop/ks.yaml'],
  });
});

test('null takes the default annotation away, and a folder may have another name or no kustomization.yaml', () => {
  const { namespace, tree } = namespaceOf({
    path: 'frontends/web',
    kustomizationFile: null,
    annotations: { 'kustomize.toolkit.fluxcd.io/prune': null },
    labels: { team: null },
  });
  expect(namespace.namespaceName).toBe('web');
  expect(tree.document('kubernetes/apps/frontends/web/namespace.yaml').metadata).toEqual({ name: 'web' });
  expect(tree.document('kubernetes/apps/kustomization.yaml').resources).toEqual([
    './frontends/web/namespace.yaml',
    './frontends/web/shop/ks.yaml',
  ]);
});

test.each([null, {}])(
  'what it holds is not listed above where somebody else does, with kustomizationFile %j',
  (own) => {
    const { tree } = namespaceOf({ kustomizationFile: own, listed: false });
    expect(tree.document('kubernetes/apps/kustomization.yaml').resources).toEqual([]);
    expect(tree.paths()).toContain(`${folder}/namespace.yaml`);
  },
);

test('a namespace that something else makes has a folder, but no namespace.yaml', () => {
  const { namespace, tree } = namespaceOf({ create: false });
  expect(namespace.resource).toBeUndefined();
  expect(tree.paths().filter((path) => path.startsWith(folder))).toEqual([
    `${folder}/kustomization.yaml`,
    `${folder}/shop/app/kustomization.yaml`,
    `${folder}/shop/ks.yaml`,
  ]);
  expect(tree.document(`${folder}/kustomization.yaml`).resources).toEqual(['./shop/ks.yaml']);
});

test.each(['kube-system', 'default', 'flux-system'])(
  '%s is there already: it gets no namespace.yaml unless asked for',
  (name) => {
    const { cluster } = emptyCluster();
    expect(cluster.inNamespace(name).resource).toBeUndefined();
    expect(emptyCluster().cluster.inNamespace(name, { create: true }).resource).toBeDefined();
  },
);
