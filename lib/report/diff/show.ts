import { structuredPatch } from 'diff';
import { textAt } from '../../graph/json';
import {
  copiesObject,
  hidden,
  isCredential,
  isCredentialName,
  maskedLine,
  maskedText,
  optionBefore,
  withoutBlocks,
} from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import { display } from '../../graph/substitution';
import { isJsonObject, type Json } from '../../tree/tree';
import { emitYaml } from '../../tree/yaml/emit';
import { type Difference, pathText, type Segment } from './difference';
import type { Hide } from './hide';
import type { FieldChange } from './review';

/** Lines and columns of a value beyond which it is cut. */
const maximumLines = 40;
const maximumColumns = 300;

/** A difference as it may be shown: values of Secrets and credentials are hidden, long ones cut. */
export function shownChange({ path, before, after }: Difference, resource: Resource, hide: Hide): FieldChange {
  const type = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const text = cutLine(hide(display(pathText(path.map(withoutCredential)))));
  if (isSecret(resource, path)) {
    return {
      path: text,
      type,
      ...(before !== undefined && { before: hidden }),
      ...(after !== undefined && { after: hidden }),
    };
  }
  if (typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n')) {
    const name = nameOf(path);
    const secret = isCredentialName(name);
    // What is hidden from line to line, such as a key between its two marks, is hidden in all of it first.
    const [old, now] = [before, after].map((side) => (secret ? hidden : withoutBlocks(side)));
    return {
      path: text,
      type,
      lines: cut(linesOf(old ?? '', now ?? '', (line) => hide(display(maskedLine(name, line))))),
    };
  }
  const show = (value: Json | undefined) =>
    value === undefined ? undefined : shownValue(value, path, resource.group, hide);
  return { path: text, type, before: show(before), after: show(after) };
}

/** A value as YAML, without what may not be seen. */
function shownValue(value: Json, path: readonly Segment[], group: string, hide: Hide): string {
  const open = masked(value, nameOf(path), group, hide);
  let text: string;
  try {
    text = emitYaml(open).replace(/\n$/, '');
  } catch {
    // What cannot be written in a tree can be in one that somebody wrote by hand.
    text = JSON.stringify(open, null, 2);
  }
  return cut(hide(display(text)).split('\n')).join('\n');
}

/** Whether a value belongs to what a Secret keeps, or SOPS has encrypted. */
function isSecret({ group, kind, document }: Resource, path: readonly Segment[]): boolean {
  const [top, second, third] = path;
  if (top === 'metadata' && second === 'annotations') {
    if (third === undefined) return group === '' && kind === 'Secret';
    if (typeof third === 'string' && copiesObject.test(third)) return true;
  }
  if (top === 'metadata' || top === 'kind' || top === 'apiVersion') return false;
  return document.encrypted || (group === '' && kind === 'Secret' && top !== 'type' && top !== 'immutable');
}

/** What a value is called: by the last field of its path, in `env` by the item. */
function nameOf(path: readonly Segment[]): string {
  const last = path.at(-1);
  const above = path.at(-2);
  if (typeof last !== 'string') return last?.option ?? last?.item ?? '';
  return last === 'value' && above !== undefined && typeof above !== 'string' ? above.item : last;
}

function masked(value: Json, name: string, group: string, hide: Hide): Json {
  if (copiesObject.test(name)) return hidden;
  if (typeof value === 'string') return hide(maskedText(name, value, group));
  if (typeof value === 'number') return isCredential(name, String(value), group) ? hidden : value;
  if (Array.isArray(value)) {
    return value.map((item, i) =>
      masked(item as Json, nameIn(item as Json) ?? optionBefore(value, i) ?? name, group, hide),
    );
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      hide(key),
      masked(item, key === 'value' ? (nameIn(value) ?? key) : key, group, hide),
    ]),
  );
}

/** What an item of `env` and the like is called. */
function nameIn(item: Json): string | undefined {
  return textAt(item, 'name') ?? textAt(item, 'key');
}

function withoutCredential(segment: Segment): Segment {
  return typeof segment === 'string' || !isCredential('', segment.item) ? segment : { item: hidden };
}

function linesOf(before: string, after: string, show: (line: string) => string): string[] {
  const patch = structuredPatch('', '', before, after, '', '', { context: 2, maxEditLength: 2000 });
  if (patch === undefined) return ['nearly every line differs'];
  if (patch.hunks.length === 0) return ['what differs is hidden'];
  return patch.hunks.flatMap(({ lines }, i) => [
    ...(i === 0 ? [] : [' …']),
    ...lines.filter((line) => !line.startsWith('\\')).map((line) => line.charAt(0) + show(line.slice(1))),
  ]);
}

function cut(lines: readonly string[]): string[] {
  const shown = lines.slice(0, maximumLines).map(cutLine);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `… ${left} more lines`] : shown;
}

function cutLine(line: string): string {
  return line.length > maximumColumns ? `${line.slice(0, maximumColumns)}…` : line;
}
