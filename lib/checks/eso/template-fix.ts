import type { Path } from '../../json/json';
import type { Fix } from '../check';

/** What gives `.` another meaning within a template, so that a key may be another's field. */
const rebinds = /\{\{-?\s*(?:range|with|define|block|template)\b/;

/**
 * A template in which `.key` is read with index, wherever an action reads it; nothing where it is not sure what a dot stands for, or
 * nothing reads it. A text in quotes is not touched.
 *
 * @param key as it is written, be it a name that Go does not take: `tls-key`
 */
export function withIndex(text: string, path: Path, key: string): { readonly fix?: Fix } {
  const set = readOtherwise(text, key, (isAlone) => (isAlone ? `index . "${key}"` : `(index . "${key}")`));
  if (set === text) return {};
  return { fix: { title: `read ${key} with index`, changes: [{ path, set }] } };
}

/** A template that reads another key instead, in the same way. */
export function withKey(text: string, path: Path, key: string, other: string): { readonly fix?: Fix } {
  const isField = /^[a-zA-Z_]\w*$/.test(other);
  const set = readOtherwise(text, key, (isAlone) => {
    if (isField) return `.${other}`;
    return isAlone ? `index . "${other}"` : `(index . "${other}")`;
  });
  return set === text ? {} : { fix: { title: `write ${other} for ${key}`, changes: [{ path, set }] } };
}

/** @param read what takes the place of `.key`, which may be all that is before the first pipe */
function readOtherwise(text: string, key: string, read: (isAlone: boolean) => string): string {
  if (rebinds.test(text)) return text;
  const field = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|\`[^\`]*\`|(?<![\\w.$)\\]])\\.${escaped(key)}(?![\\w.]|-\\w)`, 'g');
  return text.replace(
    /\{\{(-?\s*(?:(?:else\s+)?if\s+)?)((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*)\}\}/g,
    (_, lead: string, rest: string) => {
      const inner = rest.replace(field, (found, at: number) => {
        if (!found.startsWith('.')) return found;
        const isAlone = at === 0 && /^\s*-?(?:\||$)/.test(rest.slice(found.length));
        return read(isAlone);
      });
      return `{{${lead}${inner}}}`;
    },
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
