import { ApiObject } from 'cdk8s';
import { App, Cluster, ConfigMap, Directory } from '../../lib';

function keysOf(sortKeys: boolean | undefined): string[] {
  const app = new App(sortKeys === undefined ? {} : { sortKeys });
  const folder = new Directory(new Cluster(app, 'home', { root: null }), 'app');
  const data = { zebra: '1', apple: { z: '2', a: '3' } } as never;
  new ApiObject(folder, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data });
  const [object] = app.tree().files.find(({ path }) => path === 'app/settings.yaml')?.documents ?? [];
  const { data: written } = object as { data: { apple: object } };
  return [...Object.keys(written), ...Object.keys(written.apple)];
}

test('fields are written in the order of the alphabet, or as the code says them', () => {
  expect(keysOf(undefined)).toEqual(['apple', 'zebra', 'a', 'z']);
  expect(keysOf(false)).toEqual(['zebra', 'apple', 'z', 'a']);
  expect(keysOf(true)).toEqual(['apple', 'zebra', 'a', 'z']);
  expect(process.env.CDK8S_DISABLE_SORT).toBeUndefined();
});

test('kustomization.yaml lists resources as they are constructed, or by name: files before folders', () => {
  const resources = (sortResources?: boolean) => {
    const app = new App({ ...(sortResources !== undefined && { sortResources }) });
    const folder = new Directory(new Cluster(app, 'home', { root: null }), 'apps', {
      kustomizationFile: { resources: ['../shared', 'a.sops.yaml'] },
    });
    for (const id of ['b', 'a']) new ConfigMap(new Directory(folder, id), 'settings', { data: {} });
    for (const id of ['z', 'c']) new ConfigMap(folder, id, { data: {} });
    const [file] = app.tree().files.find(({ path }) => path === 'apps/kustomization.yaml')?.documents ?? [];
    return (file as { resources: string[] }).resources;
  };
  expect(resources()).toEqual(['./b', './a', './z.yaml', './c.yaml', '../shared', 'a.sops.yaml']);
  expect(resources(true)).toEqual(['a.sops.yaml', './c.yaml', './z.yaml', '../shared', './a', './b']);
});

test('a comment on an item of a list is given by the item', () => {
  const app = new App();
  const folder = new Directory(new Cluster(app, 'home', { root: null }), 'apps', {
    comments: { 'resources[./a.yaml]': { text: '- ./b.yaml', at: 'below' } },
  });
  new ConfigMap(folder, 'a', { data: {} });
  const file = app.tree().files.find(({ path }) => path === 'apps/kustomization.yaml');
  expect(file?.comments?.[0]?.fields).toEqual([{ path: ['resources', 0], text: '- ./b.yaml', at: 'below' }]);
});
