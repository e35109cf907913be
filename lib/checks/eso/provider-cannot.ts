import { type ProviderMisuse, providerMisuses } from '../../graph/external-secrets/provider-misuses';
import { textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const providerCannot: ClusterCheck = {
  id: 'eso/provider-cannot',
  severity: 'error',
  title: 'Reference that the provider of the store cannot do',
  atRunTime:
    'nothing is synced, and the object says why: "not implemented", "unsupported property", "invalid secret reference", …',
  remedy: 'ask the store for what its provider can: docs/constructs/providers.md has a table',
  source: 'docs/constructs/providers.md',
  *check(cluster) {
    for (const misuse of providerMisuses(cluster)) {
      if (misuse.misuse?.isIgnored) continue;
      const { remote, path } = misuse;
      yield { at: { resource: remote.resource, path, on: misuse.cannot ? 'key' : 'value' }, message: message(misuse) };
    }
  },
};

function message({ remote, facts, cannot, misuse, path }: ProviderMisuse): string {
  const { resource, storeKind, storeName, key, property, secretKey } = remote;
  if (cannot !== undefined) return `${cannot}, the provider of ${storeKind} ${storeName}`;
  const given = { key, property, secretKey }[misuse?.field as string] ?? textAt(resource.value, ...path) ?? 'not set';
  return `${misuse?.field} is ${given}, but for ${facts.title} it must be ${misuse?.allowed}`;
}
