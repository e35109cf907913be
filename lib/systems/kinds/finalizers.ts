import type { GroupKind } from '../api-version';

/** When an object of a kind has a finalizer: then it stays until its operator has released it. */
export type HasFinalizer =
  | 'always'
  /** Its deletionPolicy is Delete: the operator deletes what it has pushed. */
  | 'deletes-pushed'
  /** A PushSecret that deletes what it has pushed uses it. (external-secrets pkg/controllers/secretstore/common.go: handleFinalizer) */
  | 'serves-deletion'
  /** The pods of its Cluster release it or, where the Cluster goes as well, the operator. (cloudnative-pg internal/controller/finalizers_delete.go) */
  | 'leaves-with-cluster';

/**
 * By group and kind, `*` for all of a group. Read in External Secrets 2.9, CloudNativePG 1.30, KEDA, the operators of VictoriaMetrics and
 * Grafana, and Rook.
 */
const finalizers: Readonly<Record<string, Readonly<Record<string, HasFinalizer>>>> = {
  'external-secrets.io': {
    ExternalSecret: 'always',
    ClusterExternalSecret: 'always',
    PushSecret: 'deletes-pushed',
    SecretStore: 'serves-deletion',
    ClusterSecretStore: 'serves-deletion',
  },
  'postgresql.cnpg.io': {
    Database: 'leaves-with-cluster',
    DatabaseRole: 'leaves-with-cluster',
    Publication: 'leaves-with-cluster',
    Subscription: 'leaves-with-cluster',
  },
  'keda.sh': { '*': 'always' },
  'operator.victoriametrics.com': { '*': 'always' },
  'grafana.integreatly.org': { '*': 'always' },
  'ceph.rook.io': { '*': 'always' },
};

export function finalizerOf({ group, kind }: GroupKind): HasFinalizer | undefined {
  const kinds = finalizers[group];
  return kinds?.[kind] ?? kinds?.['*'];
}
