import type { RuleDescription } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';
import type { RuleOptions } from '../rules/rule';
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
  /** What counts here: as the configuration says, and `off` for one of a set that it does not ask for. */
  readonly configured: Severity | 'off';
  readonly title: string;
  /** What happens in the cluster, as a clause. */
  readonly atRunTime: string;
  /** How to fix what it finds. */
  readonly remedy: string;
  /** What `espalier check --fix` does about it where it is sure; absent where it fixes nothing. */
  readonly fixes?: string | undefined;
  /** What the configuration may say of it; empty where it has no options. */
  readonly options: readonly ToldOption[];
  /** Where that is known from. */
  readonly source: string;
}

export interface ToldOption {
  readonly name: string;
  readonly default: RuleOptions[string];
  /** What counts here, as the configuration says. */
  readonly configured: RuleOptions[string];
}

/** What the configuration makes of a rule. */
export interface ConfiguredRule {
  readonly severity: Severity | 'off';
  readonly options: RuleOptions;
}

/** Rules for programs. */
export function rulesJson(
  rules: readonly RuleDescription[],
  configured: (rule: RuleDescription) => ConfiguredRule,
): string {
  const report: RulesReport = {
    version: 1,
    rules: rules.map((rule) => {
      const { id, severity, title, atRunTime, remedy, source, fixes } = rule;
      return {
        ...{ id, severity, configured: configured(rule).severity, title, atRunTime, remedy, fixes },
        options: optionsOf(rule, configured(rule)),
        source,
      };
    }),
  };
  return jsonText(report).trimEnd();
}

/** The options of a rule, with what counts. */
export function optionsOf({ options = {} }: RuleDescription, configured: ConfiguredRule): readonly ToldOption[] {
  return Object.entries(options).map(([name, usual]) => ({
    name,
    default: usual,
    configured: configured.options[name] ?? usual,
  }));
}
