import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { causedBy } from '../../lib/changes/caused';
import { checkSynthesized } from '../../lib/checks/check-synthesized';
import { followTree } from '../../lib/graph/follow-tree';
import { before as beforeIt, laidOver } from '../../lib/tree/source';
import { temporaryFolder } from '../repository';

const kustomization = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'all', namespace: 'flux-system' },
  spec: {
    interval: '1h',
    retryInterval: '2m',
    prune: true,
    path: './app',
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  },
};
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const secret = (key: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login', namespace: 'shop' },
  stringData: { [key]: '' },
});
const pod = (name: string, key: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: {
    containers: [
      { name: 'a', image: 'a/b:1.0.0', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'login', key } } }] },
    ],
  },
});

const folder = temporaryFolder();
let projects = 0;

/** What a tree causes in a repository: objects by path, of people's own there and of the tree. */
function caused(there: Readonly<Record<string, object>>, tree: Readonly<Record<string, object>>) {
  const root = join(folder, `${++projects}`);
  for (const [path, object] of Object.entries({
    'ks.yaml': kustomization,
    'app/namespace.yaml': namespace,
    ...there,
  })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(object, undefined, 1));
  }
  const files = Object.entries(tree).map(([path, object]) => ({ path, madeBy: 'it', documents: [object as never] }));
  const texts = new Map(files.map(({ path, documents }) => [path, JSON.stringify(documents[0], undefined, 1)]));
  const graph = followTree(laidOver({ files }, texts, root, '', true), {});
  const before = followTree(beforeIt(texts, root, ''), {});
  const { findings, known } = causedBy(
    { graph, findings: checkSynthesized(graph).findings },
    () => ({ graph: before, ...checkSynthesized(before) }),
    ({ severity }) => severity === 'error',
  );
  const told = (list: typeof findings) =>
    list.map(({ object, rule }) => `${object?.replace(', made by it', '*')} ${rule}`);
  return { findings: told(findings), known: told(known) };
}

test.each([
  [
    'a key that the tree takes away from people’s pod',
    { 'app/pod.yaml': pod('web', 'a'), 'app/login.yaml': secret('a') },
    { 'app/login.yaml': secret('b') },
    { findings: ['Pod shop/web secrets/missing-key'], known: [] },
  ],
  [
    'a key that people’s pod did not have before, either',
    { 'app/pod.yaml': pod('web', 'a'), 'app/login.yaml': secret('c') },
    { 'app/login.yaml': secret('c') },
    { findings: [], known: ['Pod shop/web secrets/missing-key'] },
  ],
  [
    'a pod of the tree’s own',
    { 'app/login.yaml': secret('c') },
    { 'app/pod.yaml': pod('web', 'a') },
    { findings: ['Pod shop/web* secrets/missing-key'], known: [] },
  ],
  [
    'a pod that the tree has taken over with its fault',
    { 'app/pod.yaml': pod('web', 'a'), 'app/login.yaml': secret('c') },
    { 'app/pod.yaml': pod('web', 'a') },
    { findings: [], known: ['Pod shop/web* secrets/missing-key'] },
  ],
  [
    'people’s pod that nothing could judge, for the file that lists it did not build',
    {
      'app/kustomization.yaml': { resources: ['pod.yaml', 'namespace.yaml', 'more.yaml'] },
      'app/pod.yaml': pod('web', 'a'),
    },
    { 'app/more.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'shop' } } },
    { findings: [], known: ['Pod shop/web secrets/missing'] },
  ],
  [
    'people’s object without a namespace, which a Kustomization of the tree applies once more',
    {
      'ks.yaml': { ...kustomization, spec: { ...kustomization.spec, targetNamespace: 'shop' } },
      'app/cm.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } },
    },
    { 'own.yaml': { ...kustomization, metadata: { name: 'again', namespace: 'flux-system' } } },
    { findings: ['ConfigMap m flux/namespace-missing-field'], known: [] },
  ],
  [
    'a key that the tree takes away, and brings a file that people have listed already',
    {
      'app/kustomization.yaml': { resources: ['pod.yaml', 'namespace.yaml', 'login.yaml', 'more.yaml', 'own'] },
      'app/pod.yaml': pod('web', 'a'),
      'app/login.yaml': secret('a'),
    },
    {
      'app/login.yaml': secret('b'),
      'app/more.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'shop' } },
      'app/own/kustomization.yaml': { resources: ['it.yaml'] },
      'app/own/it.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace: 'shop' } },
    },
    { findings: ['Pod shop/web secrets/missing-key'], known: [] },
  ],
])('%s', (_, there, tree, expected) => {
  expect(caused(there, tree)).toEqual(expected);
});
