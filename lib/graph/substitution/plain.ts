/**
 * What Kubernetes' YAML reader takes a plain scalar for: go.yaml.in/yaml v2.4, resolve.go, beneath sigs.k8s.io/yaml 1.6, which
 * is neither YAML 1.1 nor 1.2 to the letter.
 */
export type Scalar = string | number | boolean | null;

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...spellings(true, 'y', 'yes', 'true', 'on'),
  ...spellings(false, 'n', 'no', 'false', 'off'),
  ...spellings(null, '', '~', 'null'),
  ['.nan', Number.NaN],
  ['.NaN', Number.NaN],
  ['.NAN', Number.NaN],
  ...spellings(Number.POSITIVE_INFINITY, '.inf', '+.inf'),
  ...spellings(Number.NEGATIVE_INFINITY, '-.inf'),
]);

/** Each in lower case, capitalized and in upper case. */
function spellings(value: Scalar, ...lower: readonly string[]): (readonly [string, Scalar])[] {
  return lower.flatMap((word) => {
    const capitalized = word.replace(/[a-z]/, (letter) => letter.toUpperCase());
    return [word, capitalized, word.toUpperCase()].map((spelling) => [spelling, value] as const);
  });
}

/** What Go's strconv.ParseFloat reads, where nothing has taken the underscores away. */
const startsWithPoint = /^\.\d+(?:_\d+)*(?:e[-+]?\d+(?:_\d+)*)?$/i;

/** The value of a plain scalar. Dates stay strings. NaN and infinities are numbers here, and no JSON. */
export function resolvePlain(text: string): Scalar {
  if (text !== '' && !/^[-+.\dyntfo~]/i.test(text)) return text;
  const word = words.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return startsWithPoint.test(text) ? finite(text.replaceAll('_', ''), text) : text;
  if (!/^[-+\d]/.test(text) || isTimestamp(text)) return text;
  const digits = text.replaceAll('_', '');
  const integer = readInteger(digits);
  if (integer !== undefined) return Number(integer);
  // No exponent without digits, and no hexadecimal fractions, though Go's ParseFloat would read them.
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(digits) ? finite(digits, text) : text;
}

/** A number, or the text itself where a double cannot hold it. */
function finite(digits: string, text: string): number | string {
  const value = Number(digits);
  return Number.isFinite(value) ? value + 0 : text;
}

const integers = /^([-+]?)(0x[\da-f]+|0b[01]+|0o?[0-7]+|0|[1-9]\d*)$/i;

/**
 * Go's strconv.ParseInt and ParseUint of base 0, so that a leading zero makes it octal.
 *
 * @param digits without underscores
 */
export function readInteger(digits: string): bigint | undefined {
  // resolve.go reads what follows `0b` once more, as a number with a sign.
  if (/^0b[-+][01]+$/.test(digits)) return BigInt(Number.parseInt(digits.slice(2), 2));
  const [, sign, magnitude] = integers.exec(digits) ?? [];
  if (magnitude === undefined) return undefined;
  const value = BigInt(magnitude.replace(/^0(?=\d)/, '0o'));
  if (sign === '-') return value <= 2n ** 63n ? -value : undefined;
  return value < (sign === '+' ? 2n ** 63n : 2n ** 64n) ? value : undefined;
}

const timestamp =
  /^\d{4}-\d\d?-\d\d?(?:[Tt]\d\d?:\d\d?:\d\d?(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(?:[.,]\d+)?)?$/;

/** Whether it is a date to go.yaml.in/yaml: it is kept as a string, but quoted when it is printed. */
export function isTimestamp(text: string): boolean {
  return timestamp.test(text);
}
