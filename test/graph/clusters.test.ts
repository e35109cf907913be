import type { Graph } from '../../lib/graph/graph';
import { describe as named } from '../../lib/graph/identity';
import { fluxKustomization, graphOf, object } from './graph';

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { colour: blue }');

/** Each cluster with its Kustomizations and what they apply. */
function clusters({ clusters }: Graph): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    clusters.map(({ name, kustomizations }) => [
      name,
      Object.fromEntries(kustomizations.map((k) => [k.name, k.resources.map((resource) => named(resource))])),
    ]),
  );
}

describe('the clusters of a tree', () => {
  it('unfold from a Kustomization that applies itself, as flux bootstrap writes it', () => {
    const graph = graphOf({
      'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/settings.yaml': configMap('settings'),
    });
    expect(clusters(graph)).toEqual({
      'clusters/prod/flux-system': {
        'flux-system': ['Kustomization flux-system/apps', 'Kustomization flux-system/flux-system'],
        apps: ['ConfigMap shop/settings'],
      },
    });
  });

  it('unfold from Kustomizations that nothing applies; those of one folder are one cluster', () => {
    const graph = graphOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps/prod'),
      'clusters/prod/infrastructure.yaml': fluxKustomization('infrastructure', './infrastructure'),
      'clusters/staging/apps.yaml': fluxKustomization('apps', './apps/staging'),
      'apps/prod/settings.yaml': configMap('prod'),
      'apps/staging/settings.yaml': configMap('staging'),
      'infrastructure/settings.yaml': configMap('shared'),
    });
    expect(clusters(graph)).toEqual({
      'clusters/prod': { apps: ['ConfigMap shop/prod'], infrastructure: ['ConfigMap shop/shared'] },
      'clusters/staging': { apps: ['ConfigMap shop/staging'] },
    });
  });

  it('unfold from a Kustomization that a folder patches together with those that it applies', () => {
    const graph = graphOf({
      'clusters/dev/kustomization.yaml': 'resources: [../base]\npatches: [{ path: own.yaml }]\n',
      'clusters/dev/own.yaml': fluxKustomization('all', './clusters/dev', 'postBuild: { substitute: { STAGE: dev } }'),
      'clusters/base/kustomization.yaml': 'resources: [apps.yaml, all.yaml]\n',
      'clusters/base/all.yaml': fluxKustomization('all', './clusters/${STAGE}'),
      'clusters/base/apps.yaml': fluxKustomization('apps', './apps/${STAGE}'),
      'apps/dev/settings.yaml': configMap('settings'),
    });
    expect(clusters(graph)).toEqual({
      'clusters/dev': {
        all: ['Kustomization flux-system/apps', 'Kustomization flux-system/all'],
        apps: ['ConfigMap shop/settings'],
      },
    });
  });

  it('apply what patches give to the Kustomizations', () => {
    const patched = (patch: string) =>
      graphOf({
        'flux.yaml': fluxKustomization(
          'all',
          './all',
          `patches: [{ target: { kind: Kustomization }, patch: "${patch}" }]`,
        ),
        'all/apps.yaml': fluxKustomization('apps', './apps'),
        'apps/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { colour: "${COLOUR}" }'),
      }).clusters.flatMap(({ kustomizations }) => kustomizations.filter(({ name }) => name === 'apps'));
    const all = (spec: string) => `{ kind: Kustomization, metadata: { name: all }, spec: { ${spec} } }`;
    const [variables] = patched(all('postBuild: { substituteFrom: [{ kind: Secret, name: colours }] }'));
    expect(variables?.substitution.map(({ kind }) => kind)).not.toContain('missing-variable');
    const [moved] = patched('- { op: add, path: /spec/targetNamespace, value: blue }');
    expect(moved?.resources.map(({ namespace, uncertain }) => [namespace, uncertain])).toEqual([['blue', false]]);
    const [filled] = patched(all('postBuild: { substitute: { COLOUR: green } }'));
    expect(filled?.resources.map(({ value }) => value.data)).toEqual([{ colour: 'green' }]);
  });

  it('have the patches of a FluxInstance in the Kustomization that the Flux Operator makes', () => {
    const patch = '- { op: add, path: /spec/postBuild, value: { substitute: { COLOUR: green } } }';
    const kustomize = `kustomize: { patches: [{ target: { kind: Kustomization }, patch: "${patch}" }] }`;
    const sync = 'sync: { kind: GitRepository, url: https://git.example.com/x, ref: main, path: clusters/prod }';
    const graph = graphOf({
      'flux.yaml': object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', `spec: { ${sync}, ${kustomize} }`),
      'clusters/prod/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { colour: "${COLOUR}" }'),
    });
    const values = graph.clusters.flatMap(({ resources }) => resources.map(({ value }) => value.data));
    expect(values).toContainEqual({ colour: 'green' });
  });

  it("unfold from what the Flux Operator's FluxInstance syncs", () => {
    const sync =
      'spec: { sync: { kind: GitRepository, url: https://git.example.com/x, ref: main, path: clusters/prod } }';
    const graph = graphOf({
      'flux.yaml': object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', sync, 'flux-system'),
      'clusters/prod/settings.yaml': configMap('settings'),
    });
    expect(clusters(graph)).toEqual({ 'clusters/prod': { 'flux-system': ['ConfigMap shop/settings'] } });
  });

  describe('unfold from what the Flux Operator syncs, although a Kustomization of the synced tree applies that:', () => {
    const sync = 'sync: { kind: GitRepository, url: https://git.example.com/x, ref: main, path: flux }';
    const values = `instance: { ${sync} }`;
    const generated = 'configMapGenerator: [{ name: values, namespace: flux-system, files: [values.yaml] }]\n';
    it.each<[string, Record<string, string>]>([
      [
        'a FluxInstance',
        { 'fi/flux.yaml': object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', `spec: { ${sync} }`) },
      ],
      [
        "a HelmRelease's values",
        {
          'fi/hr.yaml': object(
            'helm.toolkit.fluxcd.io/v2',
            'HelmRelease',
            'flux',
            `spec: { values: { ${values} } }`,
            '',
          ),
        },
      ],
      [
        'a ConfigMap of values',
        { 'fi/cm.yaml': object('v1', 'ConfigMap', 'flux', `data: { values.yaml: "${values}" }`, '') },
      ],
      ['a file of values that a generator reads', { 'fi/kustomization.yaml': generated, 'fi/values.yaml': values }],
      [
        'a HelmRelease that a ResourceSet makes',
        {
          'fi/set.yaml': object(
            'fluxcd.controlplane.io/v1',
            'ResourceSet',
            'flux',
            `spec: { resources: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: { name: flux }, spec: { values: { ${values} } } }] }`,
          ),
        },
      ],
    ])('%s', (_, files) => {
      const graph = graphOf({
        ...files,
        'flux/apps.yaml': fluxKustomization('apps', './apps'),
        'apps/instance.yaml': fluxKustomization('instance', './fi'),
        'apps/shop.yaml': fluxKustomization('shop', './shop'),
        'shop/settings.yaml': configMap('settings'),
      });
      const [cluster, ...others] = graph.clusters;
      expect([cluster?.name, others]).toEqual(['flux', []]);
      expect(cluster?.kustomizations.map(({ name }) => name)).toContain('shop');
      expect(graph.unreached).toEqual([]);
    });
  });

  it('unfold from the Kustomization of a sync as the patches of its instance change it', () => {
    const patch = '{ spec: { postBuild: { substitute: { colour: blue } } } }';
    const graph = graphOf({
      'flux.yaml': object(
        'fluxcd.controlplane.io/v1',
        'FluxInstance',
        'flux',
        `spec:
  sync: { url: https://git.example.com/x, ref: main, path: prod }
  kustomize:
    patches:
      - target: { kind: Deployment }
        patch: '- { op: add, path: /spec/template, value: {} }'
      - target: { kind: Kustomization }
        patch: '{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: any }, ${patch.slice(1)}'`,
        'flux-system',
      ),
      'prod/settings.yaml': configMap('"${colour}"'),
    });
    expect(clusters(graph)).toEqual({ prod: { 'flux-system': ['ConfigMap shop/blue'] } });
  });

  it('unfold from one sync, where a script that starts the cluster says the same', () => {
    const values = 'instance: { sync: { url: https://git.example.com/x, ref: main, path: clusters/prod } }\n';
    const graph = graphOf({
      'bootstrap/values.yaml': values,
      'clusters/prod/flux.yaml': object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'flux',
        `spec:\n  values: { ${values.trim()} }`,
      ),
    });
    expect(clusters(graph)).toEqual({ 'clusters/prod': { 'flux-system': ['HelmRelease shop/flux'] } });
  });

  it('are one where Kustomizations of several folders wait for one another, and nothing in the tree applies any', () => {
    const graph = graphOf({
      'prod/apps/ks.yaml': fluxKustomization('apps', './apps', 'dependsOn: [{ name: base }]'),
      'prod/base/ks.yaml': fluxKustomization('base', './base'),
      'prod/extra/ks.yaml': fluxKustomization('extra', './extra'),
      'apps/settings.yaml': configMap('apps'),
      'base/settings.yaml': configMap('base'),
      'extra/settings.yaml': configMap('extra'),
      'staging/ks.yaml': fluxKustomization('apps', './base'),
    });
    expect(clusters(graph)).toEqual({
      prod: { apps: ['ConfigMap shop/apps'], base: ['ConfigMap shop/base'], extra: ['ConfigMap shop/extra'] },
      staging: { apps: ['ConfigMap shop/base'] },
    });
  });

  it('do not unfold from what only patches a Kustomization', () => {
    const patch = fluxKustomization('apps', './apps', 'prune: true');
    const graph = graphOf({
      'prod/kustomization.yaml': 'resources: [ks.yaml]\npatches: [{ path: ../defaults/apps.yaml }]\n',
      'prod/ks.yaml': fluxKustomization('apps', './apps'),
      'defaults/apps.yaml': patch,
      'apps/settings.yaml': configMap('settings'),
    });
    expect(clusters(graph)).toEqual({ prod: { apps: ['ConfigMap shop/settings'] } });
  });

  it('are one for each kustomization.yaml that brings the same Kustomizations together', () => {
    const overlay = (name: string) => `resources: [../base]\nnameSuffix: -${name}\n`;
    const graph = graphOf({
      'clusters/a/kustomization.yaml': overlay('a'),
      'clusters/b/kustomization.yaml': overlay('b'),
      'clusters/base/kustomization.yaml': 'resources: [../../flux/apps.yaml, ../../flux/base.yaml]\n',
      'flux/apps.yaml': fluxKustomization('apps', './apps'),
      'flux/base.yaml': fluxKustomization('base', './base'),
      'apps/settings.yaml': configMap('settings'),
      'base/settings.yaml': configMap('base'),
    });
    expect(clusters(graph)).toEqual({
      'clusters/a': { 'apps-a': ['ConfigMap shop/settings'], 'base-a': ['ConfigMap shop/base'] },
      'clusters/b': { 'apps-b': ['ConfigMap shop/settings'], 'base-b': ['ConfigMap shop/base'] },
    });
  });

  it('do not unfold from what another applies by a path that is filled in', () => {
    const graph = graphOf({
      'flux/apps.yaml': fluxKustomization('apps', './apps', 'postBuild: { substitute: { stage: prod } }'),
      'apps/shop.yaml': fluxKustomization('shop', './shop/${stage}'),
      'shop/prod/ks.yaml': fluxKustomization('till', './till'),
      'till/settings.yaml': configMap('settings'),
    });
    expect(Object.keys(clusters(graph))).toEqual(['flux']);
    expect(graph.clusters[0]?.kustomization('flux-system', 'till')).toBeDefined();
  });

  it('find paths that begin at the folder of an artifact', () => {
    const graph = graphOf({
      'dist/prod/flux/ks.yaml': fluxKustomization('apps', './apps'),
      'dist/prod/apps/settings.yaml': configMap('prod'),
      'dist/staging/flux/ks.yaml': fluxKustomization('apps', './apps'),
      'dist/staging/apps/settings.yaml': configMap('staging'),
    });
    expect(clusters(graph)).toEqual({
      'dist/prod/flux': { apps: ['ConfigMap shop/prod'] },
      'dist/staging/flux': { apps: ['ConfigMap shop/staging'] },
    });
  });

  it('find them beside a tree whose paths begin at the repository', () => {
    const graph = graphOf({
      'flux/a.yaml': fluxKustomization('a', './apps/a'),
      'flux/b.yaml': fluxKustomization('b', './apps/b'),
      'apps/a/settings.yaml': configMap('a'),
      'apps/b/settings.yaml': configMap('b'),
      'example/flux/ks.yaml': fluxKustomization('shop', './shop'),
      'example/shop/settings.yaml': configMap('shop'),
    });
    expect(clusters(graph)).toEqual({
      flux: { a: ['ConfigMap shop/a'], b: ['ConfigMap shop/b'] },
      'example/flux': { shop: ['ConfigMap shop/shop'] },
    });
  });

  it('leave out a Kustomization that lies in a built folder and that its kustomization.yaml does not list', () => {
    const graph = graphOf({
      'flux/root.yaml': fluxKustomization('root', './apps'),
      'apps/kustomization.yaml': 'resources: [./a.yaml]\n',
      'apps/a.yaml': fluxKustomization('a', './a'),
      'apps/b.yaml': fluxKustomization('b', './b'),
      'a/settings.yaml': configMap('a'),
      'b/settings.yaml': configMap('b'),
    });
    expect(clusters(graph)).toEqual({ flux: { root: ['Kustomization flux-system/a'], a: ['ConfigMap shop/a'] } });
    expect(graph.unreached.map(({ file }) => file.path)).toEqual(['apps/b.yaml', 'b/settings.yaml']);
  });

  it('leave the folders of charts to Helm', () => {
    const graph = graphOf({
      'flux/root.yaml': fluxKustomization('root', './apps'),
      'apps/settings.yaml': configMap('a'),
      'charts/shop/Chart.yaml': 'name: shop\nversion: 1.0.0\n',
      'charts/shop/crds/settings.yaml': configMap('b'),
      'old/settings.yaml': configMap('c'),
    });
    expect(graph.unreached.map(({ file }) => file.path)).toEqual(['old/settings.yaml']);
  });

  it('are the sets of manifests of a tree without Flux: a build each, and the rest', () => {
    const graph = graphOf({
      'overlays/prod/kustomization.yaml': 'resources: [../../base]\nnamespace: prod\n',
      'overlays/staging/kustomization.yaml': 'resources: [../../base]\nnamespace: staging\n',
      'base/kustomization.yaml': 'resources: [./settings.yaml]\n',
      'base/settings.yaml': configMap('settings'),
      'loose.yaml': configMap('loose'),
    });
    expect(graph.clusters.map(({ name, flux, resources }) => [name, flux, resources.map((r) => named(r))])).toEqual([
      ['overlays/prod', false, ['ConfigMap prod/settings']],
      ['overlays/staging', false, ['ConfigMap staging/settings']],
      ['', false, ['ConfigMap shop/loose']],
    ]);
  });

  it('end, where Kustomizations apply each other in a circle', () => {
    const graph = graphOf({
      'a/b.yaml': fluxKustomization('b', './b'),
      'b/a.yaml': fluxKustomization('a', './a'),
    });
    expect(graph.clusters.flatMap(({ kustomizations }) => kustomizations.map(({ name }) => name)).sort()).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('a Kustomization', () => {
  it('waits for others of its own namespace, unless it names another', () => {
    const graph = graphOf({
      'flux/ks.yaml': fluxKustomization(
        'apps',
        './apps',
        'dependsOn: [{ name: a }, { name: b, namespace: other }, { name: c }]',
      ),
      'flux/a.yaml': fluxKustomization('a', './a'),
      'flux/b.yaml': fluxKustomization('b', './b', '', 'other'),
    });
    const apps = graph.clusters[0]?.kustomization('flux-system', 'apps');
    expect(apps?.dependsOn.map(({ namespace, name, target }) => [namespace, name, target?.name])).toEqual([
      ['flux-system', 'a', 'a'],
      ['other', 'b', 'b'],
      ['flux-system', 'c', undefined],
    ]);
  });

  it.each([
    ['a folder that is not there', fluxKustomization('apps', './nowhere'), { type: 'missing', folder: 'nowhere' }],
    [
      'another source',
      fluxKustomization('apps', './deploy').replace(
        'name: flux-system, namespace: flux-system }\n',
        'name: podinfo }\n',
      ),
      { type: 'elsewhere', why: 'its files come from GitRepository flux-system/podinfo' },
    ],
    [
      'another cluster',
      fluxKustomization('apps', './apps', 'kubeConfig: { secretRef: { name: remote } }'),
      { type: 'elsewhere', why: 'it applies to another cluster' },
    ],
  ])('of %s leaves open what it applies', (_, text, contents) => {
    const graph = graphOf({
      'flux/root.yaml': fluxKustomization('root', './flux'),
      'flux/apps.yaml': text,
      'flux/podinfo.yaml': object(
        'source.toolkit.fluxcd.io/v1',
        'GitRepository',
        'podinfo',
        'spec: { url: https://x }',
        'flux-system',
      ),
      'apps/settings.yaml': configMap('settings'),
    });
    expect(graph.clusters[0]?.kustomization('flux-system', 'apps')?.contents).toEqual(contents);
  });

  it('has its variables filled in from ConfigMaps of the tree; those of Secrets stay unknown', () => {
    const postBuild =
      'postBuild: { substituteFrom: [{ kind: ConfigMap, name: settings }, { kind: Secret, name: keys }] }';
    const graph = graphOf({
      'flux/apps.yaml': fluxKustomization('apps', './apps', postBuild),
      'flux/base.yaml': fluxKustomization('base', './base'),
      'base/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { COLOUR: blue }', 'flux-system'),
      'base/keys.yaml': object('v1', 'Secret', 'keys', 'stringData: { KEY: hidden }', 'flux-system'),
      'apps/a.yaml': object('v1', 'ConfigMap', 'a', 'data: { colour: "${COLOUR}", key: "${KEY}" }'),
    });
    const [a] = graph.clusters[0]?.find({ group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' }) ?? [];
    expect(a?.value.data).toEqual({ colour: 'blue', key: expect.not.stringContaining('hidden') });
  });
});
