import type { RuleDescription } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';
import type { Severity } from '../rules/severity';

/** The shape of `espalier explain --format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface RulesReport {
  readonly version: 1;
  /** The rule that was asked for, or all of the system, by id. */
  readonly rules: readonly ToldRule[];
}

export interface ToldRule {
  /** Such as `eso/optional-key-template`. */
  readonly id: string;
  /** As long as the configuration says nothing else. */
  readonly severity: Severity;
  readonly title: string;
  /** What happens in the cluster, as a clause. */
  readonly atRunTime: string;
  /** How to fix what it finds. */
  readonly remedy: string;
  /** Where that is known from. */
  readonly source: string;
}

/** Rules for programs. */
export function rulesJson(rules: readonly RuleDescription[]): string {
  const report: RulesReport = {
    version: 1,
    rules: rules.map(({ id, severity, title, atRunTime, remedy, source }) => ({
      id,
      severity,
      title,
      atRunTime,
      remedy,
      source,
    })),
  };
  return jsonText(report).trimEnd();
}
