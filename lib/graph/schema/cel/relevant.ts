import { isJsonObject, type Json } from '../../../json/json';
import { nesting, strings } from '../../../systems/cel/cost';
import { escapeName } from '../defaults';
import type { Node } from '../node';

/**
 * The names of all fields that a rule can look at below its value; undefined where that cannot be told of its text, and all of the
 * value may count.
 *
 * Told are rules that go from field to field and compare what is there with what is written in the rule: `has(self.a) &&
 * self.b.all(x, x.c == 'd')`. An object as a whole, which has other fields, is neither compared nor handed on by them.
 */
export function fieldsReadBy(rule: string): ReadonlySet<string> | undefined {
  const text = rule.replace(strings, '""');
  const isTold =
    nesting(text) <= mostNesting &&
    [...text.matchAll(/[=!]=/g)].every(
      ({ index }) => startsWritten.test(text.slice(index + 2)) || endsWritten.test(text.slice(0, index)),
    ) &&
    [...text.matchAll(/\bin\b/g)].every(({ index }) => /^in\s*\[/.test(text.slice(index))) &&
    [...text.matchAll(/\[([^[\]]*)\]?/g)].every(([, inner = '']) => writtenList.test(inner)) &&
    [...text.matchAll(/([A-Za-z_]\w*)\s*\(/g)].every(([, name = '']) => functions.has(name)) &&
    // Of a text; `sets.contains` compares what is in lists.
    [...text.matchAll(/\bcontains\b/g)].every(({ index }) => /^contains\s*\(\s*""\s*\)/.test(text.slice(index))) &&
    !/[?.]\s*\?|\?\s*\.|[{}]/.test(text);
  return isTold ? new Set(rule.match(/[A-Za-z_]\w*/g)) : undefined;
}

/** Of a rule with more loops within one another, even a small value may cost too much. */
const mostNesting = 3;

const written = '(?:""|-?\\d+|true|false|null)';
const startsWritten = new RegExp(`^\\s*${written}(?![\\w.])`);
const endsWritten = new RegExp(`(?:^|[^\\w.\\s])\\s*${written}\\s*$`);
const writtenList = new RegExp(`^\\s*(?:${written}\\s*(?:,\\s*|$))*$`);

/** Of lists, which stay as long as they are, and of texts; `in` is followed by a bracket. */
const functions = new Set(['has', 'size', 'all', 'exists', 'exists_one', 'existsOne', 'filter', 'in']);
for (const ofTexts of ['matches', 'startsWith', 'endsWith', 'contains', 'lowerAscii', 'trim', 'duration', 'isURL']) {
  functions.add(ofTexts);
}

/** A value as a text in which nothing but such fields counts: all of it where none are given. */
export function relevantText(node: Node | undefined, value: Json, names: ReadonlySet<string> | undefined): string {
  if (names === undefined || typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += `${relevantText(node?.items?.(), item, names)},`;
    return `[${text}]`;
  }
  if (!isJsonObject(value)) return text;
  for (const key of Object.keys(value)) {
    const field = node?.fields.get(key);
    // Keys of a map, and what no schema knows, may be counted or gone through.
    if (field !== undefined && !names.has(escapeName(key))) continue;
    text += `${JSON.stringify(key)}:${relevantText(field?.() ?? node?.values?.(), value[key] as Json, names)},`;
  }
  return `{${text}}`;
}
