import { groupKind } from '../../identity';
import type { Resource } from '../../resource';
import type { Producer } from '../secret-index';
import { annotated, certificate, issuer } from './cert-manager';
import { cluster } from './cnpg';
import { clusterExternalSecret, externalSecret } from './external-secret';
import { bundle, ofItsOwnName, sealedSecret, sopsSecret, vaultSecret } from './others';
import { configMap, secret } from './plain';
import type { FindGenerator, Produce } from './producer';

/** What each kind makes, by `group/kind`. */
const byKind: ReadonlyMap<string, Produce> = new Map(
  Object.entries<Produce>({
    '/Secret': secret,
    '/ConfigMap': configMap,
    'external-secrets.io/ExternalSecret': externalSecret,
    'external-secrets.io/ClusterExternalSecret': clusterExternalSecret,
    'postgresql.cnpg.io/Cluster': cluster,
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
  }),
);

/** Every Secret and ConfigMap that objects of a tree make. */
export function producersIn(resources: Iterable<Resource>, find: FindGenerator): Producer[] {
  const found: Producer[] = [];
  for (const resource of resources) {
    byKind.get(groupKind(resource))?.(resource, found, find);
  }
  return found;
}

/** Kinds of which it is known what Secrets they make: no others are guessed at. */
export function isUnderstood(resource: Resource): boolean {
  const { group } = resource;
  let all = understood.get(group);
  if (all === undefined) {
    all = understoodGroups.test(group);
    understood.set(group, all);
  }
  return all || byKind.has(groupKind(resource));
}

/** Whether all kinds of a group are: a tree has many objects of a few groups. */
const understood = new Map<string, boolean>();

const understoodGroups =
  /^$|^(?:apps|batch|autoscaling|policy)$|\.k8s\.io$|\.toolkit\.fluxcd\.io$|(?:^|\.)external-secrets\.io$|(?:^|\.)cnpg\.io$/;
