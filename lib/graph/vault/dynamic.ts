import type { JsonObject, Path } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import type { Capability } from '../../systems/external-secrets/vault-calls';
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

/** What each method needs; whatever else it says is a write. (external-secrets generators/v1/vault/vault.go, fetchVaultSecret) */
const capabilities: Readonly<Record<string, readonly Capability[]>> = {
  GET: ['read'],
  LIST: ['list'],
  DELETE: ['delete'],
};

/** The VaultDynamicSecrets of a cluster, those of ClusterGenerators among them. */
export function dynamicSecrets(cluster: Cluster): DynamicSecret[] {
  const group = 'generators.external-secrets.io';
  return [
    ...cluster.ofKind(group, 'VaultDynamicSecret').flatMap((resource) => dynamicSecret(resource, ['spec'])),
    ...cluster
      .ofKind(group, 'ClusterGenerator')
      .flatMap((resource) => dynamicSecret(resource, ['spec', 'generator', 'vaultDynamicSecretSpec'])),
  ];
}

function dynamicSecret(resource: Resource, spec: Path): DynamicSecret[] {
  const provider = objectAt(resource.value, ...spec, 'provider');
  const path = textAt(resource.value, ...spec, 'path');
  if (provider === undefined || path === undefined) return [];
  const method = textAt(resource.value, ...spec, 'method') || 'GET';
  const needed = Object.hasOwn(capabilities, method) ? capabilities[method] : undefined;
  const call = {
    resource,
    path: path.replace(/\/{2,}/g, '/').replace(/^\//, ''),
    purpose: 'asks for credentials there',
    capabilities: needed ?? (['create', 'update'] as const),
  };
  return [{ resource, provider, calls: [call] }];
}
