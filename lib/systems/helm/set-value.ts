import { isJsonObject, type Json } from '../../json/json';
import { put, type Values } from './merge-values';

/** Why a value cannot be set: a clause. */
export class ValueFault extends Error {}

/**
 * Sets what `path=value` says, as `helm --set` reads it: `a.b[0]=1,c={x,y}`. Text is a number, a boolean or null where it looks like
 * one, unless it is quoted as a whole.
 *
 * Source: fluxcd/pkg chartutil 1.27 values.go (ReplacePathValue), helm v4.2 pkg/strvals/parser.go
 *
 * @throws ValueFault where Helm refuses it
 */
export function setValue(values: Values, path: string, value: string): void {
  const isQuoted = ["'", '"'].some((quote) => value.startsWith(quote) && value.endsWith(quote));
  new Parser(`${path}=${isQuoted ? value.replace(/^['"]+|['"]+$/g, '') : value}`, isQuoted).parse(values);
}

/** Sets a text as it is, whatever is in it (ReplacePathLiteralValue). */
export function setLiteral(values: Values, path: string, value: string): void {
  new Parser(`${path}=${value.replace(/[\\,[\]{}]/g, '\\$&')}`, true).parse(values);
}

const maximumLevels = 30;
const maximumIndex = 65536;

class Parser {
  private readonly text: readonly string[];
  private next = 0;

  constructor(
    text: string,
    private readonly asText: boolean,
  ) {
    this.text = [...text];
  }

  parse(values: Values): void {
    while (this.next < this.text.length) if (!this.key(values, 0)) return;
  }

  /** @returns whether there may be more */
  private key(data: Values, level: number): boolean {
    const { text: key, end } = this.until('=[,.');
    switch (end) {
      case '[': {
        const index = this.index();
        const below = Object.hasOwn(data, key) ? data[key] : [];
        if (!Array.isArray(below)) throw new ValueFault(`${key} is not a list`);
        const { list, more } = this.item(below as Json[], index, level);
        if (key !== '') put(data, key, list);
        return more;
      }
      case '=': {
        const { value, more } = this.value();
        if (key !== '') put(data, key, value);
        return more;
      }
      case '.': {
        if (level >= maximumLevels) throw new ValueFault(`its path has more than ${maximumLevels} levels`);
        const below = Object.hasOwn(data, key) ? data[key] : {};
        if (!isJsonObject(below)) throw new ValueFault(`${key} is not a map`);
        const inner = below as Values;
        const more = this.key(inner, level + 1);
        if (Object.keys(inner).length > 0) {
          if (key !== '') put(data, key, inner);
        } else if (more) throw new ValueFault(`${key} has no value`);
        return more;
      }
      default:
        if (end === undefined && key === '') return false;
        throw new ValueFault(`${key} has no value`);
    }
  }

  private item(given: Json[], index: number, level: number): { list: Json[]; more: boolean } {
    const { text, end } = this.until('[.=');
    if (text !== '') throw new ValueFault(`${text} follows an index`);
    switch (end) {
      case '=': {
        return { list: withItem(given, index, this.value().value), more: true };
      }
      case '[': {
        const next = this.index();
        const below = given[index] ?? [];
        if (!Array.isArray(below)) throw new ValueFault('an item is not a list');
        const { list, more } = this.item(below as Json[], next, level);
        return more ? { list: withItem(given, index, list), more } : { list: given, more };
      }
      case '.': {
        const below = given[index];
        const inner = isJsonObject(below) ? (below as Values) : {};
        if (given.length > index) given[index] = inner;
        // What ends here is not set (listItem returns the list as it was).
        if (!this.key(inner, level)) return { list: given, more: false };
        return { list: withItem(given, index, inner), more: true };
      }
      default:
        return { list: given, more: false };
    }
  }

  private index(): number {
    const { text, end } = this.until(']');
    if (end === undefined || !/^[+-]?\d+$/.test(text)) throw new ValueFault(`${text} is not an index`);
    const index = Number(text);
    if (index < 0) throw new ValueFault(`${text} is not an index`);
    return index;
  }

  private value(): { value: Json; more: boolean } {
    if (this.next >= this.text.length) return { value: '', more: false };
    if (this.text[this.next] !== '{') {
      const { text } = this.until(',');
      return { value: this.typed(text), more: true };
    }
    this.next += 1;
    const list: Json[] = [];
    for (;;) {
      const { text, end } = this.until(',}');
      if (end === undefined) throw new ValueFault('a list must end with }');
      list.push(this.typed(text));
      if (end === ',') continue;
      if (this.text[this.next] === ',') this.next += 1;
      return { value: list, more: true };
    }
  }

  /** The text up to one of some characters, which is passed over; `\` takes the next as it is. */
  private until(stop: string): { text: string; end: string | undefined } {
    let text = '';
    for (;;) {
      const character = this.text[this.next];
      if (character === undefined) return { text, end: undefined };
      this.next += 1;
      if (stop.includes(character)) return { text, end: character };
      if (character === '\\') {
        text += this.text[this.next] ?? '';
        this.next += 1;
      } else text += character;
    }
  }

  private typed(text: string): Json {
    if (this.asText) return text;
    const lower = text.toLowerCase();
    if (lower === 'true' || lower === 'false') return lower === 'true';
    if (lower === 'null') return null;
    if (text === '0') return 0;
    return /^[+-]?\d+$/.test(text) && !text.startsWith('0') && isInt64(text) ? Number(text) + 0 : text;
  }
}

function isInt64(text: string): boolean {
  return BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''));
}

/** A list is changed where it stands, unless it is too short. */
function withItem(list: Json[], index: number, value: Json): Json[] {
  if (index > maximumIndex) throw new ValueFault(`the index ${index} is more than ${maximumIndex}`);
  const next = index < list.length ? list : [...list, ...Array<Json>(index + 1 - list.length).fill(null)];
  next[index] = value;
  return next;
}
