import type { Json } from '../../json/json';
import { DocumentFault } from './node';

/** A mapping or list that is being made. */
export interface Frame {
  readonly list: Json[] | undefined;
  readonly mapping: { [key: string]: Json } | undefined;
  readonly anchor: string;
  readonly offset: number;
  /** Of a mapping: the key whose value comes next. */
  key: string | undefined;
  merges: readonly Json[] | undefined;
  /** How many values are in it, itself counted, and how many levels. */
  size: number;
  height: number;
}

/**
 * A mapping: no key of a document is inherited, so that `labels.constructor` is undefined unless somebody wrote it, and
 * `__proto__` is a key like others. A class rather than Object.create(null), of which V8 makes slow dictionaries.
 */
export const Mapping = function Mapping() {} as unknown as { new (): { [key: string]: Json }; prototype: object };
// So that a message which prints one by mistake does not throw.
Mapping.prototype = Object.create(null, { [Symbol.toPrimitive]: { value: () => '[object]' } });

/** Stands for the key that merges: no document has this text, for it holds half a character. */
export const mergeMark = '\ud800<<';

/** @throws DocumentFault when there is nothing to merge */
export function mergeSources(value: Json, offset: number): readonly Json[] {
  const sources: readonly Json[] = Array.isArray(value) ? value : [value];
  for (const source of sources) {
    if (typeof source === 'object' && source !== null && !Array.isArray(source)) continue;
    throw new DocumentFault(offset, '<< needs a mapping, an alias of one, or a list of them');
  }
  return sources;
}

/** What a mapping says itself comes first, then the first source (https://yaml.org/type/merge.html, as kyaml's deAnchor does). */
export function merge(mapping: { [key: string]: Json }, sources: readonly Json[]): void {
  for (const source of sources) {
    for (const [key, value] of Object.entries(source ?? {})) if (!(key in mapping)) mapping[key] = value;
  }
}
