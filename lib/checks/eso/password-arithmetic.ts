import type { Cluster } from '../../graph/cluster';
import { type GeneratorSpec, generatorGroup, generatorSpec } from '../../graph/external-secrets/generators';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';

export const passwordArithmetic: ClusterCheck = {
  id: 'eso/password-arithmetic',
  severity: 'error',
  title: 'Password that cannot be generated',
  atRunTime:
    'no Secret is made: "number of … exceeds available … and repeats are not allowed", or "number of digits and symbols must be less than total length"',
  remedy: 'set allowRepeat: true, or ask for fewer characters of that sort',
  source: 'https://github.com/sethvargo/go-password/blob/main/password/generate.go',
  *check(cluster) {
    for (const { resource, spec, path } of passwords(cluster)) {
      const found = fault(spec);
      if (found === undefined) continue;
      const at = [...path, ...found.field];
      yield { at: { resource, path: at, on: found.field.length > 0 ? 'value' : 'key' }, message: found.message };
    }
  },
};

/** Passwords, and ClusterGenerators that stand for one. */
export function* passwords(cluster: Cluster): Generator<GeneratorSpec> {
  for (const kind of ['Password', 'ClusterGenerator']) {
    for (const resource of cluster.ofKind(generatorGroup, kind)) {
      const generator = generatorSpec(resource);
      if (generator.kind === 'Password') yield generator;
    }
  }
}

/** The symbols of a Password that names none (generators/v1/password/password.go). */
const defaultSymbols = '~!@#$%^&*()_+`-={}|[]\\:"<>?,./';

/** How many characters of each sort a Password has; undefined where that is not known. */
export function countsOf(
  spec: GeneratorSpec['spec'],
): { length: number; digits: number; symbols: number; symbolCharacters: string } | undefined {
  const number = (field: string, unless: number) => {
    const value = at(spec, field);
    return value === undefined || value === null ? unless : Number.isInteger(value) ? (value as number) : Number.NaN;
  };
  const asked = number('length', 24);
  const length = asked > 0 ? asked : Number.isNaN(asked) ? asked : 24;
  const digits = number('digits', Math.trunc(Math.fround(length) * 0.25));
  const symbols = number('symbols', Math.trunc(Math.fround(length) * 0.25));
  const characters = at(spec, 'symbolCharacters') ?? defaultSymbols;
  if ([length, digits, symbols].some(Number.isNaN) || typeof characters !== 'string' || !isKnown(characters)) {
    return undefined;
  }
  // An empty set is as good as none.
  return { length, digits, symbols, symbolCharacters: characters === '' ? defaultSymbols : characters };
}

function fault(spec: GeneratorSpec['spec']): { field: Path; message: string } | undefined {
  const counts = countsOf(spec);
  if (counts === undefined) return undefined;
  const { length, digits, symbols, symbolCharacters } = counts;
  const field = (name: string): Path => [name, 'length'].filter((it) => at(spec, it) !== undefined).slice(0, 1);
  const letters = length - digits - symbols;
  if (letters < 0) {
    return {
      field: field('length'),
      message: `${digits} digits and ${symbols} symbols do not fit into a length of ${length}`,
    };
  }
  const repeats = at(spec, 'allowRepeat');
  if (repeats === true || (repeats !== undefined && repeats !== false)) return undefined;
  const available = at(spec, 'noUpper') === true ? 26 : 52;
  const without = 'allowRepeat is false';
  if (letters > available) {
    return {
      field: field('length'),
      message: `${length} characters need ${letters} letters, but there are ${available} and ${without}`,
    };
  }
  if (digits > 10) {
    const why =
      at(spec, 'digits') === undefined ? `${length} characters have ${digits} digits, a quarter` : `${digits} digits`;
    return { field: field('digits'), message: `${why}, but there are 10 and ${without}` };
  }
  const distinct = new Set(symbolCharacters).size;
  if (symbols > distinct) {
    return {
      field: field('symbols'),
      message: `${symbols} symbols of ${distinct} different ones in symbolCharacters, but ${without}`,
    };
  }
  return undefined;
}
