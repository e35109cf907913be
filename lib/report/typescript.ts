import type { ValueType } from '../systems/helm/value-types';

export function isNullable(type: ValueType): boolean {
  return type.type === 'unknown' || type.type === 'null' || (type.type === 'union' && type.members.some(isNullable));
}

/** A type that stands beside `|` or `[]`. */
export function wrap(text: string, isItem = false): string {
  const isOne = /^(?:[\w$]+|'[^']*'|\{[\s\S]*\})$/.test(text) && !(isItem && text.startsWith('readonly'));
  return isOne || (!isItem && !text.includes(' | ')) ? text : `(${text})`;
}

/** A string literal of TypeScript. */
export function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped.replace(/[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

/** The name of a field, in quotes where it must be. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** `app-template` → `appTemplate`; what may not begin a name gets a letter before it. */
export function identifier(name: string): string {
  const parts = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const [first = 'chart', ...more] = parts;
  const joined = first.charAt(0).toLowerCase() + first.slice(1) + more.map(pascal).join('');
  return /^\d/.test(joined) ? `chart${joined}` : joined;
}

export function pascal(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
