import { objectAt } from '../json';
import { dataPath, metadataPath } from './api-path';
import type { VaultAccess } from './vault-access';

export type Capability = 'create' | 'read' | 'update' | 'delete' | 'list';

/** What a policy must allow at a path of Vault's API. */
export interface NeededPath {
  /** With `*` at the end for all that begins so. */
  readonly path: string;
  /** In the order in which policies are usually written. */
  readonly capabilities: readonly Capability[];
  /** What needs it. */
  readonly accesses: readonly VaultAccess[];
}

const order: readonly Capability[] = ['create', 'read', 'update', 'delete', 'list'];

/**
 * The least that External Secrets must be allowed for these reads and writes: each path once, sorted. The accesses are of one
 * store, or of stores with one role. (providers/v1/vault/client_get.go, client_get_all_secrets.go, client_push.go)
 */
export function neededPolicy(accesses: Iterable<VaultAccess>): NeededPath[] {
  const found = new Map<string, { capabilities: Set<Capability>; accesses: Set<VaultAccess> }>();
  for (const access of accesses) {
    for (const [path, ...capabilities] of callsOf(access)) {
      if (path === undefined) continue;
      const known = found.get(path) ?? { capabilities: new Set(), accesses: new Set() };
      found.set(path, known);
      for (const capability of capabilities) known.capabilities.add(capability);
      known.accesses.add(access);
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, needed]) => ({
      path,
      capabilities: order.filter((capability) => needed.capabilities.has(capability)),
      accesses: [...needed.accesses],
    }));
}

type Call = readonly [path: string | undefined, ...capabilities: Capability[]];

function* callsOf(access: VaultAccess): Generator<Call> {
  const { verb, version, property, fetchesMetadata } = access;
  const v2 = version === 'v2';
  const data = dataPath(access);
  const metadata = metadataPath(access);
  if (verb === 'read') {
    // Metadata is read instead of the values, not besides them.
    yield fetchesMetadata ? [metadata, 'read'] : [data, 'read'];
  } else if (verb === 'find') {
    yield* callsOfFind(access);
  } else if (verb === 'push') {
    yield [data, 'create', 'read', 'update'];
    // In version 1 the mark `managed-by` lies among the values.
    yield v2 ? [metadata, 'create', 'read', 'update'] : [metadata, 'read'];
  } else {
    yield property === undefined ? [data, 'read', 'delete'] : [data, 'read', 'update', 'delete'];
    yield v2 ? [metadata, 'read', 'delete'] : [metadata, 'read'];
  }
}

/** Folders are listed one after the other, then each secret is read; by tags, the metadata of each as well. */
function* callsOfFind(access: VaultAccess): Generator<Call> {
  const below = { ...access, key: access.key === '' ? '' : `${access.key}/` };
  const metadata = metadataPath(below);
  const byTags = objectAt(access.resource.value, ...access.path.slice(0, -1), 'tags') !== undefined;
  yield [metadata === undefined ? undefined : `${metadata}*`, 'list', ...(byTags ? (['read'] as const) : [])];
  yield [`${dataPath(below)}*`, 'read'];
}
