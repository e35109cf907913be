import { jsonText } from '../../graph/masking/printable';
import { shownPath } from '../../graph/shown-path';
import { display } from '../../graph/substitution';
import type { Unclear } from '../../graph/vault/cluster-wide';
import type { PolicyComparison } from '../../graph/vault/compare-policy';
import type { Need } from '../../graph/vault/needed';
import type { RoleRequirements } from '../../graph/vault/requirements';
import type { SourceTree } from '../../tree/source/source';
import { named } from './comment';
import { hclOf } from './hcl';

/** A role's requirements, with the cluster that they are of. */
export interface ClusterRequirements {
  readonly cluster: string;
  readonly requirements: RoleRequirements;
}

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface PolicyReport {
  readonly version: 1;
  /** Sorted by cluster and policy. */
  readonly policies: readonly PolicyJson[];
  /** What is asked of stores that the tree does not show; it is in no policy. */
  readonly withoutStore: readonly UnclearJson[];
}

export interface PolicyJson {
  readonly cluster: string;
  /** What the policy is called. */
  readonly policy: string;
  readonly login: {
    readonly server: string;
    /** '' for the topmost. */
    readonly namespace: string;
    /** As `spec.provider.vault.auth` calls it; absent where nothing is said. */
    readonly method?: string;
    readonly mount?: string;
    readonly role?: string;
    readonly serviceAccounts: readonly { readonly namespace: string; readonly name: string }[];
  };
  /** The stores, and generators of their own settings: `ClusterSecretStore vault`. */
  readonly stores: readonly string[];
  readonly paths: readonly {
    readonly path: string;
    readonly capabilities: readonly string[];
    readonly neededBy: readonly NeedJson[];
  }[];
  readonly unclear: readonly UnclearJson[];
  /** The policy itself. */
  readonly hcl: string;
}

export interface UnclearJson {
  readonly object: string;
  readonly why: string;
}

export interface NeedJson {
  /** `PushSecret shop/push`. */
  readonly object: string;
  readonly file: string;
  readonly purpose: string;
  readonly capabilities: readonly string[];
}

/** What each role must be allowed, for programs. */
export function policyJson(
  all: readonly ClusterRequirements[],
  storeless: readonly Unclear[],
  { tree, madeBy }: { readonly tree: SourceTree; readonly madeBy: string },
): string {
  const report: PolicyReport = {
    version: 1,
    policies: all.map(({ cluster, requirements }) => {
      const { policy, login, clients, paths, unclear, accounts } = requirements;
      return {
        cluster,
        policy,
        login: {
          server: display(login.server),
          namespace: display(login.authNamespace),
          method: login.method,
          mount: login.mount && display(login.mount),
          role: login.role && display(login.role),
          serviceAccounts: accounts.map(({ namespace, name }) => ({
            namespace: display(namespace),
            name: display(name),
          })),
        },
        stores: clients.map(named),
        paths: paths.map(({ path, capabilities, needs }) => ({
          path,
          capabilities,
          neededBy: needs.map((need) => needJson(need, tree)),
        })),
        unclear: unclear.map(unclearJson),
        hcl: hclOf(requirements, madeBy),
      };
    }),
    withoutStore: storeless.map(unclearJson),
  };
  return jsonText(report);
}

/** The shape of `--against FILE --format json`; the same holds for it. */
export interface ComparisonReport {
  readonly version: 1;
  /** The role's policy that the file is compared with. */
  readonly policy: string;
  readonly file: string;
  /** What the tree needs and the file does not allow. */
  readonly lacks: readonly {
    readonly path: string;
    readonly capabilities: readonly string[];
    /** The methods of the calls that fail, as Vault's API has them. */
    readonly calls: readonly string[];
    readonly neededBy: readonly NeedJson[];
  }[];
  /** What the file allows and the tree does not need. */
  readonly exceeds: readonly {
    readonly pattern: string;
    /** Where the rule is written, where that is known. */
    readonly line: number | undefined;
    readonly capabilities: readonly string[];
    /** Nothing asks for the path, for some of its capabilities, or for all that its pattern covers. */
    readonly why: 'unused' | 'capabilities' | 'wider';
    /** The paths of those needed that it decides about. */
    readonly covers: readonly string[];
  }[];
}

/** A comparison, for programs. */
export function comparisonJson(
  { policy }: RoleRequirements,
  { lacks, exceeds }: PolicyComparison,
  { file, tree }: { readonly file: string; readonly tree: SourceTree },
): string {
  const report: ComparisonReport = {
    version: 1,
    policy,
    file,
    lacks: lacks.map(({ path, capabilities, needs, calls }) => ({
      path,
      capabilities,
      calls,
      neededBy: needs.map((need) => needJson(need, tree)),
    })),
    exceeds: exceeds.map(({ pattern, line, capabilities, why, covers }) => ({
      pattern,
      line,
      capabilities,
      why,
      covers,
    })),
  };
  return jsonText(report);
}

function unclearJson({ resource, why }: Unclear): UnclearJson {
  return { object: named(resource), why };
}

function needJson({ resource, purpose, capabilities }: Need, tree: SourceTree): NeedJson {
  return { object: named(resource), file: shownPath(tree, resource.document.file.path), purpose, capabilities };
}
