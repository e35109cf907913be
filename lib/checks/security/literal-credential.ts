import { keysAt, listAt, objectAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { containersOf, type PodTemplate, podTemplates } from '../../graph/workload';
import type { Path } from '../../tree/source/source';
import type { ClusterCheck, Problem } from '../check';

/** Forms that only credentials have, with what they are. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/, 'a GitHub token'],
  [/\bglpat-[\w-]{20}\b/, 'a GitLab token'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bxox[abprs]-[\w-]{10,}/, 'a Slack token'],
  [/\bhvs\.[\w-]{20,}/, 'a Vault token'],
  [/\bsk_live_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  // Schemes are short; looked for at each character of a long text, they must be.
  [/\b[a-z][a-z0-9+.-]{0,40}:\/\/[^\s/:@$<>{}]+:[^\s/@$<>{}()*]{4,}@[^\s/]/i, 'a URL with a password'],
];

/** Names of variables that hold a credential itself, not the file or the name of one. */
const credentialName = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)$/i;

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
  const form = forms.find(([pattern]) => pattern.test(text))?.[1];
  const named = form === undefined && credentialName.test(name) && looksGiven(text);
  if (form === undefined && !named) return;
  const message =
    form === undefined ? `${name} holds its credential in plain text` : `${name || 'the value'} holds ${form}`;
  yield { at: { resource, path }, message, sensitive: true };
}

/** A word that somebody chose or a program drew: no reference, path, address, switch or placeholder. */
function looksGiven(text: string): boolean {
  return (
    /^\S{6,}$/.test(text) &&
    isKnown(text) &&
    !/[${}<>]|^\/|^\.\/|:\/\/|^(?:true|false|none|null|\d+|change-?_?me|replace-?_?me|placeholder|dummy|example|x+)$/i.test(
      text,
    ) &&
    !/^[a-z0-9]+(?:[-.][a-z0-9]+)+$/.test(text)
  );
}
