import {
  Application,
  Bucket,
  Cluster,
  FluxKustomization,
  GitRepository,
  HelmRepository,
  OciRepository,
  Secret,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

test('each kind of source, with any field of its spec', () => {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'sources');
  const interval = '1h';
  const made = [
    new GitRepository(directory, 'git', { spec: { interval, url: 'https://example.org/x', ref: { branch: 'main' } } }),
    new OciRepository(directory, 'oci', {
      spec: { interval, url: 'oci://example.org/x', verify: { provider: 'cosign' } },
    }),
    new HelmRepository(directory, 'helm', { spec: { interval, url: 'oci://example.org/charts', type: 'oci' } }),
    new Bucket(directory, 'bucket', { spec: { interval, bucketName: 'x', endpoint: 'minio.example.org' } }),
  ];
  const tree = reader(app.tree());
  expect(made.map(({ kind, name }) => tree.find(kind, name))).toMatchObject([
    { kind: 'GitRepository', metadata: { name: 'git', namespace: 'sources' }, spec: { ref: { branch: 'main' } } },
    { kind: 'OCIRepository', spec: { verify: { provider: 'cosign' } } },
    { kind: 'HelmRepository', apiVersion: 'source.toolkit.fluxcd.io/v1', spec: { type: 'oci' } },
    { kind: 'Bucket', spec: { bucketName: 'x' } },
  ]);
});

test('a Secret is named where Flux asks for an object with its name', () => {
  const { app, cluster } = emptyCluster();
  const login = Secret.named('login');
  new HelmRepository(new Application(cluster, 'sources').directory, 'helm', {
    spec: { interval: '1h', url: 'https://example.org', secretRef: login, certSecretRef: { name: login } },
  });
  expect(reader(app.tree()).find('HelmRepository', 'helm').spec).toMatchObject({
    secretRef: { name: 'login' },
    certSecretRef: { name: 'login' },
  });
});

test('a Kustomization takes its files from one, and waits for whoever makes it', () => {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'sources', { namespace: 'flux-system' });
  const spec = { interval: '1h', url: 'https://example.org/x' };
  const sourceRef = new GitRepository(directory, 'charts', { spec });
  new FluxKustomization(cluster.inNamespace('shop'), 'there', { sourceRef, applies: './deploy' });
  new FluxKustomization(cluster.inNamespace('flux-system'), 'here', { sourceRef, applies: './deploy' });
  new FluxKustomization(cluster.inNamespace('shop'), 'named', {
    sourceRef: { ...GitRepository.named('charts'), namespace: null },
    applies: './deploy',
  });
  const specOf = (name: string) => reader(app.tree()).find('Kustomization', name).spec as JsonObject;
  expect(specOf('there')).toMatchObject({
    path: './deploy',
    sourceRef: { kind: 'GitRepository', name: 'charts', namespace: 'flux-system' },
    dependsOn: [{ name: 'sources', namespace: 'flux-system' }],
  });
  expect(specOf('here').sourceRef).toEqual({ kind: 'GitRepository', name: 'charts' });
  expect(specOf('named').sourceRef).toEqual({ kind: 'GitRepository', name: 'charts' });
});

test('one of another cluster is refused', () => {
  const { app, cluster } = emptyCluster();
  const mars = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
  const spec = { interval: '1h', url: 'https://example.org/x' };
  const sourceRef = new GitRepository(new Application(mars, 'sources').directory, 'git', { spec });
  expect(refusal(() => new FluxKustomization(cluster.inNamespace('shop'), 'shop', { sourceRef }))).toBe(
    'soyo/apps/shop/shop: sourceRef is "mars/apps/sources/sources/app/git". Allowed: one of the same cluster (soyo).',
  );
});
