import { type GroupKind, groupKind } from '../api-version';
import { secretsMade } from '../cnpg/made';
import { isFluxGroup, isKubernetesGroup } from '../kinds/groups';
import { annotated, certificate, issuer } from './cert-manager';
import { clusterExternalSecret, externalSecret } from './external-secret';
import type { FindGenerator, KubernetesObject, Made, Makes } from './made';
import {
  bucketClaim,
  bundle,
  clusterSecret,
  named,
  ofItsOwnName,
  postgresUser,
  sealedSecret,
  secretProviderClass,
  sopsSecret,
  terraform,
  vaultSecret,
} from './others';
import { configMap, secret } from './plain';

/** What each kind makes, by `group/kind`. */
const byKind: ReadonlyMap<string, Makes> = new Map(
  Object.entries<Makes>({
    '/Secret': secret,
    '/ConfigMap': configMap,
    'external-secrets.io/ExternalSecret': externalSecret,
    'external-secrets.io/ClusterExternalSecret': clusterExternalSecret,
    'postgresql.cnpg.io/Cluster': ({ value }) => secretsMade(value),
    'cert-manager.io/Certificate': certificate,
    'cert-manager.io/Issuer': issuer,
    'cert-manager.io/ClusterIssuer': issuer,
    'networking.k8s.io/Ingress': annotated,
    'gateway.networking.k8s.io/Gateway': annotated,
    'bitnami.com/SealedSecret': sealedSecret,
    'secrets.hashicorp.com/VaultStaticSecret': vaultSecret,
    'secrets.hashicorp.com/VaultDynamicSecret': vaultSecret,
    'secrets.hashicorp.com/VaultPKISecret': vaultSecret,
    'isindir.github.com/SopsSecret': sopsSecret,
    'trust.cert-manager.io/Bundle': bundle,
    'onepassword.com/OnePasswordItem': ofItsOwnName,
    'kafka.strimzi.io/KafkaUser': ofItsOwnName,
    'ricoberger.de/VaultSecret': ofItsOwnName,
    'koudingspawn.de/Vault': ofItsOwnName,
    'secretgenerator.mittwald.de/StringSecret': ofItsOwnName,
    'secretgenerator.mittwald.de/BasicAuth': ofItsOwnName,
    'clustersecret.io/ClusterSecret': clusterSecret,
    'objectbucket.io/ObjectBucketClaim': bucketClaim,
    'secrets-store.csi.x-k8s.io/SecretProviderClass': secretProviderClass,
    'infra.contrib.fluxcd.io/Terraform': terraform,
    'k8s.bitwarden.com/BitwardenSecret': named(['spec', 'secretName']),
    'secrets.infisical.com/InfisicalSecret': named(
      ['spec', 'managedSecretReference', 'secretName'],
      ['spec', 'managedSecretReference', 'secretNamespace'],
    ),
    'secrets.doppler.com/DopplerSecret': named(
      ['spec', 'managedSecret', 'name'],
      ['spec', 'managedSecret', 'namespace'],
    ),
    'db.movetokube.com/PostgresUser': postgresUser,
    'spv.no/AzureKeyVaultSecret': named(['spec', 'output', 'secret', 'name']),
  }),
);

/** Every Secret and ConfigMap that an object makes. */
export function madeBy(object: KubernetesObject, find: FindGenerator): Iterable<Made> {
  return byKind.get(groupKind(object))?.(object, find) ?? [];
}

/** Whether it is known that objects of a kind make Secrets or ConfigMaps, and which. */
export function isProducer(kind: GroupKind): boolean {
  return byKind.has(groupKind(kind));
}

/** Kinds of which it is known what Secrets they make: no others are guessed at. */
export function isUnderstood(kind: GroupKind): boolean {
  const { group } = kind;
  // Dashboards, folders and alerts of Grafana's operator make none.
  if (group === 'grafana.integreatly.org' && kind.kind !== 'Grafana') return true;
  return isUnderstoodGroup(group) || byKind.has(groupKind(kind)) || refersOnly.has(groupKind(kind));
}

/** Kinds that make neither Secrets nor Services nor pods: they refer to what others make. */
const refersOnly = new Set([
  ...['keda.sh/ScaledObject', 'keda.sh/TriggerAuthentication', 'keda.sh/ClusterTriggerAuthentication'],
  ...['volsync.backube/ReplicationSource', 'volsync.backube/ReplicationDestination'],
  ...['monitoring.coreos.com/ServiceMonitor', 'monitoring.coreos.com/PodMonitor'],
  ...['monitoring.coreos.com/PrometheusRule', 'monitoring.coreos.com/Probe', 'monitoring.coreos.com/ScrapeConfig'],
  ...['kyverno.io/ClusterPolicy', 'kyverno.io/Policy', 'kyverno.io/PolicyException'],
  ...['traefik.io/IngressRoute', 'traefik.io/IngressRouteTCP', 'traefik.io/Middleware'],
  ...['gateway.envoyproxy.io/SecurityPolicy', 'gateway.envoyproxy.io/BackendTrafficPolicy'],
  'gateway.envoyproxy.io/ClientTrafficPolicy',
  // What a ResourceSet makes is unfolded, or is an unknown source.
  ...['fluxcd.controlplane.io/ResourceSetInputProvider', 'fluxcd.controlplane.io/ResourceSet'],
  'fluxcd.controlplane.io/FluxInstance',
  ...['metallb.io/IPAddressPool', 'metallb.io/L2Advertisement', 'metallb.io/BGPAdvertisement'],
]);

/** The groups of Kubernetes, Flux, External Secrets and CloudNativePG. */
export function isUnderstoodGroup(group: string): boolean {
  return isKubernetesGroup(group) || isFluxGroup(group) || /(?:^|\.)(?:external-secrets|cnpg)\.io$/.test(group);
}

/**
 * Groups whose objects are about others, and make no Secret called by their name: networks, routes, what is watched, scaled or backed up.
 */
const aboutOthers =
  /(?:^|\.)(?:cilium\.io|projectcalico\.org|crd\.projectcalico\.org|istio\.io|linkerd\.io|envoyproxy\.io|traefik\.io|traefik\.containo\.us|nginx\.org|haproxy\.org|konghq\.com|cni\.cncf\.io|metallb\.io|monitoring\.coreos\.com|victoriametrics\.com|grafana\.com|keda\.sh|kyverno\.io|gatekeeper\.sh|longhorn\.io|volsync\.backube|velero\.io|flagger\.app|descheduler\.io|kured\.dev|cattle\.io|karpenter\.sh|k8s\.aws)$/;

/**
 * Whether a name begins with that of an object, as most operators call the Secrets that they make of one: `shop-es-elastic-user`,
 * `shop-default-user`; Zalando's puts the role before it: `app.shop-db.credentials.postgresql.acid.zalan.do`.
 */
export function begins(name: string, object: Pick<KubernetesObject, 'group' | 'name'>): boolean {
  const isOf = name.startsWith(`${object.name}-`) || name.includes(`.${object.name}.credentials.`);
  return isOf && !aboutOthers.test(object.group);
}
