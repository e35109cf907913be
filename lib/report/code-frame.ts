import type { Finding } from '../checks/finding';
import { codeLine } from '../graph/masking/printable';
import { columnsOf } from './columns';

/** Part of a frame, so that a terminal can colour it. */
export type FramePart = 'gutter' | 'mark' | 'code';

/** How a part of a frame is shown: the text itself, or in colour. */
export type Paint = (part: FramePart, text: string) => string;

/** Lines shown before and after the fault's. */
const around = 1;
/** What a tab takes: YAML allows none where its width would mean something. */
const tab = '  ';

/**
 * The lines around a fault, its own marked with `>` and its column with a caret. Long lines are cut around the column, all at the
 * same place, so that indentation still shows. Empty when a finding has no lines to show.
 *
 * @param width columns for the frame with its gutter
 */
export function codeFrame(finding: Finding, width: number, paint: Paint = (_, text) => text): string[] {
  const { line, column, frame } = finding;
  const shown = frame.filter(({ number }) => Math.abs(number - line) <= around);
  if (shown.length === 0) return [];
  const digits = Math.max(...shown.map(({ number }) => String(number).length));
  // The gutter, and a column for a caret after the last character.
  const room = Math.max(width - digits - 6, 20);
  const fault = shown.find(({ number }) => number === line);
  const left = fault === undefined ? 0 : cutFrom(fault.text, column, room);
  return shown.flatMap(({ number, text }) => {
    const isFault = number === line;
    const gutter = `${String(number).padStart(digits)} |`;
    const code = cut(text, left, room);
    const first = `${isFault ? paint('mark', '>') : ' '} ${paint('gutter', gutter)}${code === '' ? '' : ` ${paint('code', code)}`}`;
    if (!isFault) return [first];
    const before = columnsOf(expand(text.slice(left, column - 1))) + (left > 0 ? 1 : 0);
    return [first, `  ${paint('gutter', `${' '.repeat(digits)} |`)} ${' '.repeat(before)}${paint('mark', '^')}`];
  });
}

/** The first character of a line to show: 0, unless the column would be beyond the right edge. */
function cutFrom(text: string, column: number, room: number): number {
  // Each character takes a column at least, but for combining ones: a line much longer than the room is not measured.
  if (text.length <= room * 2 && columnsOf(expand(text)) <= room) return 0;
  const wanted = Math.floor((room * 2) / 3);
  let left = Math.min(Math.max(column - 1, 0), text.length);
  let columns = 0;
  while (left > 0) {
    const start = isLowSurrogate(text, left - 1) && left > 1 ? left - 2 : left - 1;
    columns += columnsOf(expand(text.slice(start, left)));
    if (columns > wanted) return left;
    left = start;
  }
  return 0;
}

/** The line from a character on, as far as there is room, with an ellipsis at each end that was cut. */
function cut(text: string, left: number, room: number): string {
  const from = left > 0 && isLowSurrogate(text, left) ? left + 1 : left;
  const lead = left > 0 && text.length > 0 ? '…' : '';
  let columns = lead.length;
  if (/^[ -~]*$/.test(text.slice(from, from + room + 1))) {
    const isWhole = columns + text.length - from <= room;
    return `${lead}${isWhole ? text.slice(from).trimEnd() : `${text.slice(from, from + room - 1 - columns)}…`}`;
  }
  let shown = '';
  // A loop over code points that ends once the room is full, however long the line.
  for (let at = from; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const piece = expand(character);
    const taken = columnsOf(piece);
    const isLast = at + character.length >= text.length;
    if (columns + taken > (isLast ? room : room - 1)) return `${lead}${shown}…`;
    shown += piece;
    columns += taken;
    at += character.length;
  }
  return `${lead}${shown}`.trimEnd();
}

function expand(text: string): string {
  return codeLine(text).replaceAll('\t', tab);
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
