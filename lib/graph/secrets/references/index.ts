import { groupKind } from '../../../systems/api-version';
import { podTemplatePath } from '../../../systems/kinds/kinds';
import type { Resource } from '../../resource';
import type { SecretReference } from '../secret-index';
import * as cnpg from './cnpg';
import { externalSecret, pushSecret, store } from './external-secrets';
import { fluxObject, gateway, helmRelease, ingress, notification } from './others';
import { pods, serviceAccounts } from './pods';
import type { Refer } from './reference';

/** What each kind reads that runs no pods, by `group/kind`. */
const byKind: ReadonlyMap<string, Refer> = new Map(
  Object.entries<Refer>({
    '/ServiceAccount': serviceAccounts,
    'networking.k8s.io/Ingress': ingress,
    'gateway.networking.k8s.io/Gateway': gateway,
    'external-secrets.io/ExternalSecret': externalSecret,
    'external-secrets.io/PushSecret': pushSecret,
    'external-secrets.io/SecretStore': store,
    'external-secrets.io/ClusterSecretStore': store,
    'postgresql.cnpg.io/Cluster': cnpg.cluster,
    'postgresql.cnpg.io/Pooler': cnpg.pooler,
    'barmancloud.cnpg.io/ObjectStore': cnpg.objectStore,
    'helm.toolkit.fluxcd.io/HelmRelease': helmRelease,
    'kustomize.toolkit.fluxcd.io/Kustomization': fluxObject,
    'source.toolkit.fluxcd.io/GitRepository': fluxObject,
    'source.toolkit.fluxcd.io/HelmRepository': fluxObject,
    'source.toolkit.fluxcd.io/OCIRepository': fluxObject,
    'source.toolkit.fluxcd.io/Bucket': fluxObject,
    'notification.toolkit.fluxcd.io/Provider': notification,
    'notification.toolkit.fluxcd.io/Receiver': notification,
  }),
);

/** Every Secret and ConfigMap that objects of a tree read. */
export function referencesIn(resources: Iterable<Resource>): SecretReference[] {
  const found: SecretReference[] = [];
  for (const resource of resources) {
    if (podTemplatePath(resource) !== undefined) pods(resource, found);
    else byKind.get(groupKind(resource))?.(resource, found);
  }
  return found;
}
