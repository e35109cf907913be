import type { GroupKind, GroupVersion } from '../api-version';
import type { Release } from '../release';

/** A version of a kind that a release serves no more. */
export interface Removal {
  /** Whose release. */
  readonly by: string;
  readonly release: Release;
  /** The apiVersion to write instead; undefined where there is none. */
  readonly instead: string | undefined;
}

interface Row extends Removal {
  readonly group: string;
  readonly versions: string;
  /** @default - all of the group */
  readonly kinds?: string;
}

const kubernetes = (
  minor: number,
  group: string,
  versions: string,
  instead: string | undefined,
  kinds?: string,
): Row => ({
  ...{ by: 'Kubernetes', release: [1, minor], group, versions, instead },
  ...(kinds !== undefined && { kinds }),
});

const flux = (minor: number, group: string, versions: string, version: string, kinds?: string): Row => ({
  ...{ by: 'Flux', release: [2, minor], group: `${group}.toolkit.fluxcd.io`, versions },
  instead: `${group}.toolkit.fluxcd.io/${version}`,
  ...(kinds !== undefined && { kinds }),
});

/**
 * Versions that were served and are no more. What Kubernetes has removed since 1.29 the schemas know; the rest is in k8s.io/api 0.36
 * (zz_generated.prerelease-lifecycle.go) or was removed with its types
 * (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). Of Flux it is what the definitions of its releases 2.2 to 2.9
 * serve, and of External Secrets https://github.com/external-secrets/external-secrets/releases/tag/v0.17.0, of cert-manager
 * https://cert-manager.io/docs/releases/upgrading/upgrading-1.5-1.6/.
 */
const rows: readonly Row[] = [
  kubernetes(16, 'apps', 'v1beta1 v1beta2', 'apps/v1'),
  kubernetes(16, 'extensions', 'v1beta1', 'apps/v1', 'DaemonSet Deployment ReplicaSet'),
  kubernetes(16, 'extensions', 'v1beta1', 'networking.k8s.io/v1', 'NetworkPolicy'),
  kubernetes(22, 'extensions', 'v1beta1', 'networking.k8s.io/v1', 'Ingress'),
  kubernetes(
    22,
    'admissionregistration.k8s.io',
    'v1beta1',
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  ),
  kubernetes(22, 'apiextensions.k8s.io', 'v1beta1', 'apiextensions.k8s.io/v1'),
  kubernetes(22, 'apiregistration.k8s.io', 'v1beta1', 'apiregistration.k8s.io/v1'),
  kubernetes(22, 'certificates.k8s.io', 'v1beta1', 'certificates.k8s.io/v1', 'CertificateSigningRequest'),
  kubernetes(22, 'coordination.k8s.io', 'v1beta1', 'coordination.k8s.io/v1', 'Lease'),
  kubernetes(22, 'networking.k8s.io', 'v1beta1', 'networking.k8s.io/v1', 'Ingress IngressClass'),
  kubernetes(22, 'rbac.authorization.k8s.io', 'v1alpha1 v1beta1', 'rbac.authorization.k8s.io/v1'),
  kubernetes(22, 'scheduling.k8s.io', 'v1alpha1 v1beta1', 'scheduling.k8s.io/v1', 'PriorityClass'),
  kubernetes(22, 'storage.k8s.io', 'v1beta1', 'storage.k8s.io/v1', 'CSIDriver CSINode StorageClass VolumeAttachment'),
  kubernetes(25, 'autoscaling', 'v2beta1', 'autoscaling/v2'),
  kubernetes(25, 'batch', 'v1beta1', 'batch/v1'),
  kubernetes(25, 'discovery.k8s.io', 'v1beta1', 'discovery.k8s.io/v1'),
  kubernetes(25, 'events.k8s.io', 'v1beta1', 'events.k8s.io/v1'),
  kubernetes(25, 'node.k8s.io', 'v1beta1', 'node.k8s.io/v1'),
  kubernetes(25, 'policy', 'v1beta1', 'policy/v1', 'PodDisruptionBudget'),
  kubernetes(25, 'policy', 'v1beta1', undefined, 'PodSecurityPolicy'),
  kubernetes(26, 'autoscaling', 'v2beta2', 'autoscaling/v2'),
  kubernetes(26, 'flowcontrol.apiserver.k8s.io', 'v1beta1', 'flowcontrol.apiserver.k8s.io/v1'),
  kubernetes(27, 'storage.k8s.io', 'v1beta1', 'storage.k8s.io/v1', 'CSIStorageCapacity'),
  kubernetes(29, 'flowcontrol.apiserver.k8s.io', 'v1beta2', 'flowcontrol.apiserver.k8s.io/v1'),
  flux(7, 'source', 'v1beta1', 'v1'),
  flux(7, 'kustomize', 'v1beta1', 'v1'),
  flux(7, 'helm', 'v2beta1', 'v2'),
  flux(7, 'image', 'v1beta1', 'v1'),
  flux(7, 'notification', 'v1beta1', 'v1', 'Receiver'),
  flux(7, 'notification', 'v1beta1', 'v1beta3', 'Alert Provider'),
  flux(8, 'source', 'v1beta2', 'v1'),
  flux(8, 'kustomize', 'v1beta2', 'v1'),
  flux(8, 'helm', 'v2beta2', 'v2'),
  flux(9, 'image', 'v1beta2', 'v1'),
  flux(9, 'notification', 'v1beta2', 'v1', 'Receiver'),
  flux(9, 'notification', 'v1beta2', 'v1beta3', 'Alert Provider'),
  {
    ...{ by: 'External Secrets', release: [0, 17], group: 'external-secrets.io', versions: 'v1alpha1 v1beta1' },
    ...{
      kinds: 'ClusterExternalSecret ClusterSecretStore ExternalSecret SecretStore',
      instead: 'external-secrets.io/v1',
    },
  },
  ...['cert-manager.io', 'acme.cert-manager.io'].map(
    (group): Row => ({
      ...{ by: 'cert-manager', release: [1, 6], group, versions: 'v1alpha2 v1alpha3 v1beta1', instead: `${group}/v1` },
    }),
  ),
];

/** The release that serves a version of a kind no more; undefined where that is not known. */
export function removalOf({ group, version, kind }: GroupVersion & GroupKind): Removal | undefined {
  return rows.find(
    (row) => row.group === group && has(row.versions, version) && (row.kinds === undefined || has(row.kinds, kind)),
  );
}

function has(names: string, name: string): boolean {
  return names.split(' ').includes(name);
}
