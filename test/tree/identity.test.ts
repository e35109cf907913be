import type { Json } from '../../lib/json/json';
import { checkIdentities } from '../../lib/tree/identity';
import type { TreeFile } from '../../lib/tree/tree';

const object = (apiVersion: string, kind: string, name: string, namespace?: string): Json => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace && { namespace }) },
});
const file = (path: string, document: Json, cluster?: string): TreeFile => ({
  path,
  madeBy: `Maker at ${path}`,
  documents: [document],
  cluster,
});

test('one object twice is an error that names both constructs and files', () => {
  const files = [file('a.yaml', object('v1', 'Secret', 's', 'n')), file('b.yaml', object('v1', 'Secret', 's', 'n'))];
  expect(() => checkIdentities(files)).toThrow(
    'Secret s in namespace n is created twice: by Maker at a.yaml in a.yaml and by Maker at b.yaml in b.yaml. Rename one of them, or create it once and refer to it.',
  );
});

test('the version is not part of what an object is, the group is', () => {
  const es = (version: string) => object(`external-secrets.io/${version}`, 'ExternalSecret', 's', 'n');
  expect(() => checkIdentities([file('a.yaml', es('v1')), file('b.yaml', es('v1beta1'))])).toThrow(
    'ExternalSecret.external-secrets.io s',
  );
  expect(() =>
    checkIdentities([file('a.yaml', object('a.io/v1', 'X', 's')), file('b.yaml', object('b.io/v1', 'X', 's'))]),
  ).not.toThrow();
});

test('what lies on one side of the border between namespace and name is not on the other', () => {
  const objects = [object('v1', 'Secret', 'bc', 'a'), object('v1', 'Secret', 'c', 'ab'), object('v1', 'Secret', 'abc')];
  expect(() => checkIdentities(objects.map((each, i) => file(`${i}.yaml`, each)))).not.toThrow();
});

test('another kind, name, namespace or cluster is another object', () => {
  const one = object('v1', 'Secret', 's', 'n');
  const others = [
    object('v1', 'ConfigMap', 's', 'n'),
    object('v1', 'Secret', 't', 'n'),
    object('v1', 'Secret', 's', 'm'),
  ];
  expect(() => checkIdentities([one, ...others].map((each, i) => file(`${i}.yaml`, each)))).not.toThrow();
  expect(() => checkIdentities([file('a.yaml', one, 'soyo'), file('b.yaml', one, 'other')])).not.toThrow();
  expect(() => checkIdentities([file('a.yaml', one, 'soyo'), file('b.yaml', one, 'soyo')])).toThrow(
    'of cluster soyo is created twice',
  );
});

test('documents without a name, such as kustomization.yaml, are no objects', () => {
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [] };
  expect(() =>
    checkIdentities([
      file('a/k.yaml', kustomization),
      file('b/k.yaml', kustomization),
      file('c', null),
      file('d', null),
    ]),
  ).not.toThrow();
});
