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
  if (rebinds.test(text)) return {};
  const field = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|\`[^\`]*\`|(?<![\\w.$)\\]])\\.${escaped(key)}(?![\\w.]|-\\w)`, 'g');
  const set = text.replace(
    /\{\{(-?\s*(?:(?:else\s+)?if\s+)?)((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*)\}\}/g,
    (_, lead: string, rest: string) => {
      const inner = rest.replace(field, (found, at: number) => {
        if (!found.startsWith('.')) return found;
        const isAlone = at === 0 && /^\s*-?(?:\||$)/.test(rest.slice(found.length));
        return isAlone ? `index . "${key}"` : `(index . "${key}")`;
      });
      return `{{${lead}${inner}}}`;
    },
  );
  if (set === text) return {};
  return { fix: { title: `read ${key} with index`, changes: [{ path, set }] } };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
