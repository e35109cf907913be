import type { GroupVersionKind } from 'cdk8s';

/**
 * What the constructs make, in the versions of imports/, as data: the classes of imports/ are half a megabyte of code, which only
 * programs load that use them.
 */
export const gvk = {
  Bucket: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'Bucket' },
  Cluster: { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster' },
  ClusterSecretStore: { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore' },
  ExternalSecret: { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
  GitRepository: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' },
  HelmRelease: { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' },
  HelmRepository: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository' },
  HttpRoute: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
  Kustomization: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' },
  ObjectStore: { apiVersion: 'barmancloud.cnpg.io/v1', kind: 'ObjectStore' },
  OciRepository: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository' },
  PushSecret: { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret' },
  ScheduledBackup: { apiVersion: 'postgresql.cnpg.io/v1', kind: 'ScheduledBackup' },
  SecretStore: { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore' },
} satisfies Readonly<Record<string, GroupVersionKind>>;
