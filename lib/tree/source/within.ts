import type { Path } from '../../json/json';
import { wholeFile } from './embedded';
import { positionIn } from './lines';
import { locate } from './locate';
import type { Position, SourceDocument } from './source';
import { startsOf } from './spots';

/**
 * Where a part of a text stands: in a text of several lines on the line that it is on, else where the text begins. The part is
 * given as it is written; a `${…}` after another dollar is taken only where there is no other.
 */
export function locateWithin(document: SourceDocument, path: Path, text: string, part: string): Position {
  const begin = locate(document, path);
  if (part === '' || !text.includes('\n') || !text.includes(part)) return begin;
  const file = wholeFile(document.file);
  const starts = startsOf(file);
  const source = file.text;
  const from = (starts[begin.line - 1] ?? 0) + begin.column - 1;
  // Each line of a block is indented; what lies further away is another text.
  const to = from + text.length + text.split('\n').length * deepest;
  let found: number | undefined;
  for (let at = source.indexOf(part, from); at >= 0 && at < to; at = source.indexOf(part, at + 1)) {
    if (/\w$/.test(part) && /\w/.test(source[at + part.length] ?? '')) continue;
    found ??= at;
    if (source[at - 1] === '$') continue;
    found = at;
    break;
  }
  const position = found === undefined ? begin : positionIn(starts, found);
  return position.line === begin.line ? begin : position;
}

/** No block is indented further. */
const deepest = 60;
