import { type Asked, externalSecrets, pushSecrets } from '../graph/external-secrets/specs';
import { storeRefs } from '../graph/external-secrets/stores';
import type { Resource } from '../graph/resource';
import type { Side } from './side';

/** What reads from, or writes to, a store of External Secrets. */
export function usersOfStore(store: Resource, side: Pick<Side, 'cluster'> | undefined): readonly Resource[] {
  if (side === undefined) return [];
  return [...externalSecrets(side.cluster), ...pushSecrets(side.cluster)]
    .filter((asked) => usesStore(asked, store))
    .map(({ resource }) => resource);
}

function usesStore(asked: Asked, { kind, name, namespace }: Resource): boolean {
  if (kind === 'SecretStore' && !asked.namespaces.includes(namespace)) return false;
  return [...storeRefs(asked)].some((ref) => ref.name === name && ref.kind === kind);
}
