import { ApiObject } from 'cdk8s';
import { App, Cluster, Directory } from '../../lib';

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
