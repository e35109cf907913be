import type { Finding, RuleDescription, Unknown } from '../checks/finding';
import { inline } from '../graph/masking/printable';
import { groupBy } from '../text/group-by';
import { codeFrame } from './code-frame';
import { chainLine, clustersLine, failsRun, kustomizationsLine, placeOf, rulesOf } from './findings';
import type { Format, RenderOptions } from './format';

/** A test case: what it is called, and what its one child element says. */
interface Case {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly outcome?: { readonly element: 'failure' | 'skipped'; readonly message: string; readonly text: string };
}

/**
 * JUnit's XML as Jenkins and GitLab read it. A rule is a suite: it passes as one case, or has a case for each finding. What does
 * not fail the run is skipped, and so is what could not be judged: both show it and stay green. GitLab takes a case by `classname`
 * and `name` for the same in two runs, and drops the second of a name (https://docs.gitlab.com/ci/testing/unit_test_reports): names have
 * no line numbers, and are told apart by a number.
 */
export const junit: Format = {
  render(result, options) {
    const findings = groupBy(result.findings, ({ rule }) => rule);
    const suites = rulesOf(result).map((rule) => ({
      name: rule.id,
      cases: casesOf(rule, findings.get(rule.id) ?? [], options),
    }));
    if (result.unknowns.length > 0) suites.push({ name: 'not judged', cases: result.unknowns.map(unknownCase) });
    const all = suites.flatMap(({ cases }) => cases);
    const counts = { tests: all.length, failures: tally(all, 'failure'), errors: 0, time: 0 };
    return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${attributes({ name: 'espalier check', ...counts })}>
${suites.map(({ name, cases }) => suiteText(name, cases)).join('')}</testsuites>
`;
  },
};

function casesOf({ title }: RuleDescription, findings: readonly Finding[], { failOn }: RenderOptions): readonly Case[] {
  if (findings.length === 0) return [{ name: title }];
  return findings.map((finding) => ({
    name: `${finding.file}: ${finding.message}`,
    file: finding.file,
    line: finding.line,
    outcome: {
      element: failsRun(finding.severity, failOn) ? 'failure' : 'skipped',
      message: `${finding.severity}: ${finding.message}`,
      text: findingText(finding),
    },
  }));
}

function unknownCase(unknown: Unknown): Case {
  const { message, file, line } = unknown;
  const place = placeOf(unknown);
  return {
    name: file === undefined ? message : `${file}: ${message}`,
    file,
    line,
    outcome: { element: 'skipped', message, text: inline(place === undefined ? message : `${place}: ${message}`) },
  };
}

function findingText(finding: Finding): string {
  const { severity, message, file, line, column, object, remedy } = finding;
  const lines = [
    `${file}:${line}:${column}`,
    `${severity}: ${message}`,
    object,
    chainLine(finding),
    clustersLine(finding),
    kustomizationsLine(finding),
    `fix: ${remedy}`,
  ];
  return [...lines.filter((text) => text !== undefined).map(inline), ...codeFrame(finding, 120)].join('\n');
}

function suiteText(name: string, cases: readonly Case[]): string {
  const seen = new Map<string, number>();
  const texts = cases.map((each) => {
    const times = (seen.get(each.name) ?? 0) + 1;
    seen.set(each.name, times);
    return caseText(name, times === 1 ? each : { ...each, name: `${each.name} (${times})` });
  });
  const counts = { failures: tally(cases, 'failure'), errors: 0, skipped: tally(cases, 'skipped'), time: 0 };
  return `  <testsuite${attributes({ name, tests: cases.length, ...counts })}>\n${texts.join('')}  </testsuite>\n`;
}

function caseText(suite: string, { name, file, line, outcome }: Case): string {
  const head = `    <testcase${attributes({ classname: suite, name, file, line, time: 0 })}`;
  if (outcome === undefined) return `${head}/>\n`;
  const { element, message, text } = outcome;
  return `${head}>\n      <${element}${attributes({ message })}>${escapeXml(text)}</${element}>\n    </testcase>\n`;
}

function tally(cases: readonly Case[], element: 'failure' | 'skipped'): number {
  return cases.reduce((sum, { outcome }) => sum + (outcome?.element === element ? 1 : 0), 0);
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(inline(String(value)))}"`)
    .join('');
}

/** For text and attributes, of texts without the control characters that XML 1.0 forbids even as references. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => references[character] ?? '');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
