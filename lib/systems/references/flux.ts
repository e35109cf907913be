import type { JsonObject } from '../../json/json';
import { objectAt } from '../../json/read';
import { configMap, named, own, type Row, type Rows, secret } from './row';

/**
 * What Flux's kinds refer to (Flux 2.9), and those of the Flux Operator. What is refused across namespaces: kustomize-controller
 * internal/controller/kustomization_controller.go (getSource), helm-controller internal/acl/acl.go, image-reflector-controller
 * internal/controller/imagepolicy_controller.go, image-automation-controller internal/source/source.go, notification-controller
 * internal/server/event_handlers.go and receiver_handlers.go; `dependsOn` is not.
 */

const sources = 'source.toolkit.fluxcd.io';
const kustomization = 'kustomize.toolkit.fluxcd.io/Kustomization';
const release = 'helm.toolkit.fluxcd.io/HelmRelease';
const images = 'image.toolkit.fluxcd.io';

const source = (kinds: readonly string[], more: Partial<Row> = {}) =>
  named(
    kinds.map((kind) => `${sources}/${kind}`),
    undefined,
    { rule: 'flux/source-missing', ...more },
  );

/** Secrets that often are made by hand when Flux is: of the first sources, and what opens the others. */
const login = secret('flux', { byHand: 'first', namespace: 'own' });
const byHand = secret('flux', { byHand: 'always', namespace: 'own' });

const account = own('/ServiceAccount', 'nothing is reconciled ("impersonation error", or the registry refuses)', {
  // Then it is one of the other cluster.
  unless: (object: JsonObject) => objectAt(object, 'spec', 'kubeConfig') !== undefined,
});

const remote: Rows = {
  'spec.kubeConfig.secretRef': byHand,
  'spec.kubeConfig.configMapRef': configMap('flux', { namespace: 'own' }),
};

/** Those of a source's fields of which each kind has some. */
function ofSource(...fields: readonly string[]): Rows {
  return Object.fromEntries(fields.map((field) => [`spec.${field}`, field === 'serviceAccountName' ? account : login]));
}
const logins = ['secretRef', 'certSecretRef', 'proxySecretRef', 'serviceAccountName'] as const;
const verified: Rows = { 'spec.verify.secretRef': byHand };

/** The objects that events are about, `*` for all of a kind. */
const events = named(
  [
    kustomization,
    release,
    ...['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket'].map((kind) => `${sources}/${kind}`),
    ...['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation'].map((kind) => `${images}/${kind}`),
  ],
  'no event of it is reported',
  { refusedBy: 'notification-controller' },
);

const notified = secret('credentials', { namespace: 'own' });

export const flux: Readonly<Record<string, Rows>> = {
  [kustomization]: {
    'spec.sourceRef': source(['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'], {
      refusedBy: 'kustomize-controller',
    }),
    'spec.dependsOn[]': named(kustomization, undefined, { rule: 'flux/depends-on-missing' }),
    'spec.decryption.secretRef': byHand,
    'spec.decryption.serviceAccountName': own('/ServiceAccount', 'nothing is decrypted'),
    'spec.serviceAccountName': account,
    ...remote,
  },
  [release]: {
    'spec.valuesFrom[]': named(['/Secret', '/ConfigMap'], undefined, {
      use: 'values',
      namespace: 'own',
      key: 'valuesKey',
      fixedKey: 'values.yaml',
    }),
    'spec.chart.spec.sourceRef': source(['HelmRepository', 'GitRepository', 'Bucket'], {
      refusedBy: 'helm-controller',
    }),
    'spec.chartRef': source(['HelmChart', 'OCIRepository', 'ExternalArtifact'], { refusedBy: 'helm-controller' }),
    'spec.chart.spec.verify.secretRef': byHand,
    'spec.dependsOn[]': named(release, undefined, { rule: 'flux/depends-on-missing' }),
    'spec.serviceAccountName': account,
    ...remote,
  },
  [`${sources}/GitRepository`]: {
    ...ofSource('secretRef', 'proxySecretRef', 'serviceAccountName'),
    ...verified,
    'spec.include[].repository': own(`${sources}/GitRepository`, 'nothing is fetched ("… not found")'),
  },
  [`${sources}/OCIRepository`]: { ...ofSource(...logins), ...verified },
  [`${sources}/HelmRepository`]: ofSource('secretRef', 'certSecretRef'),
  [`${sources}/HelmChart`]: {
    ...verified,
    'spec.sourceRef': source(['HelmRepository', 'GitRepository', 'Bucket'], { namespace: 'own' }),
  },
  [`${sources}/Bucket`]: { ...ofSource(...logins), 'spec.sts.secretRef': login, 'spec.sts.certSecretRef': login },
  'notification.toolkit.fluxcd.io/Alert': {
    'spec.providerRef': own('notification.toolkit.fluxcd.io/Provider', 'no notification is sent'),
    'spec.eventSources[]': events,
  },
  'notification.toolkit.fluxcd.io/Provider': {
    'spec.secretRef': notified,
    'spec.certSecretRef': notified,
    'spec.proxySecretRef': notified,
    'spec.serviceAccountName': account,
  },
  'notification.toolkit.fluxcd.io/Receiver': {
    'spec.secretRef': notified,
    'spec.resources[]': { ...events, fails: 'a call triggers nothing of it' },
  },
  [`${images}/ImageRepository`]: ofSource(...logins),
  [`${images}/ImagePolicy`]: {
    'spec.imageRepositoryRef': named(
      `${images}/ImageRepository`,
      'no image is selected ("referenced ImageRepository not found")',
      { refusedBy: 'image-reflector-controller' },
    ),
  },
  [`${images}/ImageUpdateAutomation`]: {
    'spec.sourceRef': source(['GitRepository'], {
      rule: 'references/missing',
      fails: 'nothing is committed ("… not found")',
      refusedBy: 'image-automation-controller',
    }),
    'spec.git.commit.signingKey.secretRef': byHand,
  },
  'fluxcd.controlplane.io/FluxInstance': {
    'spec.sync.pullSecret': login,
    'spec.distribution.artifactPullSecret': login,
  },
  'fluxcd.controlplane.io/ResourceSet': {
    'spec.serviceAccountName': own('/ServiceAccount', 'nothing is applied'),
    'spec.inputsFrom[]': own('fluxcd.controlplane.io/ResourceSetInputProvider', 'nothing is applied'),
  },
  'fluxcd.controlplane.io/ResourceSetInputProvider': { 'spec.secretRef': login, 'spec.certSecretRef': login },
};
