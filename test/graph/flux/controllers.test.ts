import { controllersIn, isOnEverywhere, saidEverywhere } from '../../../lib/graph/flux/controllers';
import { fluxKustomization, graphOf, object } from '../graph';

/** The controllers of the only cluster of a tree, with what they are told. */
function told(texts: Record<string, string>) {
  const graph = graphOf(texts);
  const [cluster] = graph.clusters;
  return controllersIn(cluster as NonNullable<typeof cluster>, graph);
}
const brief = (texts: Record<string, string>) =>
  told(texts).map(({ component, args, open }) => `${component}${open ? ' (open)' : ''} ${args.join(' ')}`.trim());

const root = { 'clusters/a/root.yaml': fluxKustomization('root', './flux') };
const deployment = (name: string, image: string, ...args: string[]) =>
  object(
    'apps/v1',
    'Deployment',
    name,
    `spec: { template: { spec: { containers: [{ image: '${image}', args: ${JSON.stringify(args)} }] } } }`,
    'flux-system',
  );
const patch = (name: string, flag: string) => `
  - target: { kind: Deployment, name: ${name} }
    patch: |
      - { op: add, path: /spec/template/spec/containers/0/args/-, value: ${flag} }`;

it('Deployments are known by their image, those of shards too', () => {
  const flux = [
    deployment('kustomize-controller', 'ghcr.io/fluxcd/kustomize-controller:v1.9.4', '--log-level=info'),
    deployment('shard-1', 'registry.local:5000/kustomize-controller@sha256:00', '--watch-label-selector=a=b'),
    deployment('web', 'ghcr.io/acme/my-kustomize-controller:v1', '--no-remote-bases'),
  ];
  expect(brief({ ...root, 'flux/flux.yaml': flux.join('') })).toEqual([
    'kustomize-controller --log-level=info',
    'kustomize-controller --watch-label-selector=a=b',
  ]);
});

const instance = 'components: [kustomize-controller], cluster: { multitenant: true }, sharding: { shards: [big] }';

it.each([
  ['FluxInstance', object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', `spec: { ${instance} }`)],
  [
    'release of the chart flux-instance',
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'flux',
      `spec: { chart: { spec: { chart: flux-instance } }, values: { instance: { ${instance} } } }`,
    ),
  ],
])('a %s makes them, one for each shard', (_, made) => {
  const all = '--no-cross-namespace-refs=true --no-remote-bases=true --default-service-account=default';
  expect(brief({ ...root, 'flux/flux.yaml': made })).toEqual([
    `kustomize-controller ${all} --watch-label-selector=!sharding.fluxcd.io/key`,
    `kustomize-controller ${all} --watch-label-selector=sharding.fluxcd.io/key=big`,
  ]);
});

it('patches of a FluxInstance count', () => {
  const spec = `spec:\n  components: [helm-controller]\n  kustomize:\n    patches:${patch('helm-.*', '--no-cross-namespace-refs').replaceAll('\n', '\n    ')}`;
  const made = object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', spec);
  expect(brief({ ...root, 'flux/flux.yaml': made })).toEqual(['helm-controller --no-cross-namespace-refs']);
});

const kustomization = `resources: []\npatches:${patch('kustomize-controller', '--no-remote-bases=true')}\n`;

it.each([
  ['beside the first Kustomizations', { 'clusters/a/flux-system/kustomization.yaml': kustomization }],
  ['of a folder that is built', { 'flux/kustomization.yaml': kustomization }],
  [
    'of a Kustomization',
    {
      'flux/flux.yaml': fluxKustomization(
        'flux',
        './elsewhere',
        `patches:${patch('kustomize-controller', '--no-remote-bases=true')}`,
      ),
    },
  ],
])('patches %s tell of Deployments that are not in the tree', (_, files) => {
  expect(brief({ ...root, 'flux/a.yaml': object('v1', 'ConfigMap', 'a'), ...files })).toEqual([
    'kustomize-controller (open) --no-remote-bases=true',
  ]);
});

it('patches that are commented out, and of other Deployments, tell nothing', () => {
  const files = {
    'clusters/a/flux-system/kustomization.yaml': `patches:${patch('web', '--no-remote-bases').replaceAll('\n', '\n')}
  - target: { kind: Deployment }
    patch: |
      # - { op: add, path: /spec/template/spec/containers/0/args/-, value: --no-remote-bases }
      - { op: add, path: /metadata/labels/a, value: b }\n`,
  };
  expect(brief({ ...root, 'flux/a.yaml': object('v1', 'ConfigMap', 'a'), ...files })).toEqual([]);
});

it('a flag is on where all shards have it', () => {
  const of = (...flags: string[]) =>
    told({
      ...root,
      'flux/flux.yaml': flags.map((flag, i) => deployment(`h${i}`, 'fluxcd/helm-controller:v1', flag)).join(''),
    });
  const flag = 'no-cross-namespace-refs';
  expect(isOnEverywhere(of(`--${flag}`, `--${flag}=true`), 'helm-controller', flag)).toBe(true);
  expect(isOnEverywhere(of(`--${flag}`, `--${flag}=false`), 'helm-controller', flag)).toBe(false);
  expect(isOnEverywhere(of(`--${flag}`), 'kustomize-controller', flag)).toBe(false);
  expect(saidEverywhere(of('--x=1', '--x=1'), 'helm-controller', 'x')).toBe('1');
  expect(saidEverywhere(of('--x=1', '--x=2'), 'helm-controller', 'x')).toBeUndefined();
});
