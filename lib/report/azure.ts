import type { Finding } from '../checks/finding';
import { inline } from '../graph/masking/printable';
import { clustersLine } from './findings';
import type { Format } from './format';
import { summaryLine } from './summary';

/**
 * Logging commands of Azure Pipelines: the summary of a run lists them, with their file and line
 * (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands). There is no command for notices, and so none for what is of severity info.
 */
export const azure: Format = {
  speaksToCi: true,
  fromTop: true,
  render(result) {
    return `${[...result.findings.filter(({ severity }) => severity !== 'info').map(issue), summaryLine(result)].join('\n')}\n`;
  },
};

function issue(finding: Finding): string {
  const { severity, file, line, column, rule, message, remedy } = finding;
  const properties = { type: severity, sourcepath: file, linenumber: line, columnnumber: column, code: rule };
  const head = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(inline(String(value)))}`);
  const texts = [message, clustersLine(finding), `fix: ${remedy}`].filter((text) => text !== undefined);
  return `##vso[task.logissue ${head.join(';')}]${escapeData(texts.map(inline).join('; '))}`;
}

/** As the agent undoes it (microsoft/azure-pipelines-agent, Command.cs); line ends became spaces before. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
