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
  if (/^\d{4}-/.test(text)) return (reader === 'resource' ? time(text) : undefined) ?? text;
  return numeric(text.replaceAll('_', '')) ?? text;
}

const integer = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** 64 binary digits, their prefix and a sign. */
const longestInteger = 67;

function numeric(plain: string): number | undefined {
  const value = integerIn(plain);
  if (value !== undefined) return Number(value);
  return float.test(plain) ? finite(plain) : undefined;
}

function integerIn(plain: string): bigint | undefined {
  // Go reads what follows `0b` once more, as a number with a sign.
  if (/^0b[-+][01]{1,63}$/.test(plain)) return BigInt(Number.parseInt(plain.slice(2), 2));
  const match = plain.length > longestInteger ? null : integer.exec(plain);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, digits] = match;
  const size = hex ? BigInt(`0x${hex}`) : binary ? BigInt(`0b${binary}`) : octal ? BigInt(`0o${octal}`) : undefined;
  const value = size ?? BigInt(digits ?? '0');
  // Go's int64, and its uint64 for what has no sign.
  const limit = sign === '' ? 2n ** 64n - 1n : sign === '-' ? 2n ** 63n : 2n ** 63n - 1n;
  return value > limit ? undefined : sign === '-' ? -value : value;
}

/** Nothing has taken the underscores away here, and Go's ParseFloat takes those between digits. */
function decimal(text: string): Scalar {
  const isNumber = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/.test(text);
  return (isNumber ? finite(text.replaceAll('_', '')) : undefined) ?? text;
}

/** A plain key of a kustomization as JSON has it; undefined for what cannot be one (sigs.k8s.io/yaml 1.6, convertToJSONableObject). */
export function keyText(text: string): string | undefined {
  const value = resolvePlain(text, 'kustomization');
  if (value === null) return undefined;
  if (typeof value !== 'number') return String(value);
  const whole = integerIn(text.replaceAll('_', ''));
  if (whole === undefined) return singleText(value);
  return whole < 2n ** 63n ? String(whole) : undefined;
}

/** A float of 32 bits, as Go's FormatFloat(value, 'g', -1, 32) writes it. */
function singleText(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return Number.isNaN(single) ? '.nan' : single > 0 ? '.inf' : '-.inf';
  let digits = 0;
  while (digits < 8 && Math.fround(Number(single.toExponential(digits))) !== single) digits++;
  const [mantissa = '', exponent = '0'] = single.toExponential(digits).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toExponential(digits)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** Go takes a number that is too large for a text. No -0: JSON's readers differ over it, and 0 is what it means. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}

const timestamp =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:(?<mark>[Tt ])(?<hour>\d\d?):(?<minute>\d\d?):(?<second>\d\d?)(?:[.,](?<fraction>\d+))?(?<zone>Z|[-+]\d\d:\d\d)?)?$/;

/** A date as Go's time prints itself into JSON: `2001-01-01` is "2001-01-01T00:00:00Z"; undefined for what is none. */
export function time(text: string): string | undefined {
  const parts = timestamp.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { mark, zone, fraction = '' } = parts;
  // A zone stands after a T, and only there.
  if (mark !== undefined && (mark === ' ') !== (zone === undefined)) return undefined;
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const [hour, minute, second] = [Number(parts.hour ?? 0), Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = fraction.slice(0, 9).replace(/0+$/, '');
  const offset = (zone ?? 'Z').replace(/^[-+]00:00$/, 'Z');
  return `${parts.year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${rest && `.${rest}`}${offset}`;
}
