import { clusterId, layoutOf } from '../../../lib/cli/init/layout';
import { followTree } from '../../../lib/graph/follow-tree';
import { readFolder } from '../../../lib/tree/source';
import { configMap, folderMaker, kustomization, sync } from './trees';

const folderWith = folderMaker();

const layout = (files: Readonly<Record<string, string>>) => layoutOf(followTree(readFolder(folderWith(files)), {}));

test('apps/<namespace>/<app>/ks.yaml, begun by flux bootstrap', () => {
  const app = (name: string) => ({
    [`k8s/apps/media/${name}/ks.yaml`]: kustomization(name, `./k8s/apps/media/${name}/app`),
    [`k8s/apps/media/${name}/app/config.yaml`]: configMap(name),
  });
  const found = layout({
    'k8s/flux/flux-system/gotk-sync.yaml': sync('https://github.com/acme/home.git', 'trunk', './k8s/flux'),
    'k8s/flux/apps.yaml': kustomization('apps', './k8s/apps'),
    ...app('jellyfin'),
    ...app('sonarr'),
    ...app('radarr'),
    'k8s/apps/media/sonarr/app/more.yaml': configMap('more'),
  });
  expect(found).toMatchObject({
    clusters: [{ folder: 'k8s/flux/flux-system', kustomizations: 5 }],
    source: '',
    appsRoot: 'k8s/apps',
    app: 'k8s/apps/media/jellyfin',
    urls: ['https://github.com/acme/home.git'],
    branch: 'trunk',
  });
});

test('several clusters with overlays of the same apps', () => {
  const cluster = (name: string) => ({
    [`clusters/${name}/apps.yaml`]: kustomization('apps', `./apps/${name}`),
    [`apps/${name}/config.yaml`]: configMap(name),
  });
  const found = layout({ ...cluster('staging'), ...cluster('production') });
  expect(found?.clusters.map(({ name, folder }) => [name, folder])).toEqual([
    ['production', 'clusters/production'],
    ['staging', 'clusters/staging'],
  ]);
  expect(found).toMatchObject({ appsRoot: undefined, source: '', app: 'apps/production' });
});

test('a folder that is pushed as an artifact is where paths begin', () => {
  const found = layout({
    'deploy/cluster/apps.yaml': kustomization('apps', './apps'),
    'deploy/apps/config.yaml': configMap('one'),
  });
  expect(found).toMatchObject({ source: 'deploy', scanned: ['deploy/apps'] });
});

test('manifests without Flux are no layout', () => {
  expect(layout({ 'config.yaml': configMap('one') })).toBeUndefined();
});

test.each([
  ['home-ops', 'home-ops'],
  ['My Cluster_1', 'my-cluster-1'],
  ['--', 'cluster'],
])('%j can be the cluster %j', (name, id) => {
  expect(clusterId(name)).toBe(id);
});
