import type { Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { findingLists } from '../digest/findings';
import { section } from './parts';
import { rich, text } from './text';

/** What the checks find now and what they do not find any more; what could not be compared. */
export function findingSections(review: Review): string[] {
  const sentences = review.unknown.map((sentence) => `<li>${rich(sentence)}</li>`);
  return [
    ...findingLists(review).flatMap(({ id, title, findings }) => section(id, title, list(findings))),
    ...section('unknown', 'Not compared', sentences.length === 0 ? '' : `<ul>\n${sentences.join('\n')}\n</ul>`),
  ];
}

function list(findings: readonly Finding[]): string {
  const items = findings.map(
    ({ severity, file, line, column, message, rule }) =>
      `<li><p><span class="badge ${severity === 'error' ? 'high' : 'medium'}">${severity}</span> ${rich(message)} <code>${text(rule)}</code></p><p class="why"><code>${text(`${file}:${line}:${column}`)}</code></p></li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}
