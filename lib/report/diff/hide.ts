import { hidden } from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import { isJsonObject } from '../../tree/tree';

/** Hides what is secret in a text that is to be shown. */
export type Hide = (text: string) => string;

/** Texts so short that many a word has them in it are not looked for. */
const shortest = 4;

/**
 * Hides the values of Secrets that lie in a tree in plain text: variables, or whoever wrote it, may have brought them into any other
 * object. Values that are names of objects, too, are no secrets: they are shown.
 *
 * @param resources of the trees on both sides
 */
export function hider(resources: Iterable<Resource>): Hide {
  const secrets = new Set<string>();
  const names = new Set<string>();
  for (const resource of resources) {
    names.add(resource.name).add(resource.namespace).add(resource.kind);
    if (resource.group === '' && resource.kind === 'Secret') for (const text of textsOf(resource)) secrets.add(text);
  }
  const known = [...secrets].filter(
    (text) => text.length >= shortest && !names.has(text) && !/^(?:true|false|null|\d{1,5})$/.test(text),
  );
  if (known.length === 0) return (text) => text;
  const byStart = new Map<string, string[]>();
  // The longest first: one may be the beginning of another.
  for (const text of known.sort((a, b) => b.length - a.length)) {
    const start = text.slice(0, shortest);
    const same = byStart.get(start);
    if (same === undefined) byStart.set(start, [text]);
    else same.push(text);
  }
  return (text) => replaced(text, byStart);
}

/** The values of a Secret, as they are written and as they are; many are shown line by line. */
function* textsOf({ value }: Resource): Generator<string> {
  for (const field of ['stringData', 'data']) {
    const texts = isJsonObject(value[field]) ? Object.values(value[field]) : [];
    for (const text of texts) {
      if (typeof text !== 'string' && typeof text !== 'number') continue;
      const given = String(text);
      yield given;
      const plain = field === 'data' ? Buffer.from(given, 'base64').toString() : given;
      for (const part of [plain, ...plain.split('\n')]) {
        yield part.trim();
        // As YAML and JSON write it.
        const quoted = JSON.stringify(part.trim()).slice(1, -1);
        if (quoted !== part.trim()) yield quoted;
        if (field === 'stringData') yield Buffer.from(part).toString('base64');
      }
    }
  }
}

function replaced(text: string, byStart: ReadonlyMap<string, readonly string[]>): string {
  let shown = '';
  let from = 0;
  for (let i = 0; i + shortest <= text.length; ) {
    const found = byStart.get(text.slice(i, i + shortest))?.find((secret) => text.startsWith(secret, i));
    if (found === undefined) i += 1;
    else {
      shown += text.slice(from, i) + hidden;
      i += found.length;
      from = i;
    }
  }
  return from === 0 ? text : shown + text.slice(from);
}
