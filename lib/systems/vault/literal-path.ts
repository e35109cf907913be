/**
 * Whether a policy can name a path of which every character is meant: Vault takes a `*` at the end and a segment `+` for
 * wildcards, refuses `+*`, and fills in `{{…}}`; there is no way to escape them. (vault/policy.go, parsePaths) A segment `..` is
 * followed before Vault is asked (vault/api/client.go, NewRequest): such a key leads out of its mount, which nobody is allowed.
 */
export function literalFault(path: string): 'refused' | 'wider' | undefined {
  if (!peculiar.test(path)) return undefined;
  if (path.includes('{{') || path.includes('}}') || path.includes('+*')) return 'refused';
  const segments = path.split('/');
  if (segments.includes('..') || segments.includes('.')) return 'refused';
  return path.endsWith('*') || segments.includes('+') ? 'wider' : undefined;
}

/** What any of that needs; hardly a path has it. */
const peculiar = /[{}*+]|(?:^|\/)\.\.?(?:\/|$)/;
