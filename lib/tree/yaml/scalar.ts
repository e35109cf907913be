import { escapeUnprintable, isAscii, unprintable, unreadable } from './characters';
import { Refused } from './refuse';

/**
 * Strings as YAML scalars that every reader gives back unchanged: YAML 1.1 (Go's sigs.k8s.io/yaml, PyYAML, Ruby) and 1.2.
 *
 * A string stands plain only when no reader could take it for something else, as a literal block when it has lines and the
 * block shows them exactly, and otherwise in double quotes.
 */

/**
 * Most strings of a manifest: names, hosts, paths, images, durations, but for the reserved words. One test decides for all of them.
 */
const surelyPlain = /^(?!(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$)[a-z_/][\w./@-]*(?::[\w./@-]+)*$/i;

/**
 * Words that YAML 1.1 reads as booleans or null (https://yaml.org/type/bool.html), whatever their case, and `e1`, in which some
 * see a float without a mantissa.
 */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;

/**
 * What some reader takes for a number, a date or a special value: decimals, `1_000`, `1,000` (Ruby), `0x1f`, `0o17`, `0b1`,
 * sexagesimal `1:20`, versions of digits alone (the float of YAML 1.1's own text allows `1.2.3`), `2001-01-01`, `.inf`, `.nan`.
 * To be tried without underscores: Go takes them all away, so that `+_0b1` is 1 to Kubernetes.
 */
const numberLike =
  /^(?:[-+]?[\d.,:]*(?:e[-+]?\d*)?|[-+]?0[xob][\da-f]*|[-+]?\.(?:inf|nan)|\d{4}-\d\d?-\d\d?(?:[t \t].*)?)$/i;

/** Characters that cannot begin a plain scalar here; `?` and `:` could in places, but nobody reads it easily. */
const indicator = /^[-?:](?:\s|$)|^[?:,[\]{}#&*!|>'"%@`=~]|^<<?$|^(?:---|\.\.\.)/;

/** What ends a plain scalar early: a comment, a mapping, or space at either end. */
const breaksPlain = /: |:$| #|^ | $|[\t\n]/;

/** Space or tab at the end of a line: a block would be exact, but editors and `.editorconfig` take it away unseen. */
const trailingSpace = /[ \t](?:\n|$)/;

/**
 * The string as it stands after `key:` or `-`, without the leading space: one line, or a literal block whose lines begin with
 * `indent` (which must be the parent's indentation and two spaces).
 *
 * @throws Refused for characters that no Kubernetes reader gives back
 */
export function scalar(text: string, indent: string): string {
  if (surelyPlain.test(text)) return text;
  const printable = isPrintable(text);
  if (text.includes('\n')) return printable && isBlock(text) ? block(text, indent) : quoted(text);
  return printable && isPlain(text) ? text : quoted(text);
}

/**
 * A mapping's key, always on one line.
 *
 * @throws Refused for characters that no Kubernetes reader gives back
 */
export function key(text: string): string {
  return surelyPlain.test(text) || (isPrintable(text) && isPlain(text)) ? text : quoted(text);
}

/** @throws Refused for characters that no Kubernetes reader gives back, even escaped */
function isPrintable(text: string): boolean {
  if (isAscii(text)) return true;
  if (unreadable.test(text)) throw new Refused();
  return !unprintable.test(text);
}

function isPlain(text: string): boolean {
  return (
    text !== '' &&
    !reserved.test(text) &&
    !numberLike.test(text.replaceAll('_', '')) &&
    !indicator.test(text) &&
    !breaksPlain.test(text)
  );
}

/** A block must hold some text, and its first line must not begin with a tab, which readers take for bad indentation. */
function isBlock(text: string): boolean {
  return !trailingSpace.test(text) && !/^\n*(?:\t|$)/.test(text);
}

function block(text: string, indent: string): string {
  // A first line that begins with a space would be taken for the block's indentation, so that is said: two more than the parent's.
  const indentation = /^\n* /.test(text) ? '2' : '';
  const end = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  const body = end === '-' ? text : text.slice(0, -1);
  return `|${indentation}${end}\n${body.replace(/^(?=[^\n])/gm, indent)}`;
}

/** JSON's escapes are YAML's; those that JSON leaves raw are added. */
function quoted(text: string): string {
  return escapeUnprintable(JSON.stringify(text));
}
