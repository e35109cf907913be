import { at, objectAt, textAt } from '../../json/read';
import { identityKey } from '../identity';
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

/** The calls that External Secrets makes for its own token, which Vault's `default` policy allows every token. */
export const selfCalls: readonly { readonly path: string; readonly capabilities: readonly Capability[] }[] = [
  { path: 'auth/token/lookup-self', capabilities: ['read'] },
  { path: 'auth/token/revoke-self', capabilities: ['update'] },
];

const order: readonly Capability[] = ['create', 'read', 'update', 'delete', 'list'];

/** The least that External Secrets must be allowed for these reads and writes: each path once, sorted. */
export function neededPolicy(accesses: Iterable<VaultAccess>): NeededPath[] {
  return neededPaths([...accesses].flatMap(callsOf));
}

/**
 * The least that must be allowed for calls, of one store or of stores with one role: each path once, sorted. Of the rules of a
 * policy only the most specific one counts, so one within a folder that secrets are looked for in allows what the folder does, too.
 */
export function neededPaths(calls: Iterable<Call>): NeededPath[] {
  const found = new Map<string, Collected>();
  const folders = new Set<string>();
  for (const { path, below, resource, purpose, capabilities } of calls) {
    if (path === undefined) continue;
    if (below) folders.add(path);
    let known = found.get(path);
    if (known === undefined) {
      known = { capabilities: new Set(), needs: new Map() };
      found.set(path, known);
    }
    collect(known, { resource, purpose, capabilities });
  }
  for (const folder of folders) {
    const needs = [...(found.get(folder)?.needs.values() ?? [])];
    for (const [path, known] of found) {
      if (path !== folder && isWithin(path, folder)) for (const need of needs) collect(known, need);
    }
  }
  return [...found]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
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
  needs.set(`${identityKey(need.resource)}\n${need.purpose}\n${need.capabilities.join()}`, need);
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
 *   where check-and-set is required; it writes the mark `managed-by` to the metadata, which may be there or not, then the
 *   values. Where the metadata exists, Vault asks for `update` on the values, never for `create` (seen with OpenBao 2.6 and every state of a
 *   secret). `IfNotExists` reads first, and may write the same. (client_push.go of External Secrets 2.9, PushSecret)
 * - Delete: it reads both; with a property it writes back what remains; with the last one, or without a property, it deletes the
 *   values and the metadata. (client_push.go, DeleteSecret)
 * - Version 1 has no metadata: the mark lies among the values.
 */
export function callsOf(access: VaultAccess): Call[] {
  const { verb, version, property, fetchesMetadata, resource } = access;
  if (verb === 'find') return callsOfFind(access);
  const v2 = version === 'v2';
  const data = (purpose: string, ...capabilities: Capability[]): Call => {
    return { path: dataPath(access), purpose, capabilities, resource };
  };
  const metadata = (purpose: string, ...capabilities: Capability[]): Call => {
    return { path: metadataPath(access), purpose, capabilities, resource };
  };
  if (verb === 'read') {
    if (!fetchesMetadata) return [data('reads it', 'read')];
    // "cannot perform metadata fetch operations with kv version v1"
    return v2 ? [metadata('reads its metadata', 'read')] : [];
  }
  if (verb === 'push') {
    return [
      v2 ? data('pushes to it', 'read', 'update') : data('pushes to it', 'create', 'read', 'update'),
      v2
        ? metadata('marks it as managed by External Secrets', 'create', 'read', 'update')
        : metadata('looks for the mark of External Secrets', 'read'),
    ];
  }
  const rewrites: Capability[] = property ? ['update'] : [];
  return [
    data('deletes what it pushed', 'read', ...rewrites, 'delete'),
    v2
      ? metadata('deletes what it pushed', 'read', 'delete')
      : metadata('looks for the mark of External Secrets', 'read'),
  ];
}

/**
 * Folders are listed one after the other, then each secret whose name fits is read. Without a name it is found by its tags, for
 * which the metadata of each is read first; with both, tags are not looked at. (client_get_all_secrets.go, GetAllSecrets)
 */
function callsOfFind(access: VaultAccess): Call[] {
  const { resource, path, version } = access;
  const find = path.slice(0, -1);
  const byName = objectAt(resource.value, ...find, 'name') !== undefined;
  // "cannot perform find by tag operations with kv version v1"
  if (version === 'v1' && at(resource.value, ...find, 'tags') !== undefined) return [];
  const folder = { ...access, key: textAt(resource.value, ...find, 'path') === undefined ? '' : `${access.key}/` };
  const metadata = metadataPath(folder);
  if (metadata === undefined) return [];
  const call = (path: string, purpose: string, capability: Capability): Call => {
    return { path: `${path}*`, purpose, capabilities: [capability], resource, below: true };
  };
  return [
    call(metadata, 'looks for secrets there', 'list'),
    ...(byName ? [] : [call(metadata, 'looks for tags there', 'read')]),
    call(dataPath(folder), 'reads what it finds there', 'read'),
  ];
}
