import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../repository';

const workloads = [
  ...['CronJob', 'DaemonSet', 'Deployment', 'Job'],
  ...['ReplicaSet', 'ReplicationController', 'StatefulSet'],
];
const clusterScoped = [
  ...['APIService', 'CSIDriver', 'CSINode', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'],
  ...['DeviceClass', 'FlowSchema', 'IngressClass', 'MutatingWebhookConfiguration', 'Namespace', 'Node'],
  ...['PersistentVolume', 'PriorityClass', 'RuntimeClass', 'StorageClass', 'ValidatingWebhookConfiguration'],
];

/** Tables of facts that hold for one kind each, or of another program's own idea of kinds. */
const exceptions: Readonly<Record<string, string>> = {
  'lib/systems/kubernetes/defaults.ts': 'values that one kind alone has filled in',
  'lib/systems/kubernetes/immutable.ts': 'which fields the API server lets nobody change, kind by kind',
  'lib/tree/kustomize/field-specs.ts': "kustomize's own table of fields, which the kinds of Kubernetes 1.21 decide",
  'lib/tree/kustomize/merge-keys.ts': 'the same',
  'lib/tree/kustomize/name-references.ts': 'the same',
  'lib/tree/kustomize/sort.ts': 'the same',
  'lib/tree/kustomize/var-fields.ts': 'the same',
};

/** The kinds of a list that a file names in its code: not in comments, imports or types. */
function named(file: string, kinds: readonly string[]): string[] {
  const code = readFileSync(join(repository, file), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/(?:^|\s)\/\/.*$|^(?:import|export \*).*$/gm, '');
  return kinds.filter((kind) => new RegExp(`(?<![\\w.<])${kind}(?![\\w.:])`).test(code));
}

test('no file but those of systems/kinds lists kinds', () => {
  const lists = readdirSync(join(repository, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((file) => `lib/${file}`)
    .filter((file) => file.endsWith('.ts') && !file.startsWith('lib/systems/kinds/'))
    .filter((file) => named(file, workloads).length > 2 || named(file, clusterScoped).length > 3);
  expect(lists.sort()).toEqual(Object.keys(exceptions).sort());
});
