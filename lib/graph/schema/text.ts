import type { Json, Path } from '../../json/json';
import { pathText as plainText } from '../../json/path-text';
import { typeOf, types } from './node';
import type { Schema } from './schema';
import type { Suggestion } from './suggest';

/** A path in backticks. */
export function pathText(path: Path): string {
  return path.length === 0 ? 'the object' : `\`${plainText(path)}\``;
}

/** A value on one line, cut when it is long. */
export function valueText(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}

/** a, b or c. */
export function listText(items: readonly string[], word = 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** must be a string, and is an integer */
export function typeText(wanted: number, value: Json): string {
  const names = typeNames(wanted & ~types.null).filter((name) => name !== 'integer' || !(wanted & types.number));
  return `must be ${listText(names.map(withArticle))}, and is ${typeName(value)}`;
}

/** a boolean, an integer, a list */
export function typeName(value: Json): string {
  return typeNames(typeOf(value)).map(withArticle).join('');
}

function typeNames(bits: number): string[] {
  return Object.entries(types).flatMap(([name, bit]) => (bits & bit ? [name] : []));
}

function withArticle(type: string): string {
  if (type === 'null') return type;
  return type === 'array' ? 'a list' : `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** What is said of an unknown field, and how to fix it. */
export function unknownFieldText(path: Path, suggestion: Suggestion | undefined): { message: string; remedy?: string } {
  const field = `\`${path.at(-1)}\``;
  const place = path.slice(0, -1);
  const message = `unknown field ${field} ${place.length === 0 ? 'at the top' : `in ${pathText(place)}`}`;
  if (suggestion === undefined) return { message };
  if ('name' in suggestion) {
    return {
      message: `${message}; did you mean \`${suggestion.name}\`?`,
      remedy: `rename it to \`${suggestion.name}\``,
    };
  }
  if ('inside' in suggestion) {
    const { inside } = suggestion;
    return {
      message: `${message}: ${field} belongs inside \`${inside}\``,
      remedy: `indent it, so that it lies below \`${inside}:\``,
    };
  }
  // A level is an object; the indices of lists on the way are none.
  const beside = `\`${place.filter((step) => typeof step === 'string').at(-suggestion.levelsUp)}\``;
  return {
    message: `${message}: ${field} belongs next to ${beside}, not inside it`,
    remedy: `move it out, to the column of ${beside}`,
  };
}

/** What is said of a field that other releases of Kubernetes have. */
export function otherReleaseText(path: Path, { 'x-since': since, 'x-until': until }: Schema): string {
  return `${unknownFieldText(path, undefined).message}: ${releaseText({ since, until })}`;
}

/** Since when Kubernetes has something, or until when it had it. */
export function releaseText({ since, until }: { since?: number | undefined; until?: number | undefined }): string {
  return until === undefined ? `Kubernetes has had it since 1.${since}` : `Kubernetes 1.${until} has removed it`;
}
