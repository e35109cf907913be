import type { Cluster, Lookup } from '../../graph/cluster';
import { type Asked, allAsked } from '../../graph/external-secrets/specs';
import { storeRefs } from '../../graph/external-secrets/stores';
import { describe, step } from '../../graph/identity';
import { isMisspelt } from '../../graph/misspelt';
import { isKnown } from '../../graph/substitution';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import type { StoreRef } from '../../systems/external-secrets/stores';
import type { ClusterCheck, Problem } from '../check';
import { hintFor } from '../hint';
import { type MayHaveFix, namesWritten, respelled, setting } from '../meant';
import { missingUnless } from '../unless';

export const storeMissing: ClusterCheck = {
  id: 'eso/store-missing',
  severity: 'error',
  title: 'Store that does not exist',
  atRunTime: 'nothing is synced: "could not get SecretStore …, SecretStore.external-secrets.io … not found"',
  remedy: 'correct the name or kind of the reference: without a kind it means a SecretStore in the same namespace',
  fixes:
    'set the kind to ClusterSecretStore where only one of these has the name; write the one name that is a slip away',
  source: 'external-secrets pkg/controllers/secretstore/client_manager.go (getStore)',
  *check(cluster) {
    for (const asked of allAsked(cluster)) {
      for (const ref of storeRefs(asked)) {
        const problem = problemOf(cluster, asked, ref);
        if (problem !== undefined) yield problem;
      }
    }
  },
};

function problemOf(cluster: Cluster, asked: Asked, ref: StoreRef): Problem | undefined {
  const { resource } = asked;
  const { kind, name, path } = ref;
  if (name === undefined) {
    const on = path.length > asked.path.length ? 'value' : 'key';
    return { at: { resource, path, on }, message: `${describe(resource)} names no store` };
  }
  if (!isKnown(name) || (kind !== 'SecretStore' && kind !== 'ClusterSecretStore')) return undefined;
  // What labels select may be in any namespace.
  for (const namespace of kind === 'ClusterSecretStore' ? [''] : asked.namespaces) {
    const store = { group: externalSecretsGroup, kind, namespace, name };
    const found = cluster.lookup(store);
    const meant = meansOther(cluster, ref, found) || isMisspelt(cluster, found, store);
    const unless = meant ? {} : missingUnless(found, store);
    if (unless === undefined) continue;
    const where = namespace === '' ? '' : ` in namespace ${namespace}`;
    return {
      at: { resource, path: [...path, 'name'] },
      severity: found.state === 'absent' ? 'error' : 'warning',
      message: `there is no ${kind} ${name}${where}${hint(cluster, ref, namespace)}`,
      chain: [step(resource), `${kind}/${name}`],
      ...meantStore(cluster, ref, namespace),
      ...unless,
    };
  }
  return undefined;
}

/** A chart may bring a SecretStore; one called as a ClusterSecretStore is, and without a kind said, is not what is meant. */
function meansOther(cluster: Cluster, { said, name = '' }: StoreRef, found: Lookup): boolean {
  if (said || found.state !== 'unknown') return false;
  return found.by?.helm === true && named(cluster, 'ClusterSecretStore', name);
}

function named(cluster: Cluster, kind: string, name: string): boolean {
  return cluster.ofKind(externalSecretsGroup, kind).some((store) => store.name === name);
}

function meantStore(cluster: Cluster, { kind, said, name = '', path }: StoreRef, namespace: string): MayHaveFix {
  if (kind === 'SecretStore' && named(cluster, 'ClusterSecretStore', name)) {
    // One of that name in another namespace may be meant as well.
    if (said && named(cluster, 'SecretStore', name)) return {};
    return setting([...path, 'kind'], 'ClusterSecretStore', ['name']);
  }
  const others = cluster.ofKind(externalSecretsGroup, kind).filter((store) => store.namespace === namespace);
  return respelled([...path, 'name'], name, namesWritten(others));
}

function hint(cluster: Cluster, { kind, said, name = '' }: StoreRef, namespace: string): string {
  const other = kind === 'SecretStore' ? 'ClusterSecretStore' : 'SecretStore';
  if (kind === 'SecretStore' && named(cluster, other, name)) {
    return `; there is a ClusterSecretStore with that name: ${said ? 'write' : 'add'} kind: ClusterSecretStore`;
  }
  const meant = hintFor({ namespace, name }, cluster.ofKind(externalSecretsGroup, kind));
  if (meant !== '') return meant;
  return kind === 'ClusterSecretStore' && named(cluster, other, name) ? '; there is a SecretStore with that name' : '';
}
