/**
 * Plain scalars as Kubernetes' tools resolve them. Two readers take part in what Flux does, both by Go's yaml package
 * (https://github.com/yaml/go-yaml, resolve.go of v2 and v3): kustomize reads resources with v3, in which `yes` is a text and a
 * date becomes a time; it reads a kustomization.yaml with sigs.k8s.io/yaml, which is v2: `yes` is true and a date stays as it is.
 */
export type Reader = 'resource' | 'kustomization';

export type Scalar = null | boolean | number | string;

const words = new Map<string, Scalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const wordsOfVersion1 = new Map<string, Scalar>([
  ...words,
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

const longestWord = 5;

/** What a plain scalar is; not a finite number for `.inf` and `.nan`, which JSON does not have. */
export function resolvePlain(text: string, reader: Reader): Scalar {
  if (text.length <= longestWord) {
    const word = (reader === 'resource' ? words : wordsOfVersion1).get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  // A digit, or one of + - . and the digits that follow them.
  if (first > 57 || first < 43 || first === 44 || first === 47) return text;
  if (first === 46) return decimal(text);
  if (/^\d{4}-/.test(text)) return reader === 'resource' ? time(text) : text;
  return numeric(text.replaceAll('_', '')) ?? text;
}

const integer = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** 64 binary digits, their prefix and a sign. */
const longestInteger = 67;

function numeric(plain: string): number | undefined {
  const match = plain.length > longestInteger ? null : integer.exec(plain);
  if (match !== null) {
    const [, sign, hex, binary, octal, digits] = match;
    const size = hex ? BigInt(`0x${hex}`) : binary ? BigInt(`0b${binary}`) : octal ? BigInt(`0o${octal}`) : undefined;
    const value = size ?? BigInt(digits ?? '0');
    // Go's int64, and its uint64 for what has no sign.
    const limit = sign === '' ? 2n ** 64n - 1n : sign === '-' ? 2n ** 63n : 2n ** 63n - 1n;
    if (value <= limit) return value === 0n ? 0 : Number(sign === '-' ? -value : value);
  }
  return float.test(plain) ? finite(plain) : undefined;
}

function decimal(text: string): Scalar {
  return (/^\.\d+(?:[eE][-+]?\d+)?$/.test(text) ? finite(text) : undefined) ?? text;
}

/** Go takes a number that is too large for a text. No -0: JSON's readers differ over it, and 0 is what it means. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}

const timestamp =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:(?<mark>[Tt ])(?<hour>\d\d?):(?<minute>\d\d?):(?<second>\d\d?)(?:[.,](?<fraction>\d+))?(?<zone>Z|[-+]\d\d:\d\d)?)?$/;

/** A date as Go's time prints itself into JSON: `2001-01-01` is "2001-01-01T00:00:00Z"; what is none stays as it is. */
export function time(text: string): string {
  const parts = timestamp.exec(text)?.groups;
  if (parts === undefined) return text;
  const { mark, zone, fraction = '' } = parts;
  // A zone stands after a T, and only there.
  if (mark !== undefined && (mark === ' ') !== (zone === undefined)) return text;
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const [hour, minute, second] = [Number(parts.hour ?? 0), Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return text;
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = fraction.slice(0, 9).replace(/0+$/, '');
  const offset = (zone ?? 'Z').replace(/^[-+]00:00$/, 'Z');
  return `${parts.year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${rest && `.${rest}`}${offset}`;
}
