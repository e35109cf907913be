import { parseFile } from '../../tree/source/parse';
import { maskedText } from './file';

/** Longer texts are not read as YAML: dashboards and the like, of whose lines each is looked at. */
const longest = 200_000;

/** What may hold a credential whose place must be known: most texts are looked at line by line. */
const suspicious = /pass|pwd|secret|token|key|cred|auth|stringData|binaryData|private|salt|fake|kind/i;

/**
 * A text that is YAML or JSON itself, a patch, a file of settings, an object in a chart's values, as it may be shown: what is hidden
 * there is what is hidden in a document. Undefined where it is none.
 */
export function maskEmbedded(text: string, name: string): string | undefined {
  if (text.length > longest || !suspicious.test(text) || !/^\s*[[{]|^[ \t-]*["']?[\w./-]+["']?:(?:\s|$)/m.test(text))
    return undefined;
  if (!text.includes('\n') && !/^\s*[[{]/.test(text)) return undefined;
  const file = parseFile(name, text);
  const [first] = file.documents;
  if (
    file.faults.some(({ kind }) => kind !== 'duplicate-key' && kind !== 'key-type') ||
    typeof first?.value !== 'object'
  )
    return undefined;
  return maskedText(file);
}
