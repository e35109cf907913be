import type { JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { backend, storageClass } from './kubernetes';
import { named, own, type Row, type Rows, secret, secretKey } from './row';

/** What the kinds of other operators refer to. */

/** cert-manager 1.19 (pkg/apis/certmanager/v1): an issuer of another group is none of its own. */
const certManager = 'cert-manager.io';
const issuer: Row = own(
  [`${certManager}/Issuer`, `${certManager}/ClusterIssuer`],
  'no certificate is issued ("Referenced issuer not found")',
);
const issuerCredentials: Rows = {
  'spec.**secretRef': secretKey('credentials', { namespace: 'own' }),
  'spec.ca.secretName': secret('certificate', { namespace: 'own' }),
  'spec.vault.auth.kubernetes.serviceAccountRef': own('/ServiceAccount', 'the issuer cannot log in'),
};

/** KEDA 2.18 (apis/keda/v1alpha1). */
const triggers: Row = own(
  ['keda.sh/TriggerAuthentication', 'keda.sh/ClusterTriggerAuthentication'],
  'the trigger cannot log in',
);

/** VolSync 0.14 (api/v1alpha1): each mover reads its repository, and what it makes volumes of. */
const snapshotClass = own('snapshot.storage.k8s.io/VolumeSnapshotClass', 'no snapshot is taken');
const mover: Rows = {
  'spec.*.repository': secret('credentials', { namespace: 'own' }),
  'spec.*.storageClassName': storageClass,
  'spec.*.cacheStorageClassName': storageClass,
  'spec.*.volumeSnapshotClassName': snapshotClass,
  'spec.*.moverServiceAccount': own('/ServiceAccount', 'no mover starts'),
  'spec.*.customCA': secret('certificate', { namespace: 'own', name: 'secretName' }),
  'spec.rsyncTLS.keySecret': secret('credentials', { namespace: 'own' }),
  'spec.rclone.rcloneConfig': secret('credentials', { namespace: 'own' }),
};

/** Kyverno 1.16 (api/kyverno/v2): a policy of the cluster, or `namespace/name`. */
function policyNamed(text: string) {
  const [namespace = '', name] = text.split('/');
  return name === undefined ? { kind: 'ClusterPolicy', name: text } : { kind: 'Policy', namespace, name };
}

/** The rules of a policy, and those that Kyverno makes of them for the controllers of pods. */
function rulesOf(policy: JsonObject) {
  const names = listAt(policy, 'spec', 'rules').flatMap((rule) => textAt(rule, 'name') ?? []);
  return names.flatMap((name) => [name, `autogen-${name}`, `autogen-cronjob-${name}`]);
}

/** Traefik 3.6: what a provider makes is called `name@provider`. */
const traefik = 'traefik.io';
const withoutProvider = (text: string) => (text.includes('@') ? undefined : { name: text });
const ofRoute: Rows = {
  'spec.routes[].middlewares[]': named(
    `${traefik}/Middleware`,
    'the route answers 404 ("middleware … does not exist")',
    {
      read: withoutProvider,
    },
  ),
  'spec.routes[].services[]': named('/Service', undefined, { ...backend, read: withoutProvider }),
  'spec.tls.secretName': secret('tls', { namespace: 'own' }),
};

/** Prometheus' operator 0.87 (pkg/apis/monitoring/v1). */
const monitored: Rows = {
  'spec.endpoints[].basicAuth.username': secretKey('credentials'),
  'spec.endpoints[].basicAuth.password': secretKey('credentials'),
  'spec.endpoints[].bearerTokenSecret': secretKey('credentials'),
  'spec.endpoints[].authorization.credentials': secretKey('credentials'),
  'spec.endpoints[].tlsConfig.ca.secret': secretKey('certificate'),
  'spec.endpoints[].tlsConfig.cert.secret': secretKey('certificate'),
  'spec.endpoints[].tlsConfig.keySecret': secretKey('certificate'),
};

export const others: Readonly<Record<string, Rows>> = {
  [`${certManager}/Certificate`]: {
    'spec.issuerRef': issuer,
    'spec.keystores.*.passwordSecretRef': secretKey('credentials', { namespace: 'own' }),
  },
  [`${certManager}/CertificateRequest`]: { 'spec.issuerRef': issuer },
  [`${certManager}/Issuer`]: issuerCredentials,

  'keda.sh/ScaledObject': {
    'spec.scaleTargetRef': own(['apps/Deployment', 'apps/StatefulSet'], 'nothing is scaled ("ScaleTargetCheckFailed")'),
    'spec.triggers[].authenticationRef': triggers,
  },
  'keda.sh/ScaledJob': { 'spec.triggers[].authenticationRef': triggers },
  'keda.sh/TriggerAuthentication': { 'spec.secretTargetRef[]': secretKey('credentials', { namespace: 'own' }) },

  'kyverno.io/PolicyException': {
    'spec.exceptions[]': named(['kyverno.io/ClusterPolicy', 'kyverno.io/Policy'], 'the exception has no effect', {
      name: 'policyName',
      read: policyNamed,
      parts: [{ field: 'ruleNames', what: 'rule', of: rulesOf, fails: 'the exception has no effect' }],
    }),
  },

  'volsync.backube/ReplicationSource': {
    ...mover,
    'spec.sourcePVC': own('/PersistentVolumeClaim', 'nothing is copied ("PersistentVolumeClaim … not found")'),
  },
  'volsync.backube/ReplicationDestination': {
    ...mover,
    'spec.*.destinationPVC': own('/PersistentVolumeClaim', 'nothing is copied ("PersistentVolumeClaim … not found")'),
  },

  'monitoring.coreos.com/ServiceMonitor': monitored,

  [`${traefik}/IngressRoute`]: ofRoute,
  [`${traefik}/IngressRouteTCP`]: ofRoute,
  [`${traefik}/Middleware`]: {
    'spec.basicAuth.secret': secret('credentials', { namespace: 'own' }),
    'spec.digestAuth.secret': secret('credentials', { namespace: 'own' }),
    'spec.chain.middlewares[]': named(`${traefik}/Middleware`, 'the route answers 404', { read: withoutProvider }),
  },

  'metallb.io/L2Advertisement': {
    'spec.ipAddressPools[]': own('metallb.io/IPAddressPool', 'none of its addresses is announced'),
  },
  'metallb.io/BGPAdvertisement': {
    'spec.ipAddressPools[]': own('metallb.io/IPAddressPool', 'none of its addresses is announced'),
  },
};
