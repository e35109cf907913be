import { listAt, objectAt, textAt } from '../../json/read';
import { type GroupKind, groupKind } from '../api-version';
import { group as cnpg } from '../cnpg/names';
import { releaseOf } from '../flux/helm-release';
import type { KubernetesObject } from '../secrets-made/made';

/** What brings objects that no file of a tree shows. */

/**
 * Kinds of which a distribution, a cloud or an operator that is running brings objects of any name: a name of them is wrong only where
 * another was meant.
 */
const broughtByCluster = new Set([
  'storage.k8s.io/StorageClass',
  'scheduling.k8s.io/PriorityClass',
  'node.k8s.io/RuntimeClass',
  'networking.k8s.io/IngressClass',
  'gateway.networking.k8s.io/GatewayClass',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
]);

/** Kinds of which charts bring objects under names of their own, which neither the release nor its values say. */
const broughtByCharts = new Set([
  'rbac.authorization.k8s.io/ClusterRole',
  'kyverno.io/ClusterPolicy',
  'kyverno.io/Policy',
]);

export function isBroughtByCharts(kind: GroupKind): boolean {
  return broughtByCharts.has(groupKind(kind));
}

export function isBroughtByCluster(kind: GroupKind): boolean {
  return broughtByCluster.has(groupKind(kind));
}

type Target = GroupKind & { readonly namespace: string; readonly name: string };

/** Services that software makes of what stands in its database: the outposts of authentik (goauthentik.io, ServiceReconciler). */
export function isServiceOfDatabase(name: string): boolean {
  return name.startsWith('ak-outpost-');
}

/** Whether an object makes another of its namespace, by a name that can be told. */
export function makesNamed(maker: KubernetesObject, target: Target): boolean {
  const { value, name } = maker;
  switch (`${groupKind(maker)} ${groupKind(target)}`) {
    // (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage)
    case 'apps/StatefulSet /PersistentVolumeClaim':
      return listAt(value, 'spec', 'volumeClaimTemplates').some((template) => {
        const beginning = `${textAt(template, 'metadata', 'name')}-${name}-`;
        return target.name.startsWith(beginning) && /^\d+$/.test(target.name.slice(beginning.length));
      });
    // (cloudnative-pg 1.30 pkg/specs/pvcs.go: GetPVCName)
    case `${cnpg}/Cluster /PersistentVolumeClaim`:
      return target.name.startsWith(`${name}-`) && /^\d+(?:-wal|-tbs-.*)?$/.test(target.name.slice(name.length + 1));
    // (cloudnative-pg 1.30 internal/controller/cluster_create.go, pkg/specs/pgbouncer)
    case `${cnpg}/Cluster /ServiceAccount`:
    case `${cnpg}/Cluster rbac.authorization.k8s.io/Role`:
    case `${cnpg}/Pooler /ServiceAccount`:
    case `${cnpg}/Pooler apps/Deployment`:
      return name === target.name;
    // Charts agree on these values. (helm 3 pkg/chartutil/create.go: serviceAccountName)
    case 'helm.toolkit.fluxcd.io/HelmRelease /ServiceAccount': {
      const account = objectAt(value, 'spec', 'values', 'serviceAccount');
      return account?.create === true && account.name === target.name && releaseOf(maker).target === target.namespace;
    }
    default:
      return false;
  }
}
