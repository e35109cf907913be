import type { Path, SourceTree } from '../../tree/source/source';
import { checkedFolders } from '../checked-folders';
import type { Cluster } from '../cluster';
import { listAt, objectAt, textAt } from '../json';
import type { Resource } from '../resource';
import { type PolicyRule, policyRules } from './policy';

/** A policy of Vault that the tree holds. */
export interface VaultPolicy {
  readonly name: string;
  readonly rules: readonly PolicyRule[];
  /** What it stands in, as a step of a chain: "Policy/shop", "vault/shop.hcl". */
  readonly where: string;
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

/** The policies of a tree: of operators' objects, of ConfigMaps, and of .hcl files beside the manifests. */
export function vaultPolicies(cluster: Cluster, tree: SourceTree): VaultPolicy[] {
  return [...ofOperators(cluster), ...ofConfigMaps(cluster), ...ofFiles(tree)];
}

function* ofOperators(cluster: Cluster): Generator<VaultPolicy> {
  for (const { name, value } of cluster.ofKind('redhatcop.redhat.io', 'Policy')) {
    const rules = policyRules(textAt(value, 'spec', 'policy') ?? '');
    yield { name: textAt(value, 'spec', 'name') ?? name, rules, where: `Policy/${name}` };
  }
  for (const { name: vault, value } of cluster.ofKind('vault.banzaicloud.com', 'Vault')) {
    for (const policy of listAt(value, 'spec', 'externalConfig', 'policies')) {
      const name = textAt(policy, 'name');
      const text = textAt(policy, 'rules');
      if (name !== undefined && text !== undefined) yield { name, rules: policyRules(text), where: `Vault/${vault}` };
    }
  }
}

function* ofConfigMaps(cluster: Cluster): Generator<VaultPolicy> {
  for (const { name, value } of cluster.ofKind('', 'ConfigMap')) {
    for (const [key, text] of Object.entries(objectAt(value, 'data') ?? {})) {
      if (typeof text !== 'string' || !text.includes('capabilities')) continue;
      const rules = policyRules(text);
      if (rules.length > 0) yield { name: policyName(key, name), rules, where: `ConfigMap/${name}` };
    }
  }
}

function* ofFiles(tree: SourceTree): Generator<VaultPolicy> {
  const top = checkedFolders(tree).at(-1) ?? '';
  const folders = [top];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { name, type } of tree.list(folder) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (type === 'folder') folders.push(path);
      else if (name.endsWith('.hcl')) {
        const rules = policyRules(new TextDecoder().decode(tree.read(path)));
        const above = folder.split('/').at(-1) ?? '';
        const where = top === '' ? path : path.slice(top.length + 1);
        if (rules.length > 0) yield { name: policyName(name, above), rules, where };
      }
    }
  }
}

/** A file is called as its policy, unless it is called `policy`: then what holds it is. */
function policyName(key: string, holder: string): string {
  const name = key.replace(/\.(?:hcl|json|policy)$/, '');
  return /^polic(?:y|ies)$/.test(name) ? holder : name;
}
