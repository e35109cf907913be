import { at, objectAt, textAt } from '../json';
import type { Resource } from '../resource';
import { dataPath, metadataPath } from './api-path';
import type { VaultAccess } from './vault-access';

export type Capability = 'create' | 'read' | 'update' | 'delete' | 'list';

/** What a policy must allow at a path of Vault's API. */
export interface NeededPath {
  /** With `*` at the end for all that begins so. */
  readonly path: string;
  /** In the order in which policies are usually written. */
  readonly capabilities: readonly Capability[];
  /** Who needs it, once for each purpose, in the order of the tree. */
  readonly needs: readonly Need[];
}

/** Why an object needs a path. */
export interface Need {
  /** The object that External Secrets makes the calls for. */
  readonly resource: Resource;
  /** What it does there, as the end of a sentence: "reads it". */
  readonly purpose: string;
  readonly capabilities: readonly Capability[];
}

/** A call of Vault's API that External Secrets makes; undefined path where it makes none, since it refuses the key itself. */
export interface Call extends Need {
  readonly path: string | undefined;
  /** Whether the `*` at its end is meant for all below it; a key may end so, too. */
  readonly below?: true;
}

const order: readonly Capability[] = ['create', 'read', 'update', 'delete', 'list'];

/** The least that External Secrets must be allowed for these reads and writes: each path once, sorted. */
export function neededPolicy(accesses: Iterable<VaultAccess>): NeededPath[] {
  return neededPaths([...accesses].flatMap((access) => [...callsOf(access)]));
}

/**
 * The least that must be allowed for calls, of one store or of stores with one role: each path once, sorted. Of the rules of a
 * policy only the most specific one counts, so one within a folder that secrets are looked for in allows what the folder does, too.
 */
export function neededPaths(calls: Iterable<Call>): NeededPath[] {
  const found = new Map<string, Collected>();
  const folders = new Set<string>();
  for (const { path, below, ...need } of calls) {
    if (path === undefined) continue;
    if (below) folders.add(path);
    const known = found.get(path) ?? { capabilities: new Set(), needs: new Map() };
    found.set(path, known);
    collect(known, { resource: need.resource, purpose: need.purpose, capabilities: need.capabilities });
  }
  for (const folder of folders) {
    const needs = [...(found.get(folder)?.needs.values() ?? [])];
    for (const [path, known] of found) {
      if (path !== folder && isWithin(path, folder)) for (const need of needs) collect(known, need);
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { capabilities, needs }]) => ({
      path,
      capabilities: order.filter((capability) => capabilities.has(capability)),
      needs: [...needs.values()],
    }));
}

interface Collected {
  readonly capabilities: Set<Capability>;
  readonly needs: Map<string, Need>;
}

function collect({ capabilities, needs }: Collected, need: Need): void {
  for (const capability of need.capabilities) capabilities.add(capability);
  const { group, kind, namespace, name } = need.resource;
  needs.set([group, kind, namespace, name, need.purpose, ...need.capabilities].join('\n'), need);
}

/** A secret may be called as a folder is, and a rule for it decides about listing that folder, too. */
function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.slice(0, -1)) || `${path}/*` === folder;
}

/**
 * What External Secrets calls for one read or write.
 *
 * - Read: the values, or with `metadataPolicy: Fetch` the metadata instead; never both. (client_get.go, GetSecret)
 * - Push: it reads the values; where there are some, it reads the metadata to see that they are its own, once more for the version
 *   where check-and-set is required; it writes the mark `managed-by` to the metadata, then the values; either may be there or
 *   not, so each takes create and update. `IfNotExists` reads first, and may write the same. (client_push.go, PushSecret)
 * - Delete: it reads both; with a property it writes back what remains; with the last one, or without a property, it deletes the
 *   values and the metadata. (client_push.go, DeleteSecret)
 * - Version 1 has no metadata: the mark lies among the values.
 */
export function* callsOf(access: VaultAccess): Generator<Call> {
  const { verb, version, property, fetchesMetadata, resource } = access;
  const v2 = version === 'v2';
  const data = dataPath(access);
  const metadata = metadataPath(access);
  const call = (path: string | undefined, purpose: string, ...capabilities: Capability[]): Call => ({
    path,
    purpose,
    capabilities,
    resource,
  });
  if (verb === 'read') {
    if (!fetchesMetadata) yield call(data, 'reads it', 'read');
    // "cannot perform metadata fetch operations with kv version v1"
    else if (v2) yield call(metadata, 'reads its metadata', 'read');
  } else if (verb === 'find') {
    yield* callsOfFind(access);
  } else if (verb === 'push') {
    yield call(data, 'pushes to it', 'create', 'read', 'update');
    if (v2) yield call(metadata, 'marks it as managed by External Secrets', 'create', 'read', 'update');
    else yield call(metadata, 'looks for the mark of External Secrets', 'read');
  } else {
    const rewrites: Capability[] = property ? ['update'] : [];
    yield call(data, 'deletes what it pushed', 'read', ...rewrites, 'delete');
    if (v2) yield call(metadata, 'deletes what it pushed', 'read', 'delete');
    else yield call(metadata, 'looks for the mark of External Secrets', 'read');
  }
}

/**
 * Folders are listed one after the other, then each secret whose name fits is read. Without a name it is found by its tags, for
 * which the metadata of each is read first; with both, tags are not looked at. (client_get_all_secrets.go, GetAllSecrets)
 */
function* callsOfFind(access: VaultAccess): Generator<Call> {
  const { resource, path, version } = access;
  const find = path.slice(0, -1);
  const byName = objectAt(resource.value, ...find, 'name') !== undefined;
  // "cannot perform find by tag operations with kv version v1"
  if (version === 'v1' && at(resource.value, ...find, 'tags') !== undefined) return;
  const folder = { ...access, key: textAt(resource.value, ...find, 'path') === undefined ? '' : `${access.key}/` };
  const metadata = metadataPath(folder);
  if (metadata === undefined) return;
  const all = { resource, below: true } as const;
  yield { ...all, path: `${metadata}*`, purpose: 'looks for secrets there', capabilities: ['list'] };
  if (!byName) yield { ...all, path: `${metadata}*`, purpose: 'looks for tags there', capabilities: ['read'] };
  yield { ...all, path: `${dataPath(folder)}*`, purpose: 'reads what it finds there', capabilities: ['read'] };
}
