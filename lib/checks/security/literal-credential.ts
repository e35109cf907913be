import { credentialIn, plainCredential } from '../../graph/credentials';
import { keysAt, listAt, objectAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { containersOf, type PodTemplate, podTemplates } from '../../graph/workload';
import type { Path } from '../../tree/source/source';
import type { ClusterCheck, Problem } from '../check';

export const literalCredential: ClusterCheck = {
  id: 'security/literal-credential',
  severity: 'error',
  title: 'Credential in a ConfigMap, an argument or an environment variable',
  atRunTime: 'whoever reads the repository or the object (kubectl get, no Secret needed) has the credential',
  remedy:
    'keep it in a Secret and refer to that (valueFrom.secretKeyRef); then change the credential, for the old one is in the history',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  *check(cluster) {
    for (const map of cluster.ofKind('', 'ConfigMap')) yield* inConfigMap(map);
    for (const pod of podTemplates(cluster.resources)) yield* inPod(pod);
  },
};

function* inConfigMap(resource: Resource): Generator<Problem> {
  for (const key of keysAt(resource.value, 'data')) {
    const text = textAt(resource.value, 'data', key) ?? '';
    yield* judge(resource, ['data', key], key, text);
  }
}

function* inPod(pod: PodTemplate): Generator<Problem> {
  const { resource } = pod;
  for (const { value, path } of containersOf(pod)) {
    for (const [i, item] of listAt(value, 'env').entries()) {
      if (objectAt(item) === undefined) continue;
      yield* judge(resource, [...path, 'env', i, 'value'], textAt(item, 'name') ?? '', textAt(item, 'value') ?? '');
    }
    for (const field of ['command', 'args']) {
      for (const [i, item] of listAt(value, field).entries()) {
        if (typeof item !== 'string') continue;
        const [, name = '', given = item] = /^--?([\w-]+)=(.*)$/s.exec(item) ?? [];
        yield* judge(resource, [...path, field, i], name.replaceAll('-', '_'), given);
      }
    }
  }
}

function* judge(resource: Resource, path: Path, name: string, text: string): Generator<Problem> {
  const held = credentialIn(name, text);
  if (held === undefined) return;
  const message =
    held === plainCredential ? `${name} holds its credential in plain text` : `${name || 'the value'} holds ${held}`;
  yield { at: { resource, path }, message, sensitive: true };
}
