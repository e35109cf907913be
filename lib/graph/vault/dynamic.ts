import type { JsonObject, Path } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { generatorGroup } from '../../systems/external-secrets/spec';
import { capabilitiesOfGenerator } from '../../systems/external-secrets/vault-calls';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import type { Call } from './needed';

/** A generator that asks Vault for credentials, with settings of its own. */
export interface DynamicSecret {
  readonly resource: Resource;
  /** How it logs in: `spec.provider`. */
  readonly provider: JsonObject;
  readonly calls: readonly Call[];
}

/** The VaultDynamicSecrets of a cluster, those of ClusterGenerators among them. */
export function dynamicSecrets(cluster: Cluster): DynamicSecret[] {
  return [
    ...cluster.ofKind(generatorGroup, 'VaultDynamicSecret').flatMap((resource) => dynamicSecret(resource, ['spec'])),
    ...cluster
      .ofKind(generatorGroup, 'ClusterGenerator')
      .flatMap((resource) => dynamicSecret(resource, ['spec', 'generator', 'vaultDynamicSecretSpec'])),
  ];
}

function dynamicSecret(resource: Resource, spec: Path): DynamicSecret[] {
  const provider = objectAt(resource.value, ...spec, 'provider');
  const path = textAt(resource.value, ...spec, 'path');
  if (provider === undefined || path === undefined) return [];
  const call = {
    resource,
    path: path.replace(/\/{2,}/g, '/').replace(/^\//, ''),
    purpose: 'asks for credentials there',
    capabilities: capabilitiesOfGenerator(textAt(resource.value, ...spec, 'method')),
  };
  return [{ resource, provider, calls: [call] }];
}
