import type { Finding, Severity, Unknown } from '../checks/finding';
import { inline } from '../graph/masking/printable';
import { listed } from '../text/listed';
import { codeFrame, type FramePart } from './code-frame';
import { columnsOf, wrap } from './columns';
import { byFile, kustomizationsLine, placeOf, shownClusters } from './findings';
import type { Format } from './format';
import { withoutCommands } from './log';
import { item, type Page, pageFor, paragraph, type Style } from './page';
import { summaryLine } from './summary';

/** For people, on a terminal or in a log. */
export const pretty: Format = {
  tellsFixes: true,
  render(result, options) {
    const page = pageFor(options);
    const sections = [...byFile(result.findings)].map(
      ([file, findings]) => `${page.paint(['bold', 'underline'], inline(file))}\n${fileSection(findings, page)}`,
    );
    if (result.unknowns.length > 0) sections.push(result.unknowns.map((each) => unknownLine(each, page)).join('\n'));
    const fixable = options.offersFix === true ? fixableLine(result.findings) : '';
    sections.push(page.paint('bold', paragraph(summaryLine(result), page, 0).join('\n')) + fixable);
    return withoutCommands(`${sections.join('\n\n')}\n`);
  },
};

const severityStyles: Record<Severity, Style> = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  info: ['bold', 'blue'],
};
const frameStyles: Record<FramePart, Style | undefined> = { gutter: 'dim', mark: ['bold', 'red'], code: undefined };

/** How many findings `--fix` would do something about; nothing where there are none. */
function fixableLine(findings: readonly Finding[]): string {
  const fixable = findings.filter(({ fix }) => fix !== undefined && fix.edits.length > 0).length;
  if (fixable === 0) return '';
  const what =
    fixable === findings.length
      ? fixable === 1
        ? 'It has'
        : 'All have'
      : `${fixable} of them ${fixable === 1 ? 'has' : 'have'}`;
  return `\n${what} a fix: espalier check --fix --dry-run shows it.`;
}

function fileSection(findings: readonly Finding[], page: Page): string {
  const remedies = new Map<string, string>();
  return findings
    .map((finding) => {
      const place = `${finding.line}:${finding.column}`;
      const key = JSON.stringify([finding.rule, finding.remedy]);
      const before = remedies.get(key);
      if (before === undefined) remedies.set(key, place);
      // One rule often finds the same fault all over a file.
      const remedy = before === undefined ? inline(finding.remedy) : `as at ${before}`;
      return findingLines(finding, place, remedy, page).join('\n');
    })
    .join('\n\n');
}

function findingLines(finding: Finding, place: string, remedy: string, page: Page): string[] {
  const { object, chain, clusters } = finding;
  const shared = kustomizationsLine(finding);
  const paint = (part: FramePart, text: string) => {
    const style = frameStyles[part];
    return style === undefined ? text : page.paint(style, text);
  };
  const steps = chain.map((step, i) => (i === 0 ? inline(step) : `→ ${inline(step)}`));
  return [
    ...headingLines(finding, place, page),
    ...codeFrame(finding, page.codeRoom - 4, paint).map((line) => `    ${line}`),
    ...(object === undefined ? [] : labelled('object', inline(object).split(' '), page)),
    ...(chain.length === 0 ? [] : labelled('chain', steps, page)),
    ...(clusters.length === 0 ? [] : labelled('clusters', inline(listed(clusters, shownClusters)).split(' '), page)),
    ...(shared === undefined ? [] : labelled('shared', inline(shared).split(' '), page)),
    ...labelled('fix', remedy.split(' '), page),
  ];
}

/** Severity, place, message and, where there is room, the rule on the same line. */
function headingLines({ severity, message, rule }: Finding, place: string, page: Page): string[] {
  const lead = `${severity} ${place} `;
  const [first = '', ...rest] = wrap(inline(message).split(' '), page.room - 4, lead.length - 2);
  const lines = [
    `  ${page.paint(severityStyles[severity], severity)} ${page.paint('dim', place)} ${first}`,
    ...rest.map((line) => `    ${line}`),
  ];
  const used = rest.length === 0 ? 2 + lead.length + columnsOf(first) : 4 + columnsOf(rest[rest.length - 1] ?? '');
  const id = inline(rule);
  if (used + 2 + columnsOf(id) > page.room) return [...lines, `    ${page.paint('dim', id)}`];
  return [...lines.slice(0, -1), `${lines[lines.length - 1]}  ${page.paint('dim', id)}`];
}

function labelled(label: string, parts: readonly string[], page: Page): string[] {
  const lead = `${label}: `;
  const [first, ...rest] = wrap(parts, page.room - 6, lead.length - 2);
  return [`    ${page.paint('dim', `${label}:`)} ${first}`, ...rest.map((line) => `      ${line}`)];
}

function unknownLine(unknown: Unknown, page: Page): string {
  const place = placeOf(unknown);
  const text = `${place === undefined ? '' : `${inline(place)}: `}${inline(unknown.message)}`;
  return item(page.paint('yellow', 'Not judged:'), text, page, 0).join('\n');
}
