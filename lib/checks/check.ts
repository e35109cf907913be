import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import type { Resource } from '../graph/resource';
import type { Path } from '../json/json';
import type { RuleOptions } from '../rules/rule';
import type { Change } from '../tree/edit';
import type { Position, SourceDocument } from '../tree/source/source';
import type { RuleDescription, Severity } from './finding';
import type { Lacks, Unless } from './unless';

/** Where a problem is: a value of an object or of any document, or a place in a file that could not be read. */
export type Spot =
  | {
      readonly resource: Resource;
      readonly path: Path;
      readonly on?: 'key' | 'value';
      /** Which part of a text it is, as it is written: of a text of several lines, the line that it is on is shown. */
      readonly part?: string;
    }
  | { readonly document: SourceDocument; readonly path: Path; readonly on?: 'key' | 'value' }
  /** @param isShown whether the file lies outside of the tree, and is named as the user would name it */
  | ({ readonly file: string; readonly isShown?: true } & Position);

/** What many places have alike. */
export interface Together {
  /** What tells them from others of the same rule. */
  readonly key: string;
  /** What they have: a clause that ends before the list of them. */
  readonly message: (count: number) => string;
}

/** What a rule would do about a problem. */
export interface Fix {
  /** What it does: an imperative without a full stop, such as "set spec.retryInterval to 2m". */
  readonly title: string;
  /** One after the other. */
  readonly changes: readonly FixChange[];
}

/** A change of an object, or of a document. */
export type FixChange = Change & {
  /** @default - what the problem is at */
  readonly of?: Resource | SourceDocument;
};

/** Something that a rule has found. */
export interface Problem extends Lacks {
  readonly at: Spot;
  /**
   * What is wrong, beginning with the thing at fault: a clause without a full stop, with the names and values of this case; no
   * Secret's values.
   */
  readonly message: string;
  /**
   * How to fix this case.
   *
   * @default - the rule's
   */
  readonly remedy?: string;
  /** What `--fix` does about it. @default - nothing: more than one way is right, or none is safe */
  readonly fix?: Fix;
  /** @default - the rule's */
  readonly severity?: Severity;
  /** Of what is said once, however many places have it. */
  readonly together?: Together;
  /** The steps that lead to it, first the object that breaks: `Deployment/backstage`, "Secret/db key `host`", … */
  readonly chain?: readonly string[];
  /** What may put it right although the tree does not show it: then it is no finding, but counted as not judged. */
  readonly unless?: Unless;
  /**
   * The Kustomizations that it is a fault of, as in `flux-system/apps`.
   *
   * @default - the one that applies the object
   */
  readonly kustomizations?: readonly string[];
  /** Of what is written elsewhere, the object that it is a fault of: a comment there suppresses it, too. */
  readonly of?: Resource;
  /** Whether the lines around it may hold what is secret, and so are not shown. */
  readonly sensitive?: boolean;
}

interface Rule<Options extends RuleOptions = RuleOptions> extends RuleDescription {
  /** `eso/optional-key-template`: the system and, in few words, the fault. */
  readonly id: string;
  /** The fault in a few words, as a heading without a full stop: "Template that refers to a key that may be absent". */
  readonly title: string;
  /** What goes wrong at run time: a clause in lower case without a full stop, made a sentence for whoever reads it. */
  readonly atRunTime: string;
  /** How to fix it: an imperative in the same form. */
  readonly remedy: string;
  /** Of a rule whose problems may have a `fix`: what that does, an imperative in the same form. */
  readonly fixes?: string;
  /** Where the fact is from: an address, or a file of the named system. */
  readonly source: string;
  /** What the configuration may say of it, with the values that count where it says nothing. @default nothing */
  readonly options?: Options;
  /** What is wrong with options whose types are right: a clause. @default nothing */
  optionsFault?(options: Options): string | undefined;
}

/** A rule about the objects of one cluster. */
export interface ClusterCheck<Options extends RuleOptions = RuleOptions> extends Rule<Options> {
  check(cluster: Cluster, graph: Graph, options: Options): Iterable<Problem>;
}

/** A rule about the tree as a whole: files, builds, what several clusters share. */
export interface TreeCheck<Options extends RuleOptions = RuleOptions> extends Rule<Options> {
  checkTree(graph: Graph, options: Options): Iterable<Problem>;
}

export type Check = ClusterCheck | TreeCheck;
