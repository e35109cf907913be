import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { isSimpleKey, printScalar } from './print-scalar';

/** Where a string of an object stands in its YAML. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly path: readonly (string | number)[];
  /** Whether it is the last key of the path, and not its value. */
  readonly inKey: boolean;
}

/** An object as YAML. */
export interface Printed {
  readonly text: string;
  /** The strings that were asked for, in their order. */
  readonly spans: readonly Span[];
}

/** An object as Flux prints it before it substitutes variables: sigs.k8s.io/yaml 1.6 (JSONToYAML). */
export function printDocument(object: JsonObject, isWanted: (text: string) => boolean): Printed {
  const printer = new Printer(isWanted);
  printer.mapping(object, 0);
  printer.newLine(0);
  return { text: printer.text(), spans: printer.spans };
}

/** Any value as YAML (yaml.Marshal). */
export function printYaml(value: Json): string {
  const printer = new Printer(() => false);
  if (isJsonObject(value) && Object.keys(value).length > 0) printer.mapping(value, 0);
  else if (Array.isArray(value) && value.length > 0) printer.sequence(value, 0);
  else if (typeof value === 'string') printer.scalar(value, 0, false, false);
  else return `${JSON.stringify(value)}\n`;
  printer.newLine(0);
  return printer.text();
}

class Printer {
  readonly spans: Span[] = [];
  private readonly parts: string[] = [];
  private length = 0;
  private lineStart = 0;
  private readonly path: (string | number)[] = [];

  constructor(private readonly isWanted: (text: string) => boolean) {}

  text(): string {
    return this.parts.join('');
  }

  /** The fields, each on a line of its own; the first continues the line that it begins on. */
  mapping(object: JsonObject, indent: number): void {
    for (const [i, key] of Object.keys(object).sort(compareKeys).entries()) {
      if (i > 0) this.newLine(indent);
      this.path.push(key);
      const isSimple = isSimpleKey(key);
      if (!isSimple) this.write('? ');
      this.scalar(key, indent + 2, isSimple, true);
      if (!isSimple) this.newLine(indent);
      this.write(':');
      this.value(object[key] ?? null, indent + 2, isSimple ? indent : undefined);
      this.path.pop();
    }
  }

  /**
   * What follows a `:` or a `-`.
   *
   * @param below how far a sequence is indented that begins on a line of its own, as collections do below a simple key
   */
  private value(value: Json, indent: number, below?: number): void {
    const isSequence = Array.isArray(value) && value.length > 0;
    const isMapping = isJsonObject(value) && Object.keys(value).length > 0;
    if (below !== undefined && (isSequence || isMapping)) this.newLine(isSequence ? below : indent);
    else this.write(' ');
    if (isSequence) this.sequence(value, below ?? indent);
    else if (isMapping) this.mapping(value, indent);
    else if (typeof value === 'string') this.scalar(value, indent, false, false);
    else this.write(JSON.stringify(value));
  }

  sequence(items: readonly Json[], indent: number): void {
    for (const [i, item] of items.entries()) {
      if (i > 0) this.newLine(indent);
      this.path.push(i);
      this.write('-');
      this.value(item, indent + 2);
      this.path.pop();
    }
  }

  scalar(text: string, indent: number, isSimple: boolean, inKey: boolean): void {
    const start = this.length;
    const printed = printScalar(text, { column: start - this.lineStart, indent, isSimpleKey: isSimple });
    this.write(printed);
    const lineBreak = printed.lastIndexOf('\n');
    if (lineBreak >= 0) this.lineStart = start + lineBreak + 1;
    if (this.isWanted(text)) this.spans.push({ start, end: this.length, path: [...this.path], inKey });
  }

  /** A block that ends with a line feed has begun the new line. */
  newLine(indent: number): void {
    if (this.lineStart < this.length) this.write('\n');
    this.lineStart = this.length;
    this.write(' '.repeat(indent));
  }

  private write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }
}

/** The order of keys, in which numbers count as such: go.yaml.in/yaml v2.4, sorter.go. */
export function compareKeys(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  const i = a.findIndex((character, at) => character !== b[at]);
  if (i < 0 || i >= b.length) return a.length - b.length;
  const [x = '', y = ''] = [a[i], b[i]];
  const letters = [isLetter(x), isLetter(y)];
  if (letters[0] !== letters[1]) return letters[0] ? 1 : -1;
  if (!letters[0]) {
    const [m, n] = [numberAt(a, i, x === '0' || y === '0'), numberAt(b, i, x === '0' || y === '0')];
    if (m.value !== n.value) return m.value < n.value ? -1 : 1;
    if (m.end !== n.end) return m.end - n.end;
  }
  return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}

/** The number that begins here, and where it ends; the digits before a zero, if there are any but zeros, count as one. */
function numberAt(text: readonly string[], from: number, isZero: boolean): { value: bigint; end: number } {
  let value = 0n;
  for (let i = from - 1; isZero && i >= 0 && /\p{Nd}/u.test(text[i] ?? ''); i--) {
    if (text[i] === '0') continue;
    value = 1n;
    break;
  }
  let end = from;
  for (; end < text.length && /\p{Nd}/u.test(text[end] ?? ''); end++) {
    value = value * 10n + BigInt((text[end]?.codePointAt(0) ?? 48) - 48);
  }
  return { value, end };
}
