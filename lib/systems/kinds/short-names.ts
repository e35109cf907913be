/**
 * What people call kinds for short: the `shortNames` of Kubernetes 1.36 (kubectl api-resources), Flux 2.9, External Secrets 2.9 and
 * cert-manager 1.21, from their definitions.
 */
export const shortNames: Readonly<Record<string, string>> = {
  cj: 'CronJob',
  cm: 'ConfigMap',
  crd: 'CustomResourceDefinition',
  deploy: 'Deployment',
  ds: 'DaemonSet',
  hpa: 'HorizontalPodAutoscaler',
  ing: 'Ingress',
  netpol: 'NetworkPolicy',
  ns: 'Namespace',
  pc: 'PriorityClass',
  pdb: 'PodDisruptionBudget',
  po: 'Pod',
  pv: 'PersistentVolume',
  pvc: 'PersistentVolumeClaim',
  rs: 'ReplicaSet',
  sa: 'ServiceAccount',
  sc: 'StorageClass',
  sts: 'StatefulSet',
  svc: 'Service',
  gitrepo: 'GitRepository',
  helmrepo: 'HelmRepository',
  hr: 'HelmRelease',
  ks: 'Kustomization',
  ocirepo: 'OCIRepository',
  ces: 'ClusterExternalSecret',
  css: 'ClusterSecretStore',
  es: 'ExternalSecret',
  ps: 'PushSecret',
  ss: 'SecretStore',
  cert: 'Certificate',
};

/** Whether somebody who writes a word means a kind: the kind, its plural or what it is called for short, in any case. */
export function isCalled(kind: string, word: string): boolean {
  const [given, own] = [word.toLowerCase(), kind.toLowerCase()];
  const singular = Object.hasOwn(shortNames, given) ? given : given.replace(/s$/, '');
  const short = shortNames[given] ?? shortNames[singular];
  return given === own || given === pluralOf(own) || short === kind;
}

/** What the API calls objects of a kind, as generators of definitions guess it; in small letters. */
export function pluralOf(kind: string): string {
  if (kind === 'endpoints') return kind;
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}
