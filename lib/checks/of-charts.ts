import type { ChartOrigin } from '../graph/resource';
import { count } from '../text/count';
import type { Problem, Spot, Together } from './check';
import type { RuleDescription, Severity } from './finding';

/**
 * How severe a rule is about what a chart makes, which somebody else has written. What the user's values or objects cause, or what the
 * API server refuses, so that the release fails, is as severe as ever: those rules are not listed. What only the chart's author can
 * change is a warning; style, and what other rules tell of the HelmRelease, is off.
 */
export const ofCharts: Readonly<Record<string, 'warning' | 'off'>> = {
  // Default configurations and generated passwords of charts.
  'security/plaintext-secret': 'off',
  'security/literal-credential': 'off',
  // Operators run pods that no file shows: those of a Prometheus, say.
  'workload/service-selects-nothing': 'off',
  'references/selects-nothing': 'off',
  'workload/service-link': 'off',
  'workload/service-name': 'off',
  'workload/stale-env': 'off',
  'backstage/consumed-by-flux': 'off',
  'schema/unknown-field': 'warning',
  'schema/deprecated-version': 'warning',
  'workload/service-target-port': 'warning',
  'workload/probe-port': 'warning',
  'workload/root-user': 'warning',
};

function ofChart({ at }: Problem): ChartOrigin | undefined {
  return 'resource' in at ? at.resource.chart : undefined;
}

function most({ id }: Pick<RuleDescription, 'id'>): 'warning' | 'off' | undefined {
  return Object.hasOwn(ofCharts, id) ? ofCharts[id] : undefined;
}

/** Whether it is nothing to tell whoever uses a chart. */
export function isOff(rule: RuleDescription, problem: Problem): boolean {
  return ofChart(problem) !== undefined && most(rule) === 'off';
}

export function severityOf(rule: RuleDescription, problem: Problem): Severity {
  return ofChart(problem) !== undefined && most(rule) === 'warning' ? 'warning' : (problem.severity ?? rule.severity);
}

/** The step that leads from a HelmRelease to what its chart makes: none for all else. */
export function originStep(problem: Problem): readonly string[] {
  const chart = ofChart(problem);
  return chart === undefined ? [] : [`chart ${chart.name} ${chart.version} ${chart.template}`];
}

/** What is wrong with an object as such, rather than with what it refers to. */
function isOfForm({ id }: RuleDescription): boolean {
  return (
    most({ id }) !== undefined || id.startsWith('schema/') || id.startsWith('pod-security/') || id.endsWith('/refused')
  );
}

/** What is wrong with the objects of a chart is told once of it, however many releases there are. */
export function togetherOf(
  rule: RuleDescription,
  problem: Problem,
  shown: (text: string, at: Spot) => string,
): Together | undefined {
  const { at, together, message } = problem;
  const chart = ofChart(problem);
  if (together !== undefined || chart === undefined || !isOfForm(rule) || !('resource' in at)) return together;
  const said = shown(message, at);
  const names = new Set([at.resource.name, at.resource.namespace, chart.release.name]);
  const alike = said.replace(/[\w.-]+/g, (word) => (names.has(word) ? '' : word));
  return {
    key: JSON.stringify([chart.name, chart.version, chart.template, alike]),
    message: (all) =>
      `${said}; the same is true of ${count(all - 1, 'more object')} of chart ${chart.name} ${chart.version}`,
  };
}
