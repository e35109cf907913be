import { instanceObjects } from '../../../lib/systems/flux-operator/instance';

const names = (spec: Parameters<typeof instanceObjects>[0], namespace = 'flux-system') =>
  instanceObjects(spec, namespace).map(({ kind, name }) => `${kind}/${name}`);

describe('what the Flux Operator makes of a FluxInstance', () => {
  it('is the usual controllers, with their definitions and roles', () => {
    expect(names({})).toEqual([
      'Namespace/flux-system',
      'ResourceQuota/critical-pods-flux-system',
      'ClusterRole/crd-controller-flux-system',
      'ClusterRole/flux-edit-flux-system',
      'ClusterRole/flux-view-flux-system',
      'ClusterRoleBinding/cluster-reconciler-flux-system',
      'ClusterRoleBinding/crd-controller-flux-system',
      'NetworkPolicy/allow-egress',
      'NetworkPolicy/allow-scraping',
      'NetworkPolicy/allow-webhooks',
      'ServiceAccount/source-controller',
      'Deployment/source-controller',
      'Service/source-controller',
      'CustomResourceDefinition/buckets.source.toolkit.fluxcd.io',
      'CustomResourceDefinition/externalartifacts.source.toolkit.fluxcd.io',
      'CustomResourceDefinition/gitrepositories.source.toolkit.fluxcd.io',
      'CustomResourceDefinition/helmcharts.source.toolkit.fluxcd.io',
      'CustomResourceDefinition/helmrepositories.source.toolkit.fluxcd.io',
      'CustomResourceDefinition/ocirepositories.source.toolkit.fluxcd.io',
      'ServiceAccount/kustomize-controller',
      'Deployment/kustomize-controller',
      'CustomResourceDefinition/kustomizations.kustomize.toolkit.fluxcd.io',
      'ServiceAccount/helm-controller',
      'Deployment/helm-controller',
      'CustomResourceDefinition/helmreleases.helm.toolkit.fluxcd.io',
      'ServiceAccount/notification-controller',
      'Deployment/notification-controller',
      'Service/notification-controller',
      'Service/webhook-receiver',
      'CustomResourceDefinition/alerts.notification.toolkit.fluxcd.io',
      'CustomResourceDefinition/providers.notification.toolkit.fluxcd.io',
      'CustomResourceDefinition/receivers.notification.toolkit.fluxcd.io',
    ]);
  });

  it('is one of each for a shard, a claim where there is storage, and what it syncs', () => {
    const spec = {
      components: ['source-controller', 'notification-controller'],
      cluster: { networkPolicy: false },
      sharding: { shards: ['big'], storage: 'persistent' },
      storage: { class: 'fast', size: '1Gi' },
      sync: { kind: 'OCIRepository', url: 'oci://x/y', ref: 'latest', path: 'a' },
    };
    expect(names(spec, 'gitops').filter((name) => !/^(?:ClusterRole|CustomResource|Resource)/.test(name))).toEqual([
      'Namespace/gitops',
      'ServiceAccount/source-controller',
      'Deployment/source-controller',
      'Service/source-controller',
      'Deployment/source-controller-big',
      'Service/source-controller-big',
      'ServiceAccount/notification-controller',
      'Deployment/notification-controller',
      'Service/notification-controller',
      'Service/webhook-receiver',
      'PersistentVolumeClaim/source-controller',
      'PersistentVolumeClaim/source-controller-big',
      'OCIRepository/gitops',
      'Kustomization/gitops',
    ]);
  });
});
