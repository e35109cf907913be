import type { Finding, Unknown } from '../checks/finding';
import { inline } from '../graph/masking/printable';
import { chainLine, clustersLine, kustomizationsLine } from './findings';
import type { Format } from './format';
import { summaryLine } from './summary';

/**
 * Workflow commands: GitHub shows each finding at its line of a pull request. It keeps ten errors, ten warnings and ten notices of a
 * step and 50 of a job, and drops the rest without a word (https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md); the
 * log has them all. For more, upload SARIF.
 */
export const github: Format = {
  speaksToCi: true,
  fromTop: true,
  render(result) {
    const lines = [...result.findings.map(annotation), ...result.unknowns.map(notice), summaryLine(result)];
    return `${lines.join('\n')}\n`;
  },
};

function annotation(finding: Finding): string {
  const { severity, message, remedy, file, line, column, rule, object } = finding;
  const lines = [
    message,
    object,
    chainLine(finding),
    clustersLine(finding),
    kustomizationsLine(finding),
    `fix: ${remedy}`,
  ];
  return command(severity === 'info' ? 'notice' : severity, { file, line, col: column, title: rule }, lines);
}

function notice({ message, file, line }: Unknown): string {
  return command('notice', { file, line, title: 'not judged' }, [message]);
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  lines: readonly (string | undefined)[],
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const head = given.map(([key, value]) => `${key}=${escapeProperty(inline(String(value)))}`).join(',');
  const message = lines.filter((line) => line !== undefined).map((line) => escapeData(inline(line)));
  return `::${name} ${head}::${message.join('%0A')}`;
}

/** As the runner undoes it (actions/toolkit, packages/core/src/command.ts); line ends became spaces or escapes before. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
