import { credentialIn, plainCredential } from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import { containersOf, type PodTemplate, podTemplates } from '../../graph/workload';
import type { Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import type { ClusterCheck, Problem } from '../check';

export const literalCredential: ClusterCheck = {
  id: 'security/literal-credential',
  severity: 'error',
  title: 'Credential in a ConfigMap, an argument or an environment variable',
  atRunTime:
    'everyone who can read the repository or the object (kubectl get, without access to Secrets) has the credential',
  remedy:
    'keep it in a Secret and refer to that (valueFrom.secretKeyRef); then change the credential: the old one stays in the Git history',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  check(cluster) {
    const problems: Problem[] = [];
    for (const map of cluster.ofKind('', 'ConfigMap')) inConfigMap(problems, map);
    for (const pod of podTemplates(cluster.resources)) inPod(problems, pod);
    return problems;
  },
};

function inConfigMap(problems: Problem[], resource: Resource): void {
  const texts = objectAt(resource.value, 'data');
  for (const key of keysAt(texts)) {
    const credential = credentialIn(key, textAt(texts, key) ?? '');
    if (credential !== undefined) problems.push(problemOf(resource, ['data', key], key, credential));
  }
}

function inPod(problems: Problem[], pod: PodTemplate): void {
  const { resource } = pod;
  for (const { value, path } of containersOf(pod)) {
    for (const [i, item] of listAt(value, 'env').entries()) {
      const name = textAt(item, 'name') ?? '';
      const credential = credentialIn(name, textAt(item, 'value') ?? '');
      if (credential !== undefined) problems.push(problemOf(resource, [...path, 'env', i, 'value'], name, credential));
    }
    for (const field of ['command', 'args']) {
      for (const [i, item] of listAt(value, field).entries()) {
        if (typeof item !== 'string') continue;
        const [, option = '', given = item] = /^--?([\w-]+)=(.*)$/s.exec(item) ?? [];
        const name = option.replaceAll('-', '_');
        const credential = credentialIn(name, given);
        if (credential !== undefined) problems.push(problemOf(resource, [...path, field, i], name, credential));
      }
    }
  }
}

function problemOf(resource: Resource, path: Path, name: string, credential: string): Problem {
  const message =
    credential === plainCredential
      ? `${name} holds its credential in plain text`
      : `${name || 'the value'} holds ${credential}`;
  return { at: { resource, path }, message, sensitive: true };
}
