import type { RuleOptions } from '../rules/rule';
import type { Severity } from '../rules/severity';
import type { FrameLine } from '../tree/source';

export type { FrameLine, Severity };

/** Something wrong in a tree: plain data, for reports. Nothing in it is secret. */
export interface Finding {
  /** The rule's id, such as `eso/optional-key-template`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong here, with the values that matter: a clause without a full stop. */
  readonly message: string;
  /** How to fix it, in whole sentences. */
  readonly remedy: string;
  /** The file as the user would name it, with `/`; relative to the working directory or, where that is not possible, absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The object at fault, such as `Deployment backstage/backstage`. */
  readonly object?: string;
  /** The steps that led there, each such as "Secret/backstage-db-secret key `host`". */
  readonly chain: readonly string[];
  /** Of a finding that stands for many: all their places, as `file:line`. */
  readonly places?: readonly string[];
  /** What `espalier check --fix` does about it. @default - nothing: more than one way is right, or none is safe */
  readonly fix?: FindingFix;
  /** The lines around it; empty when they must not be shown. */
  readonly frame: readonly FrameLine[];
  /** In which clusters, where a tree has several and not all have it. */
  readonly clusters: readonly string[];
  /** The Kustomizations that it is a fault of, where there are several: it stands in what they share. */
  readonly kustomizations?: readonly string[];
}

/** A fix that is mechanical and safe. */
export interface FindingFix {
  /** What it does: an imperative without a full stop, such as "set spec.retryInterval to 2m". */
  readonly title: string;
  /** What it changes in files; none of them touches another. Empty where `instead` says what to do. */
  readonly edits: readonly FileEdit[];
  /** What to do instead of editing the file, which Espalier itself writes. */
  readonly instead?: string;
}

/** A range of a file, and the text that takes its place. */
export interface FileEdit {
  /** As `file` of a finding. */
  readonly file: string;
  readonly start: EditPlace;
  /** The place behind the last character that goes; equal to `start` where nothing does. */
  readonly end: EditPlace;
  readonly text: string;
}

/** Line and column count from 1, the column in UTF-16 code units; the offset is in bytes, from 0. */
export interface EditPlace {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** The object at fault without the construct that makes it: an object is the same whoever makes it. */
export function objectAlone(object: string): string {
  return object.replace(/, made by .*$/, '');
}

/** Something that could not be judged, said once. */
export interface Unknown {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** Something that a rule would report, if it were sure that nothing makes it right which the tree does not show. */
export interface NotJudged {
  readonly rule: string;
  /** What is missing if nothing else makes it: an object, or a key of one. Of an object that is not known for sure, itself. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key?: string;
  /** What refers to it, such as `Deployment web/shop`, and where. */
  readonly object?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The unknown: "HelmRelease web/shop may make it". */
  readonly why: string;
  /** In which clusters, where a tree has several and not all have it. */
  readonly clusters: readonly string[];
}

/** What a rule says of itself. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly atRunTime: string;
  readonly remedy: string;
  readonly source: string;
  /** What `espalier check --fix` does where it is sure: a clause in the imperative. @default - nothing */
  readonly fixes?: string;
  /** What the configuration may say of it, with the values that count where it says nothing. @default - nothing */
  readonly options?: RuleOptions;
}

/** What a run of the checks found. */
export interface CheckResult {
  /** Sorted by file, line, column, rule and message. */
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
  readonly counts: {
    readonly files: number;
    readonly documents: number;
    readonly resources: number;
    readonly kustomizations: number;
    readonly clusters: number;
    /** Findings that somebody turned off for an object, with a reason. */
    readonly suppressed: number;
    /** Findings that a baseline has. @default - there is none */
    readonly known?: number;
  };
}

/** How what was found compares with a baseline. */
export interface Compared {
  /** All that is found, as the lines of a baseline: sorted, so that Git merges them line by line. */
  readonly found: readonly string[];
  /** Lines that nothing was found for. */
  readonly stale: readonly string[];
}

/** What a run of the checks found, with the rules it ran: for reports that go to other programs. */
export interface Result extends CheckResult {
  /** What could not be judged for something unknown, sorted as the findings are. `unknowns` says how many there are. */
  readonly notJudged: readonly NotJudged[];
  /** The names of the clusters that were checked. @default - nobody says */
  readonly clusters?: readonly string[];
  /** Every rule that took part, in the order of their ids. */
  readonly rules: readonly RuleDescription[];
  /** How what was found compares with the baseline. @default - there is none */
  readonly baseline?: Compared;
}
