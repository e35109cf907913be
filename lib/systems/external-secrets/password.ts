import type { JsonObject, Path } from '../../json/json';
import { at, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';
import type { Fault } from '../fault';

/** The encodings of a Password (External Secrets 2.9, generators/v1/password/password.go), the default first. */
export const encodings = ['raw', 'base64', 'base64url', 'base32', 'hex'] as const;

/** The symbols of a Password that names none. */
const defaultSymbols = '~!@#$%^&*()_+`-={}|[]\\:"<>?,./';

/** How many characters of each sort a Password has. */
export interface PasswordCounts {
  readonly length: number;
  readonly digits: number;
  readonly symbols: number;
  readonly symbolCharacters: string;
}

/** How many characters of each sort a Password has (password.go, extractPasswordConfig); undefined where that is not known. */
export function countsOf(spec: JsonObject): PasswordCounts | undefined {
  const number = (field: 'length' | 'digits' | 'symbols', unless: number) => {
    const value = at(spec, field);
    return value === undefined || value === null ? unless : Number.isInteger(value) ? (value as number) : Number.NaN;
  };
  const asked = number('length', 24);
  const length = asked > 0 || Number.isNaN(asked) ? asked : 24;
  const quarter = Math.trunc(Math.fround(length) * 0.25);
  const [digits, symbols] = [number('digits', quarter), number('symbols', quarter)];
  const characters = at(spec, 'symbolCharacters') ?? defaultSymbols;
  if ([length, digits, symbols].some(Number.isNaN) || typeof characters !== 'string' || !isKnown(characters)) {
    return undefined;
  }
  // An empty set is as good as none. (sethvargo/go-password, NewGenerator)
  return { length, digits, symbols, symbolCharacters: characters === '' ? defaultSymbols : characters };
}

/** The symbols that may stand in a password; undefined where an encoding decides, or it is not known. */
export function symbolsIn(spec: JsonObject): string | undefined {
  const counts = countsOf(spec);
  if ((textAt(spec, 'encoding') ?? encodings[0]) !== 'raw' || counts === undefined) return undefined;
  return counts.symbols === 0 ? '' : counts.symbolCharacters;
}

/**
 * Why a Password can never be generated: each sort of characters is drawn on its own.
 * (https://github.com/sethvargo/go-password/blob/main/password/generate.go)
 */
export function* passwordFaults(spec: JsonObject): Generator<Fault & { readonly message: string }> {
  const counts = countsOf(spec);
  if (counts === undefined) return;
  const { length, digits, symbols, symbolCharacters } = counts;
  const pathOf = (...fields: readonly string[]): Path => fields.filter((it) => at(spec, it) !== undefined).slice(0, 1);
  const letters = length - digits - symbols;
  if (letters < 0) {
    return yield {
      path: pathOf('length'),
      value: length,
      allowed: `at least ${digits + symbols}, as many as digits and symbols together`,
      example: `digits: ${Math.floor(length / 4)}, symbols: 0`,
      message: `${digits} digits and ${symbols} symbols do not fit into a length of ${length}`,
    };
  }
  const repeats = at(spec, 'allowRepeat');
  if (repeats === true || (repeats !== undefined && repeats !== false)) return;
  const available = at(spec, 'noUpper') === true ? 26 : 52;
  const without = 'allowRepeat is false';
  const most = (path: Path, value: number, highest: number, message: string) => ({
    path,
    value,
    allowed: `at most ${highest} where no character may occur twice`,
    example: 'allowRepeat: true',
    message,
  });
  if (letters > available) {
    const why = `${length} characters need ${letters} letters, but there are ${available} and ${without}`;
    return yield most(pathOf('length'), length, length - letters + available, why);
  }
  if (digits > 10) {
    const why =
      at(spec, 'digits') === undefined ? `${length} characters have ${digits} digits, a quarter` : `${digits} digits`;
    return yield most(pathOf('digits', 'length'), digits, 10, `${why}, but there are 10 and ${without}`);
  }
  const distinct = new Set(symbolCharacters).size;
  if (symbols <= distinct) return;
  const why = `${symbols} symbols of ${distinct} different ones in symbolCharacters, but ${without}`;
  yield most(pathOf('symbols', 'length'), symbols, distinct, why);
}
