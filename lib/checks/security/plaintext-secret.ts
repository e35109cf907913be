import { keysAt, listAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { ClusterCheck } from '../check';

/** Keys that are no secret: how to reach something, and what kind of Secret it is. */
const harmless =
  /^(?:user(?:name)?|url|uri|server|host(?:name)?|port|db-?name|database|name|namespace|project|type|kind|email|region|bucket|endpoint|enableOCI|insecure|known_hosts|ca\.crt|tls\.crt|identity\.pub|.*[-_.]pub)$/i;

/** A token's Secret is filled in by Kubernetes. */
const filledIn = 'kubernetes.io/service-account-token';

export const plaintextSecret: ClusterCheck = {
  id: 'security/plaintext-secret',
  severity: 'error',
  title: 'Secret in plain text',
  atRunTime: 'whoever reads the repository, now or in its history, has the credential; base64 hides nothing',
  remedy:
    'make it with an ExternalSecret, or encrypt the file with SOPS; then change the credential, for the old one is in the history',
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
          return !harmless.test(key) && text.trim() !== '' && isKnown(text) && !isPlaceholder(text, field);
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

/** What stands there until somebody fills it in: `changeme`, `<token>`, `REPLACE_ME`, `xxx`. */
function isPlaceholder(text: string, field: string): boolean {
  const plain = field === 'data' ? Buffer.from(text, 'base64').toString('utf8') : text;
  return /^\s*(?:<[^<>]*>|x{3,}|\.{3}|change-?_?me|replace-?_?me|todo|placeholder|dummy|example|\{\}|""|null|true|false)\s*$/i.test(
    plain,
  );
}
