/** What kind of operand follows, that is, where it ends and what may be escaped in it. */
export type Parameter = 'to-brace' | 'to-colon' | 'pattern' | 'replacement';

/** What ends or changes each: a NUL ends everything, as Go takes it for the end of the text. */
const stops: { readonly [parameter in Parameter]: RegExp } = {
  'to-brace': /[}\0]|\$\{/g,
  'to-colon': /[:}\0]|\$\{/g,
  pattern: /[/\0]|\$[{$]|\\[/\\]/g,
  replacement: /[}\0]|\$[{$]|\\[/\\]/g,
};

const literalStop = /\0|\$[{$]/g;

/** Reads a text from left to right. (fluxcd/pkg envsubst, scan.go) */
export class Scanner {
  position = 0;

  constructor(private readonly text: string) {}

  /** The character that follows; '' at the end. */
  next(): string {
    return this.text.charAt(this.position);
  }

  /** Whether a `${` follows. */
  opens(): boolean {
    return this.text.startsWith('${', this.position);
  }

  /** Whether the character that follows is ASCII; not so at the end. */
  isAscii(): boolean {
    return this.position < this.text.length && this.text.charCodeAt(this.position) < 0x80;
  }

  /** Steps over a character, if it follows. */
  skip(character: string): boolean {
    if (this.next() !== character) return false;
    this.position++;
    return true;
  }

  /** What a sticky expression matches here; undefined when it does not. */
  take(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.position;
    const match = sticky.exec(this.text);
    if (match === null) return undefined;
    this.position = sticky.lastIndex;
    return match[0];
  }

  /** Text up to the next `${`, with `$` for `$$`; undefined at the end. */
  literal(): string | undefined {
    return this.next() === '' || this.next() === '\0' ? undefined : this.read(literalStop);
  }

  /** An operand's text; undefined when there is none. */
  parameter(parameter: Parameter): string | undefined {
    const from = this.position;
    const text = this.read(stops[parameter]);
    return this.position === from ? undefined : text;
  }

  /** Text up to a stop; of an escape, which is one too but ends nothing, its second character. */
  private read(stop: RegExp): string {
    let text = '';
    for (;;) {
      stop.lastIndex = this.position;
      const match = stop.exec(this.text);
      const end = match === null ? this.text.length : match.index;
      text += this.text.slice(this.position, end);
      this.position = end;
      const found = match?.[0] ?? '';
      if (found.length < 2 || found === '${') return text;
      text += found.charAt(1);
      this.position += found.length;
    }
  }
}
