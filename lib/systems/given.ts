import type { Json, Path } from '../json/json';
import { at } from '../json/read';
import { isKnown } from '../text/symbolic';

/** Whether a field says something: Go takes an empty text for none. */
export function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A text that is known and not empty. */
export function givenText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && isKnown(value) ? value : undefined;
}

/** A number; NaN, with which no comparison holds, where nobody knows it. */
export function numberOr(byDefault: number, value: Json | undefined): number {
  if (!isGiven(value)) return byDefault;
  return typeof value === 'number' ? value : Number.NaN;
}

/** The places of names that stand in a list before. */
export function* repeated(list: readonly (Json | undefined)[]): Generator<{ index: number; name: string }> {
  const seen = new Set<string>();
  for (const [index, value] of list.entries()) {
    const name = givenText(value);
    if (name === undefined) continue;
    if (seen.has(name)) yield { index, name };
    seen.add(name);
  }
}

export function names(list: readonly Json[]): readonly (Json | undefined)[] {
  return list.map((item) => at(item, 'name'));
}

/** Whether a variable stands somewhere on the way to a value, so that nobody knows what is there. */
export function isUnknown(value: Json | undefined, ...path: Path): boolean {
  let found = value;
  for (const step of path) {
    found = at(found, step);
    if (typeof found === 'string') return !isKnown(found);
  }
  return false;
}
