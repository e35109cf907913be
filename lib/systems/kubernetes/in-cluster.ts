/**
 * Whether a Vault's address means something in a cluster only: `vault`, `vault.vault.svc`, and `vault.vault` where the second is
 * a namespace of the tree. (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service)
 */
export function isInCluster(server: string, namespaces: ReadonlySet<string>): boolean {
  const host = /^https?:\/\/([^/:@]+)(?::\d+)?(?:\/|$)/.exec(server)?.[1] ?? '';
  if (host === 'localhost') return false;
  if (/\.(?:svc|svc\.cluster\.local)\.?$/.test(host) || /^[a-z][a-z0-9-]*$/.test(host)) return true;
  const [, namespace] = /^[a-z][a-z0-9-]*\.([a-z0-9-]+)$/.exec(host) ?? [];
  return namespace !== undefined && namespaces.has(namespace);
}
