import { objectAt } from '../../json/read';
import { type Capability, type VaultCall, vaultCalls } from '../../systems/external-secrets/vault-calls';
import { identityKey } from '../identity';
import type { Resource } from '../resource';
import type { VaultAccess } from './vault-access';

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

/** A call of Vault's API, and the object that External Secrets makes it for. */
export type Call = Need & VaultCall;

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

/** What External Secrets calls for one read or write. */
export function callsOf(access: VaultAccess): Call[] {
  const { resource, path } = access;
  return vaultCalls(access, objectAt(resource.value, ...path.slice(0, -1))).map((call) => ({ ...call, resource }));
}
