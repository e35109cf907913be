import { EspalierError } from '../errors';
import type { Rule, RuleOptions } from '../rules/rule';
import type { CheckSettings, RuleSetting } from '../rules/settings';
import { nearest } from '../text/nearest';
import type { Check } from './check';
import type { Severity } from './finding';
import { checks, ruleSets } from './index';
import { ownChecks } from './own-checks';
import { ruleIds } from './rules';

/** The rules that a run takes, as its user wants them. */
export interface Configured {
  /** Those of sets that nobody asked for included: they are known, and off. */
  readonly checks: readonly Check[];
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

/** @throws EspalierError for settings of rules that there are not, or of another form */
export function configure(settings: Pick<CheckSettings, 'rules' | 'ownRules' | 'ruleSets'> = {}): Configured {
  const { rules = {}, ownRules = [], ruleSets: wanted = [] } = settings;
  const sets = Object.entries(ruleSets);
  const all = [...checks, ...sets.flatMap(([, own]) => own), ...ownChecks(ownRules)];
  const unwanted = sets.flatMap(([name, own]) => ((wanted as readonly string[]).includes(name) ? [] : own));
  const given = new Map(Object.entries(rules).map(([id, setting]) => [id, settingOf(setting)]));
  const severities = new Map<string, Severity | 'off'>(unwanted.map(({ id }) => [id, 'off']));
  for (const [id, { severity }] of given) if (severity !== undefined) severities.set(id, severity);
  return {
    severities,
    checks: all.map((check) => {
      const options = given.get(check.id)?.options;
      return options === undefined ? check : { ...check, options: { ...check.options, ...options } };
    }),
  };
}

function settingOf(setting: RuleSetting | undefined): {
  readonly severity?: Severity | 'off' | undefined;
  readonly options?: RuleOptions;
} {
  return typeof setting === 'object' ? (setting as { options?: RuleOptions }) : { severity: setting };
}

/** What is wrong with settings whose form is right: a clause that names the setting. It takes all rules to know them. */
export function settingsFault({ rules = {}, ownRules = [] }: Pick<CheckSettings, 'rules' | 'ownRules'>) {
  const clash = clashIn(ownRules);
  if (clash !== undefined) return clash;
  const known = new Map([...checks, ...Object.values(ruleSets).flat(), ...ownRules].map((rule) => [rule.id, rule]));
  const ids = [...new Set([...ruleIds, ...known.keys()])];
  for (const [id, setting] of Object.entries(rules)) {
    if (!ids.includes(id)) {
      const near = nearest(id, ids);
      return `rules has ${JSON.stringify(id)}, which is not a rule${near ? `; did you mean ${near}?` : '. `espalier explain` lists all rules.'}`;
    }
    const { options } = settingOf(setting);
    const fault = options && optionsFault(known.get(id), options);
    if (fault !== undefined) return `rules: ${id}: ${fault}`;
  }
  return undefined;
}

function clashIn(ownRules: readonly Rule[]): string | undefined {
  const systems = new Set(ruleIds.map((id) => id.slice(0, id.indexOf('/'))));
  const seen = new Set<string>();
  for (const { id } of ownRules) {
    const [system = ''] = id.split('/');
    if (systems.has(system))
      return `ownRules: ${id}: the rules of ${system}/ are Espalier's. Begin with a name of your own.`;
    if (seen.has(id)) return `ownRules: there are two rules ${id}.`;
    seen.add(id);
  }
  return undefined;
}

function optionsFault(rule: Check | Rule | undefined, given: RuleOptions): string | undefined {
  const defaults = rule?.options ?? {};
  const names = Object.keys(defaults);
  if (names.length === 0) return 'it has no options.';
  for (const [name, value] of Object.entries(given)) {
    const usual = defaults[name];
    if (usual === undefined) {
      const near = nearest(name, names);
      return `there is no option ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : ''} Its options are ${names.join(', ')}.`;
    }
    if (formOf(value) !== formOf(usual)) {
      return `${name} is ${JSON.stringify(value)}, and must be ${formOf(usual)}, such as ${JSON.stringify(usual)}.`;
    }
  }
  return rule !== undefined && 'optionsFault' in rule ? rule.optionsFault?.({ ...defaults, ...given }) : undefined;
}

function formOf(value: unknown): string {
  if (!Array.isArray(value)) return `a ${typeof value}`;
  return value.every((item) => typeof item === 'string') ? 'a list of texts' : 'a list';
}

/** @throws EspalierError as settingsFault says */
export function refuseSettings(settings: CheckSettings, where: string): void {
  const fault = settingsFault(settings);
  if (fault !== undefined) throw new EspalierError(`${where}: ${fault}`);
}
