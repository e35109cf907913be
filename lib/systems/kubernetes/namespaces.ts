/** Namespaces that every cluster has (kubernetes 1.36 pkg/controlplane/controller/systemnamespaces). */
export const systemNamespaces: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);
