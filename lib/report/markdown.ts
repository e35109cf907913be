import type { Finding, Unknown } from '../checks/finding';
import { codeFrame } from './code-frame';
import { byFile, chainLine, clustersLine, kustomizationsLine, placeOf } from './findings';
import type { Format } from './format';
import { commentLimit, LimitedText } from './limited-text';
import { findingItem } from './markdown-finding';
import { code, escapeMarkdown, fenced, withCode } from './markdown-text';
import { extent, headline, severities } from './summary';

/** Kept for the lines that say how much was left out. */
const reserve = 300;

/**
 * For a comment on a pull request: a list by file, with what led to each finding and how to fix it folded away. A report that
 * would be too long is written without the folded parts; where that is too long still, it ends with how many are missing.
 */
export const markdown: Format = {
  render(result, { repository, limit = commentLimit }) {
    const title = `## espalier check: ${headline(result)}\n\n${extent(result)}\n`;
    const short = (finding: Finding) => findingItem(finding, repository);
    const full = (finding: Finding) => short(finding) + details(finding);
    const whole = write(limit, title, result.findings, result.unknowns, full);
    return whole.isComplete ? whole.text : write(limit, title, result.findings, result.unknowns, short).text;
  },
};

function write(
  limit: number,
  title: string,
  findings: readonly Finding[],
  unknowns: readonly Unknown[],
  print: (finding: Finding) => string,
): { readonly text: string; readonly isComplete: boolean } {
  const text = new LimitedText(limit, reserve);
  text.add(title);

  let written = 0;
  files: for (const [file, group] of byFile(findings)) {
    let heading = `${text.gap}### ${code(file)}\n\n`;
    for (const finding of group) {
      if (!text.add(heading + print(finding))) break files;
      heading = '';
      written++;
    }
  }
  const left = [...byFile(findings).values()].flat().slice(written);
  if (left.length > 0) text.end(`${text.gap}… and ${left.length} more: ${severities(left)}.\n`);

  let named = 0;
  for (const unknown of unknowns) {
    if (!text.add((named === 0 ? `${text.gap}### Not judged\n\n` : '') + unknownText(unknown))) break;
    named++;
  }
  const unnamed = unknowns.length - named;
  if (unnamed > 0) text.end(`${text.gap}… and ${unnamed}${named === 0 ? '' : ' more'} that could not be judged.\n`);
  return { text: text.toString(), isComplete: left.length === 0 && unnamed === 0 };
}

function details(finding: Finding): string {
  const { object, remedy } = finding;
  const chain = chainLine(finding);
  const places = [clustersLine(finding), kustomizationsLine(finding)].filter((line) => line !== undefined);
  const frame = codeFrame(finding, 120);
  const blocks = [
    ...(chain === undefined ? [] : [`**chain:** ${withCode(chain)}`]),
    ...places.map(withCode),
    ...(frame.length === 0 ? [] : [fenced(frame)]),
    `**fix:** ${withCode(remedy)}`,
  ];
  const summary = object === undefined ? 'How to fix it' : escapeMarkdown(object);
  const text = `<details><summary>${summary}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
  return `\n${text.replace(/^(?=.)/gm, '  ')}\n\n`;
}

function unknownText(unknown: Unknown): string {
  const place = placeOf(unknown);
  return `- ${place === undefined ? '' : `${code(place)} `}${withCode(unknown.message)}\n`;
}
