import { credentialIn, isSecretValue } from '../../graph/masking';
import { isNameLike, saysName } from '../../graph/masking/names';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { keysAt, listAt, textAt, textsIn } from '../../json/read';
import { parseFile } from '../../tree/source/parse';
import type { ClusterCheck } from '../check';

/** A token's Secret is filled in by Kubernetes. */
const filledIn = 'kubernetes.io/service-account-token';

export const plaintextSecret: ClusterCheck = {
  id: 'security/plaintext-secret',
  severity: 'error',
  title: 'Secret in plain text',
  atRunTime: 'everyone who can read the repository or its history has the credential; base64 hides nothing',
  remedy:
    'create it with an ExternalSecret, or encrypt the file with SOPS; then change the credential: the old one stays in the Git history',
  source: 'https://fluxcd.io/flux/security/secrets-management/',
  *check(cluster) {
    for (const resource of cluster.ofKind('', 'Secret')) {
      const { value, document } = resource;
      if (document.encrypted || textAt(value, 'type') === filledIn) continue;
      const files = filesOf(resource);
      for (const field of ['data', 'stringData']) {
        const keys = keysAt(value, field).filter((key) => {
          if (files.has(key)) return false;
          const text = textAt(value, field, key) ?? '';
          return text.trim() !== '' && isKnown(text) && isCredential(key, plainText(text, field));
        });
        const [first] = keys;
        if (first === undefined) continue;
        const message = `the Secret holds ${keys.join(', ')} in plain text`;
        yield { at: { resource, path: [field, first], on: 'key' }, message, sensitive: true };
      }
    }
  },
};

/** The keys that a generator fills with whole files: of those nobody knows what is secret in them. */
function filesOf({ generated, document, path }: Resource): ReadonlySet<string> {
  const entries = generated ? listAt(document.value, ...path, 'files') : [];
  const texts = entries.filter((entry) => typeof entry === 'string');
  return new Set(texts.map((entry) => (entry.includes('=') ? entry.split('=')[0] : entry.split('/').at(-1)) ?? ''));
}

/** What reads like a setting is none, nor is a document, such as a chart's values, in which nothing is. */
function isCredential(key: string, text: string): boolean {
  if (!isSecretValue(key, text)) return false;
  if (saysName(key) === undefined && isNameLike(text.trim())) return false;
  if (!/\.(?:ya?ml|json)$/i.test(key)) return true;
  const { documents } = parseFile(key, text);
  const texts = documents.flatMap(({ value }) => [...textsIn(value)]);
  return texts.length === 0 || texts.some((one) => credentialIn(String(one.path.at(-1)), one.text) !== undefined);
}

function plainText(text: string, field: string): string {
  return field === 'data' ? Buffer.from(text, 'base64').toString('utf8') : text;
}
