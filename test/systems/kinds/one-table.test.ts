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
  'lib/systems/kubernetes/admission/index.ts': 'whose validation has which functions, kind by kind',
  'lib/systems/kubernetes/names.ts': 'kinds whose names have a form of their own',
  'lib/systems/kubernetes/admitted.ts': 'what the API server fills in before admission, kind by kind',
  'lib/systems/kubernetes/defaults.ts': 'values that one kind alone has filled in',
  'lib/systems/kubernetes/immutable.ts': 'which fields the API server lets nobody change, kind by kind',
  'lib/systems/go-pattern.ts': 'which fields hold regular expressions, kind by kind',
  'lib/systems/flux-operator/instance.ts': 'what the Flux Operator makes of a FluxInstance, by kind and name',
  'lib/systems/flux/fails.ts': 'what the controllers of Flux fail with, kind by kind',
  'lib/changes/loss.ts': 'what is lost with an object besides itself, in the words of the review',
  'lib/graph/unknown-sources.ts': 'what may bring objects that the tree does not show, and which those are',
  'lib/report/pages/roles.ts': 'sentences of the pages, one a kind',
  'lib/systems/secrets-made/index.ts':
    'what makes Secrets, with functions of the systems, which build on systems/kinds',
  'lib/tree/kustomize/field-specs.ts': "kustomize's own table of fields, which the kinds of Kubernetes 1.21 decide",
  'lib/tree/kustomize/merge-keys.ts': 'the same',
  'lib/tree/kustomize/name-references.ts': 'the same',
  'lib/tree/kustomize/sort.ts': 'the same',
  'lib/tree/kustomize/var-fields.ts': 'the same',
};

/** A file's code without comments and imports. */
function codeOf(file: string): string {
  return readFileSync(join(repository, file), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/(?:^|\s)\/\/.*$|^(?:import|export \*).*$/gm, '');
}

/** The kinds of a list that code names: not as types. */
function named(code: string, kinds: readonly string[]): string[] {
  return kinds.filter((kind) => new RegExp(`(?<![\\w.<])${kind}(?![\\w.:])`).test(code));
}

/** Kinds that code writes with their group: `'apps/Deployment'`. */
function withGroup(code: string): ReadonlySet<string> {
  return new Set(code.match(/'(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*)?\/[A-Z][A-Za-z]+'/g) ?? []);
}

function listsKinds(code: string): boolean {
  return named(code, workloads).length > 2 || named(code, clusterScoped).length > 3 || withGroup(code).size > 5;
}

/** What is true of kinds, which of their fields refer to which, and as which construct `espalier adopt` writes which kind. */
const tables = /^lib\/(?:systems\/(?:kinds|references)|adopt\/forms)\//;

test('no file but those of systems/kinds, systems/references and adopt/forms lists kinds', () => {
  const lists = readdirSync(join(repository, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((file) => `lib/${file}`)
    .filter((file) => file.endsWith('.ts') && !tables.test(file))
    .filter((file) => listsKinds(codeOf(file)));
  expect(lists.sort()).toEqual(Object.keys(exceptions).sort());
});
