import type { Json, Path } from '../../json/json';
import { listAt, objectAt, textAt, textsIn } from '../../json/read';
import type { ParseHcl } from '../../systems/vault/hcl';
import { type PolicyRule, readPolicy } from '../../systems/vault/policy';
import { memoize } from '../../text/memoize';
import type { SourceTree } from '../../tree/source/source';
import { checkedFolders } from '../checked-folders';
import type { Cluster } from '../cluster';
import type { Graph } from '../graph';
import type { Resource } from '../resource';

/** A policy of Vault that the tree holds. */
export interface VaultPolicy {
  readonly name: string;
  readonly rules: readonly PolicyRule[];
  /** What it stands in, as a step of a chain: "Policy/shop", "vault/shop.hcl". */
  readonly where: string;
  /** Whether an operator writes it to Vault once Flux has applied it; of a file, a person does. */
  readonly applied: boolean;
}

/** A role of Vault's Kubernetes auth method that the tree holds. Of what an object leaves to a selector nothing is known. */
export interface VaultRole {
  readonly name: string;
  /** Where the auth method is mounted: `kubernetes` unless it says otherwise. */
  readonly mount: string;
  readonly policies: readonly string[];
  readonly serviceAccounts: readonly string[] | undefined;
  readonly namespaces: readonly string[] | undefined;
  readonly withoutDefaultPolicy: boolean;
  readonly resource: Resource;
  readonly path: Path;
}

/**
 * The policies of a tree: of operators' objects, of ConfigMaps, and of .hcl files beside the manifests. One that cannot be read
 * has no rules.
 */
export function vaultPolicies(cluster: Cluster, { tree, hcl }: Pick<Graph, 'tree' | 'hcl'>): VaultPolicy[] {
  return [...ofOperators(cluster, hcl), ...ofConfigMaps(cluster, hcl), ...inFiles(tree, hcl)];
}

/** Whether a tree may hold policies in HCL, for which the parser must be loaded. */
export function mayHoldHcl(tree: SourceTree): boolean {
  for (const { text } of tree.files.values()) if (mayBePolicy(text)) return true;
  return hclFiles(tree).length > 0;
}

/** Whether an object may hold a policy in HCL. */
export function objectMayHoldHcl(value: Json): boolean {
  const kind = textAt(value, 'kind');
  if (kind !== 'ConfigMap' && kind !== 'Policy' && kind !== 'Vault') return false;
  for (const { text } of textsIn(value)) if (mayBePolicy(text)) return true;
  return false;
}

function mayBePolicy(text: string): boolean {
  return text.includes('capabilities') || hasPaths(text);
}

function hasPaths(text: string): boolean {
  return /\bpath\s+"/.test(text);
}

function* ofOperators(cluster: Cluster, hcl: ParseHcl | undefined): Generator<VaultPolicy> {
  for (const { name, value } of cluster.ofKind('redhatcop.redhat.io', 'Policy')) {
    const { rules } = readPolicy(textAt(value, 'spec', 'policy') ?? '', hcl);
    yield { name: textAt(value, 'spec', 'name') ?? name, rules, where: `Policy/${name}`, applied: true };
  }
  for (const { name: vault, value } of cluster.ofKind('vault.banzaicloud.com', 'Vault')) {
    for (const policy of listAt(value, 'spec', 'externalConfig', 'policies')) {
      const name = textAt(policy, 'name');
      const text = textAt(policy, 'rules');
      if (name !== undefined && text !== undefined) {
        yield { name, rules: readPolicy(text, hcl).rules, where: `Vault/${vault}`, applied: true };
      }
    }
  }
}

function* ofConfigMaps(cluster: Cluster, hcl: ParseHcl | undefined): Generator<VaultPolicy> {
  for (const { name, value } of cluster.ofKind('', 'ConfigMap')) {
    for (const [key, text] of Object.entries(objectAt(value, 'data') ?? {})) {
      if (typeof text === 'string') yield* ofText(text, policyName(key, name), `ConfigMap/${name}`, hcl);
    }
  }
}

/** Read once for all clusters of a tree. */
function inFiles(tree: SourceTree, hcl: ParseHcl | undefined): readonly VaultPolicy[] {
  const known = read(tree);
  let policies = known.get(hcl);
  if (policies === undefined) {
    policies = [...ofFiles(tree, hcl)];
    known.set(hcl, policies);
  }
  return policies;
}

/** By what reads HCL, which may not be loaded. */
const read = memoize((_: SourceTree) => new Map<ParseHcl | undefined, readonly VaultPolicy[]>());

function* ofFiles(tree: SourceTree, hcl: ParseHcl | undefined): Generator<VaultPolicy> {
  const top = checkedFolders(tree).at(-1) ?? '';
  for (const path of hclFiles(tree)) {
    const segments = path.split('/');
    const where = top === '' ? path : path.slice(top.length + 1);
    const text = new TextDecoder().decode(tree.read(path));
    yield* ofText(text, policyName(segments.at(-1) ?? '', segments.at(-2) ?? ''), where, hcl);
  }
}

function* ofText(text: string, name: string, where: string, hcl: ParseHcl | undefined): Generator<VaultPolicy> {
  if (!mayBePolicy(text)) return;
  const { rules, fault } = readPolicy(text, hcl);
  if (rules.length > 0 || (fault !== undefined && hasPaths(text))) yield { name, rules, where, applied: false };
}

/** The .hcl files beside the manifests and in folders among them. */
const hclFiles = memoize((tree: SourceTree): readonly string[] => {
  const files: string[] = [];
  const folders = [checkedFolders(tree).at(-1) ?? ''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { name, type } of tree.list(folder) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (type === 'folder') folders.push(path);
      else if (name.endsWith('.hcl')) files.push(path);
    }
  }
  return files;
});

/** A file is called as its policy, unless it is called `policy`: then what holds it is. */
function policyName(key: string, holder: string): string {
  const name = key.replace(/\.(?:hcl|json|policy)$/, '');
  return /^polic(?:y|ies)$/.test(name) ? holder : name;
}
