import type { Rule } from './rule';
import type { Severity } from './severity';

/** What the options of Espalier's own rules are. */
export interface BuiltInOptions {
  /** A retryInterval is asked for where the interval is longer. */
  readonly 'flux/no-retry-interval': { readonly interval?: string };
  /** Variables, keys and command line options that hold no credential although their names say so. */
  readonly 'security/literal-credential': { readonly allow?: readonly string[] };
  /** `baseline` or `restricted`. */
  readonly 'pod-security/level': { readonly level?: string };
  /** Tags that move. */
  readonly 'pod-security/latest-tag': { readonly tags?: readonly string[] };
  /** Folders that no Kustomization needs to apply: `*` stands for any characters. */
  readonly 'tree/unreached': { readonly ignore?: readonly string[] };
}

/** How severe a rule is, whether it runs at all, and its options. */
export type RuleSetting<Options = object> =
  | Severity
  | 'off'
  | { readonly severity?: Severity | 'off'; readonly options?: Options };

/** Rules by id. */
export type RuleSettings = { readonly [id in keyof BuiltInOptions]?: RuleSetting<BuiltInOptions[id]> } & {
  readonly [id: string]: RuleSetting | undefined;
};

/** What a user says of the checks of a tree: what `espalier.config.ts` holds. Folders are relative to it. */
export interface CheckSettings {
  /** Rules by id: turned off, of another severity, or with options. */
  readonly rules?: RuleSettings;
  /** Rules of one's own, made with `defineRule`. @default none */
  readonly ownRules?: readonly Rule[];
  /** Sets of rules that are off otherwise. @default none */
  readonly ruleSets?: readonly RuleSet[];
  /**
   * Folders of ValidatingAdmissionPolicies that clusters have besides those of the tree, with their bindings and parameters.
   *
   * @default none
   */
  readonly policies?: readonly string[];
  /**
   * Objects that are in the cluster but not in the tree, as `Secret/flux-system/sops-age`; `*` stands for any characters.
   *
   * @pattern ^[^/]+/(?:[^/]+/)?[^/]+$
   */
  readonly external?: readonly string[];
  /**
   * Whether commands that read a tree have the `kyverno` on the PATH evaluate the policies of Kyverno in it.
   *
   * @default false
   */
  readonly kyverno?: boolean;
  /** Folders of CustomResourceDefinitions or JSON schemas. */
  readonly schemas?: readonly string[];
  /** The release of Kubernetes that the cluster runs, such as `1.34`. @default - the newest that is known */
  readonly kubernetes?: string;
  /**
   * Whether commands that read a tree open the charts of its HelmReleases; of registries and repositories on hosts that are not
   * public, those that are listed may be asked.
   *
   * @default false
   */
  readonly charts?: boolean | { readonly hosts?: readonly string[] };
  /** The least severity of a finding with which a tree is not written. @default error */
  readonly failOn?: 'error' | 'warning' | 'never';
  /**
   * A file of findings that are known, which `espalier check --write-baseline` writes: they are counted, and keep no tree from being
   * written.
   *
   * @default none
   * @pattern .
   */
  readonly baseline?: string;
}

/** A set of rules that is off unless somebody asks for it. */
export type RuleSet = 'pod-security';
