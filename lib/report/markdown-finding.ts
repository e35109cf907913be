import type { Finding } from '../checks/finding';
import { code, linked, withCode } from './markdown-text';
import { uriOf } from './uri';

/** A finding as an item of a list, linked to its line where a repository shows the files. */
export function findingItem(finding: Finding, repository: string | undefined, place = placeIn(finding)): string {
  const { severity, file, line, message, rule } = finding;
  const where = repository === undefined ? place : linked(place, repository, `${uriOf(file)}#L${line}`);
  return `- **${severity}** ${where} ${withCode(message)} ${code(rule)}\n`;
}

/** Where it is in its file: `31:22`. */
function placeIn({ line, column }: Finding): string {
  return `${line}:${column}`;
}
