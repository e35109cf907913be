/**
 * Whether a policy can name a path of which every character is meant: Vault takes a `*` at the end and a segment `+` for
 * wildcards, refuses `+*`, and fills in `{{…}}`; there is no way to escape them. (vault/policy.go, parsePaths)
 */
export function literalFault(path: string): 'refused' | 'wider' | undefined {
  if (path.includes('{{') || path.includes('}}') || path.includes('+*')) return 'refused';
  return path.endsWith('*') || path.split('/').includes('+') ? 'wider' : undefined;
}
