import type { Effect } from '../changes/review';
import type { Finding } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';
import { findingData } from './json';

/** The shape of `espalier rename --format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface RenameReport {
  readonly version: 1;
  /** As it is called now: `flux-system/apps`. */
  readonly kustomization: string;
  /** Its new name. */
  readonly name: string;
  /** The namespace that it has then. */
  readonly namespace: string;
  /** What must be in the new namespace before the second step, and the tree does not show there: `Secret tenants/sops-age (…)`. */
  readonly needed: readonly string[];
  /** What is left as it is, although it may depend on the old name or namespace: sentences. */
  readonly asides: readonly string[];
  /** The steps that are left; the first is the next one. */
  readonly steps: readonly RenameStep[];
  /** What to wait for after the first of two steps. */
  readonly wait: string;
  /**
   * What has become of the next step: `planned` is printed alone; `refused` does more than it should; `elsewhere` is for the code that makes
   * the file.
   */
  readonly outcome: 'planned' | 'refused' | 'elsewhere' | 'written' | 'committed';
}

export interface RenameStep {
  /** 1 lets go of the objects, 2 gives the new name or namespace. */
  readonly number: number;
  /** An imperative without a full stop. */
  readonly title: string;
  /** What to do instead of editing the files, which Espalier itself writes. */
  readonly instead?: string;
  readonly files: readonly string[];
  /** As a unified diff; what is secret is hidden. */
  readonly diff: string;
  /** What it does that it should not. */
  readonly effects: readonly Effect[];
  /** What is found after it, and was not before. */
  readonly found: readonly Finding[];
  /** What becomes otherwise than its changes say, as clauses. */
  readonly unwanted: readonly string[];
}

/** The plan for programs. */
export function renameJson(report: Omit<RenameReport, 'version'>): string {
  const steps = report.steps.map((step) => ({ ...step, found: step.found.map(findingData) }));
  const whole: RenameReport = { version: 1, ...report, steps };
  return jsonText(whole).trimEnd();
}
