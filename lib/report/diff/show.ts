import { structuredPatch } from 'diff';
import { credentialIn } from '../../graph/credentials';
import { textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { display } from '../../graph/substitution';
import { isJsonObject, type Json } from '../../tree/tree';
import { emitYaml } from '../../tree/yaml/emit';
import { type Difference, pathText, type Segment } from './difference';
import type { FieldChange } from './review';

/** What stands for a value that nobody may see. */
export const hidden = '(hidden)';

/** Hides what is secret in a text that is to be shown. */
export type Hide = (text: string) => string;

/** Texts so short that many a word has them in it are not looked for. */
const shortest = 4;

/**
 * Hides the values of Secrets that lie in a tree in plain text: variables may have brought them into any other object.
 *
 * @param resources of the trees on both sides
 */
export function hider(resources: Iterable<Resource>): Hide {
  const secrets = new Set<string>();
  for (const { group, kind, value } of resources) {
    if (group !== '' || kind !== 'Secret') continue;
    for (const field of ['stringData', 'data']) {
      const texts = isJsonObject(value[field]) ? Object.values(value[field]) : [];
      for (const text of texts) {
        if (typeof text !== 'string') continue;
        secrets.add(text);
        const value = field === 'data' ? Buffer.from(text, 'base64').toString() : text;
        // Texts are shown line by line.
        for (const part of [value, ...value.split('\n')]) secrets.add(part.trim());
      }
    }
  }
  // The longest first: one may be part of another.
  const known = [...secrets].filter((text) => text.length >= shortest && !/^(?:true|false|null|\d{1,5})$/.test(text));
  known.sort((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  return (text) =>
    known.reduce((shown, secret) => (shown.includes(secret) ? shown.replaceAll(secret, hidden) : shown), text);
}

/** Lines and columns of a value beyond which it is cut. */
const maximumLines = 40;
const maximumColumns = 300;

/** A difference as it may be shown: values of Secrets and credentials are hidden, long ones cut. */
export function shownChange({ path, before, after }: Difference, resource: Resource, hide: Hide): FieldChange {
  const type = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const text = hide(display(pathText(path)));
  if (isSecret(resource, path)) {
    return {
      path: text,
      type,
      ...(before !== undefined && { before: hidden }),
      ...(after !== undefined && { after: hidden }),
    };
  }
  if (typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n')) {
    return {
      path: text,
      type,
      lines: cut(linesOf(before, after, (line) => hide(display(withoutCredentials(line, path))))),
    };
  }
  const show = (value: Json | undefined) => (value === undefined ? undefined : shownValue(value, path, hide));
  return { path: text, type, before: show(before), after: show(after) };
}

/** A value as YAML, without what may not be seen. */
export function shownValue(value: Json, path: readonly Segment[], hide: Hide): string {
  const open = masked(value, nameOf(path));
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
  const [top] = path;
  if (path[2] === 'kubectl.kubernetes.io/last-applied-configuration') return true;
  if (top === 'metadata' || top === 'kind' || top === 'apiVersion') return false;
  return document.encrypted || (group === '' && kind === 'Secret' && top !== 'type' && top !== 'immutable');
}

/** What a value is called: by the last field of its path, in `env` by the item. */
function nameOf(path: readonly Segment[]): string {
  const last = path.at(-1);
  const above = path.at(-2);
  if (typeof last !== 'string') return last?.item ?? '';
  return last === 'value' && above !== undefined && typeof above !== 'string' ? above.item : last;
}

function masked(value: Json, name: string): Json {
  if (typeof value === 'string') return isCredential(name, value) ? hidden : value;
  if (Array.isArray(value)) return value.map((item) => masked(item as Json, nameIn(item as Json) ?? name));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, masked(item, key === 'value' ? (nameIn(value) ?? key) : key)]),
  );
}

/** What an item of `env` and the like is called. */
function nameIn(item: Json): string | undefined {
  return textAt(item, 'name');
}

/** `adminPassword` and `api-key` as the checks' names of variables: `admin_Password`, `api_key`. */
function isCredential(name: string, text: string): boolean {
  return credentialIn(name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replaceAll('-', '_'), text) !== undefined;
}

/** A line of a text of many: `password: hunter22`, `TOKEN=…`, or a credential by its form. */
function withoutCredentials(line: string, path: readonly Segment[]): string {
  const [, lead = '', name = '', value = ''] = /^(.*?([\w.-]+)["']?\s*[:=]\s*["']?)([^"'\s]+)["']?,?$/.exec(line) ?? [];
  if (value !== '' && isCredential(name, value)) return `${lead}${hidden}`;
  return isCredential(nameOf(path), line.trim()) ? hidden : line;
}

function linesOf(before: string, after: string, show: (line: string) => string): string[] {
  const patch = structuredPatch('', '', before, after, '', '', { context: 2, maxEditLength: 2000 });
  if (patch === undefined) return ['nearly every line differs'];
  return patch.hunks.flatMap(({ lines }, i) => [
    ...(i === 0 ? [] : [' …']),
    ...lines.filter((line) => !line.startsWith('\\')).map((line) => line.charAt(0) + show(line.slice(1))),
  ]);
}

function cut(lines: readonly string[]): string[] {
  const shown = lines
    .slice(0, maximumLines)
    .map((line) => (line.length > maximumColumns ? `${line.slice(0, maximumColumns)}…` : line));
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `… ${left} more lines`] : shown;
}
