import { structuredPatch } from 'diff';
import { type Hide, hidden, mask, maskForms } from '../graph/masking';
import { display } from '../graph/substitution';
import type { Json } from '../json/json';
import { emitYaml } from '../tree/yaml/emit';
import { type Difference, pathText } from './difference';
import type { FieldChange } from './review';

/** Lines and columns of a value beyond which it is cut. */
const maximumLines = 40;
const maximumColumns = 300;

/** A difference as it may be shown: values of Secrets and credentials are hidden, long ones cut. */
export function shownChange({ path, before, after, places }: Difference, hide: Hide): FieldChange {
  const type = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const text = cutLine(hide(display(maskForms(pathText(path)))));
  const [old, now] = [before, after].map((value, i) =>
    value === undefined ? undefined : mask(value, places[i] ?? places[0]),
  );
  if (typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n')) {
    if (old !== hidden && now !== hidden) {
      const lines = linesOf({ raw: before, shown: String(old) }, { raw: after, shown: String(now) });
      return { path: text, type, lines: cut(lines.map(hide)) };
    }
  }
  const show = (value: Json | undefined) => (value === undefined ? undefined : shownValue(value, hide));
  return { path: text, type, before: show(old), after: show(now) };
}

/** A masked value as YAML. */
function shownValue(value: Json, hide: Hide): string {
  let text: string;
  try {
    text = emitYaml(value).replace(/\n$/, '');
  } catch {
    // What cannot be written in a tree can be in one that somebody wrote by hand.
    text = JSON.stringify(value, null, 2);
  }
  return cut(hide(text).split('\n')).join('\n');
}

/** A text, and as it may be shown: of as many lines. */
interface Text {
  readonly raw: string;
  readonly shown: string;
}

/** Which lines differ is told by the texts themselves; what is seen of them, by what may be shown. */
function linesOf(before: Text, after: Text): string[] {
  const patch = structuredPatch('', '', before.raw, after.raw, '', '', { context: 2, maxEditLength: 2000 });
  if (patch === undefined) return ['nearly every line differs'];
  const [old, now] = [before.shown.split('\n'), after.shown.split('\n')];
  return patch.hunks.flatMap(({ lines, oldStart, newStart }, i) => {
    let [was, is] = [Math.max(oldStart, 1) - 1, Math.max(newStart, 1) - 1];
    const shown = lines.flatMap((line) => {
      const mark = line.charAt(0);
      if (mark === '\\') return [];
      const there = mark === '-' ? old[was] : now[is];
      if (mark !== '+') was += 1;
      if (mark !== '-') is += 1;
      return [`${mark}${there ?? ''}`];
    });
    // Of a key of many lines one is enough.
    const told = shown.filter((line, k) => line !== shown[k - 1] || line.slice(1).trim() !== hidden);
    return [...(i === 0 ? [] : [' …']), ...told];
  });
}

function cut(lines: readonly string[]): string[] {
  const shown = lines.slice(0, maximumLines).map(cutLine);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `… ${left} more lines`] : shown;
}

function cutLine(line: string): string {
  return line.length > maximumColumns ? `${line.slice(0, maximumColumns)}…` : line;
}
