import { fluxKustomization, graphOf, object } from './graph';

/** What the objects of a tree refer to: `field → group/Kind namespace/name key`. */
function references(text: string): string[] {
  const [cluster] = graphOf({ 'flux.yaml': fluxKustomization('apps', './apps'), 'apps/all.yaml': text }).clusters;
  const own = (cluster?.references.all ?? []).filter(({ resource }) => resource.name === 'one');
  return own.map(({ path, group, kind, namespace, name, key }) => {
    const target = `${group === '' ? '' : `${group}/`}${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
    return `${path.join('.')} → ${target}${key === undefined ? '' : ` ${key}`}`;
  });
}

it.each<[what: string, apiVersion: string, kind: string, fields: string, expected: string[]]>([
  [
    'a pod: its account, claims and the keys that it mounts',
    ...(['apps/v1', 'Deployment'] as const),
    'spec: { template: { spec: { serviceAccountName: a, volumes: [{ persistentVolumeClaim: { claimName: b } }, { secret: { secretName: c, items: [{ key: d, path: e }] } }] } } }',
    [
      'spec.template.spec.volumes.0.persistentVolumeClaim.claimName → PersistentVolumeClaim shop/b',
      'spec.template.spec.volumes.1.secret.items.0.key → Secret shop/c d',
      'spec.template.spec.serviceAccountName → ServiceAccount shop/a',
    ],
  ],
  [
    'a binding: its role, and those subjects that are accounts',
    ...(['rbac.authorization.k8s.io/v1', 'RoleBinding'] as const),
    'roleRef: { kind: ClusterRole, name: a }\nsubjects: [{ kind: User, name: b }, { kind: ServiceAccount, name: c, namespace: d }]',
    ['subjects.1.name → ServiceAccount d/c', 'roleRef.name → rbac.authorization.k8s.io/ClusterRole a'],
  ],
  [
    'a kind by its group, of which there are two',
    ...(['postgresql.cnpg.io/v1', 'Cluster'] as const),
    'spec: { imageCatalogRef: { apiGroup: postgresql.cnpg.io, kind: ClusterImageCatalog, name: a, major: 17 } }',
    ['spec.imageCatalogRef.name → postgresql.cnpg.io/ClusterImageCatalog a'],
  ],
  [
    'nothing where the kind is another one',
    ...(['autoscaling/v2', 'HorizontalPodAutoscaler'] as const),
    'spec: { scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: a } }',
    [],
  ],
  [
    'nothing where the group is another one',
    ...(['cert-manager.io/v1', 'Certificate'] as const),
    'spec: { issuerRef: { group: awspca.cert-manager.io, kind: ClusterIssuer, name: a } }',
    [],
  ],
  [
    'a default kind',
    ...(['cert-manager.io/v1', 'Certificate'] as const),
    'spec: { issuerRef: { name: a } }',
    ['spec.issuerRef.name → cert-manager.io/Issuer shop/a'],
  ],
  [
    'the namespace that a webhook says',
    ...(['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'] as const),
    'webhooks: [{ clientConfig: { service: { name: a, namespace: b } } }]',
    ['webhooks.0.clientConfig.service.name → Service b/a'],
  ],
  [
    'whatever field of a store ends so',
    ...(['external-secrets.io/v1', 'SecretStore'] as const),
    'spec: { provider: { vault: { auth: { appRole: { roleRef: { name: x }, secretRef: { name: a, key: b } } }, caProvider: { type: ConfigMap, name: c, key: d } } } }',
    [
      'spec.provider.vault.auth.appRole.roleRef.name → Secret shop/x',
      'spec.provider.vault.auth.appRole.secretRef.key → Secret shop/a b',
      'spec.provider.vault.caProvider.key → ConfigMap shop/c d',
    ],
  ],
  [
    'the fields of a store that are called otherwise, and no text of their names',
    ...(['external-secrets.io/v1', 'ClusterSecretStore'] as const),
    'spec: { provider: { azurekv: { tenantId: t, authSecretRef: { clientId: { name: a, key: b, namespace: c } } } } }',
    ['spec.provider.azurekv.authSecretRef.clientId.key → Secret c/a b'],
  ],
  [
    'any field',
    ...(['volsync.backube/v1alpha1', 'ReplicationSource'] as const),
    'spec: { sourcePVC: a, restic: { repository: b, copyMethod: Snapshot } }',
    ['spec.sourcePVC → PersistentVolumeClaim shop/a', 'spec.restic.repository → Secret shop/b'],
  ],
  [
    'a text that says more than a name',
    ...(['kyverno.io/v2', 'PolicyException'] as const),
    'spec: { exceptions: [{ policyName: a }, { policyName: b/c }] }',
    [
      'spec.exceptions.0.policyName → kyverno.io/ClusterPolicy a',
      'spec.exceptions.1.policyName → kyverno.io/Policy b/c',
    ],
  ],
  [
    'nothing of another cluster',
    ...(['helm.toolkit.fluxcd.io/v2', 'HelmRelease'] as const),
    'spec: { serviceAccountName: a, kubeConfig: { secretRef: { name: b } } }',
    ['spec.kubeConfig.secretRef.name → Secret shop/b'],
  ],
])('follows %s', (_, apiVersion, kind, fields, expected) => {
  expect(references(object(apiVersion, kind, 'one', fields)).sort()).toEqual([...expected].sort());
});
