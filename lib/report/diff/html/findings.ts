import type { Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { severities } from '../../summary';
import { section } from './parts';
import { rich, text } from './text';

/** What the checks find now and what they do not find any more; what could not be compared. */
export function findingSections({ found, mended, noLongerReported, unknown }: Review): string[] {
  const sentences = unknown.map((sentence) => `<li>${rich(sentence)}</li>`);
  return [
    ...section('found', `Found by the checks: ${severities(found)}`, list(found)),
    ...section('mended', `Fixed: ${severities(mended)}`, list(mended)),
    ...section(
      'no-longer-reported',
      `No longer reported, because it is deleted: ${severities(noLongerReported)}`,
      list(noLongerReported),
    ),
    ...section('unknown', 'Not compared', sentences.length === 0 ? '' : `<ul>\n${sentences.join('\n')}\n</ul>`),
  ];
}

function list(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const items = findings.map(
    ({ severity, file, line, column, message, rule }) =>
      `<li><p><span class="badge ${severity === 'error' ? 'high' : 'medium'}">${severity}</span> ${rich(message)} <code>${text(rule)}</code></p><p class="why"><code>${text(`${file}:${line}:${column}`)}</code></p></li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}
