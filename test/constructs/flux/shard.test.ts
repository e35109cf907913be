import { App, Application, Cluster, HelmRelease, HelmRepository, OciRepository } from '../../../lib';
import { reader } from '../synthesize';

const key = 'sharding.fluxcd.io/key';

/** The labels of the objects of a file, by kind, and what a release says of its HelmChart. */
function labels(app: App, path: string) {
  const documents = reader(app.tree()).documents(path) as {
    kind: string;
    metadata: { labels?: object };
    spec: { chart?: { metadata?: object } };
  }[];
  return documents.map(({ kind, metadata, spec }) => [kind, metadata.labels, spec.chart?.metadata]);
}

it('a Kustomization has the label of its shard, and so have the sources and releases that it applies', () => {
  const app = new App();
  const shop = new Application(new Cluster(app, 'fleet'), 'shop', { kustomization: { shard: 'big' } });
  const spec = { interval: '10m', url: 'https://example.org/charts' };
  const repository = new HelmRepository(shop.directory, 'charts', { spec });
  new HelmRelease(shop.directory, 'web', { chart: { ref: repository, name: 'web' }, version: '1.0.0' });
  new HelmRelease(shop.directory, 'api', { chart: { oci: 'oci://example.org/api' }, version: '1.0.0' });
  const big = { [key]: 'big' };
  const folder = 'kubernetes/apps/shop/shop';
  expect(labels(app, `${folder}/ks.yaml`)).toEqual([['Kustomization', big, undefined]]);
  expect(labels(app, `${folder}/app/charts.yaml`)).toEqual([['HelmRepository', big, undefined]]);
  expect(labels(app, `${folder}/app/web.yaml`)).toEqual([['HelmRelease', big, { labels: big }]]);
  expect(labels(app, `${folder}/app/api.yaml`)).toEqual([
    ['OCIRepository', big, undefined],
    ['HelmRelease', big, undefined],
  ]);
});

it('what says another shard, or null, is not of that of its Kustomization', () => {
  const app = new App();
  const shop = new Application(new Cluster(app, 'fleet'), 'shop', { kustomization: { shard: 'big' } });
  const spec = { interval: '10m', url: 'oci://example.org/web', ref: { tag: '1.0.0' } };
  new OciRepository(shop.directory, 'small', { shard: 'small', spec });
  new OciRepository(shop.directory, 'main', { shard: null, spec });
  const folder = 'kubernetes/apps/shop/shop/app';
  expect(labels(app, `${folder}/small.yaml`)).toEqual([['OCIRepository', { [key]: 'small' }, undefined]]);
  expect(labels(app, `${folder}/main.yaml`)).toEqual([['OCIRepository', undefined, undefined]]);
});

it('a shard is the value of a label', () => {
  const cluster = new Cluster(new App(), 'fleet');
  expect(() => new Application(cluster, 'shop', { kustomization: { shard: 'a b' } })).toThrow('shard');
});
