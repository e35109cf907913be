import { TemplateError, TemplateTooLong } from './template';

export type TokenType =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'dot'
  | 'field'
  | 'variable'
  | 'word'
  | 'string'
  | 'number'
  | 'symbol'
  | 'end of text';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly line: number;
}

const space = /[ \t\r\n]/;
const letter = /[\p{L}\p{Nd}_]/u;
const letters = /[\p{L}\p{Nd}_]+/uy;
/** What may stand after a name, besides what closes the action. */
const terminator = /^(?:$|[ \t\r\n.,|:()])/;
const number = /^[+-]?(?:0[xX][\da-fA-F_]*|0[bB][01_]*|0[oO][0-7_]*|[\d_]*\.?[\d_]*(?:[eEpP][+-]?[\d_]+)?)i?/;
const string = /^"(?:\\[^\n]|[^"\\\n])*"/;
const character = /^'(?:\\[^\n]|[^'\\\n])*'/;

/** The most tokens of a template in a tree that are read. Nobody writes so many, and what follows from them may grow faster than they do. */
const maximumTokens = 10_000;

/** What stands around an action. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
}

export interface LexerOptions {
  /** How many tokens are read. */
  readonly most?: number;
  readonly delimiters?: Delimiters;
}

const braces: Delimiters = { open: '{{', close: '}}' };

/** A regular expression would look at each of many spaces for the end. */
function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && space.test(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}

/** The tokens of a template, in the order of Go's lexer (text/template/parse/lex.go). Comments are left out. */
export class Lexer {
  private at = 0;
  private line = 1;
  private parentheses = 0;
  private count = 0;

  private readonly most: number;
  private readonly delimiters: Delimiters;

  constructor(
    private readonly text: string,
    { most = maximumTokens, delimiters = braces }: LexerOptions,
  ) {
    this.most = most;
    this.delimiters = delimiters;
  }

  *tokens(): Generator<Token> {
    while (this.at < this.text.length) {
      const left = this.delimiters.open;
      const open = this.text.indexOf(left, this.at);
      const end = open < 0 ? this.text.length : open;
      const trimsNext = open >= 0 && this.isTrimMark(open + left.length);
      const literal = this.text.slice(this.at, end);
      if (literal !== '') yield this.take('text', literal, trimsNext ? trimmedEnd(literal) : literal);
      if (open < 0) break;
      const mark = trimsNext ? `${left}- ` : left;
      if (this.text.startsWith('/*', open + mark.length)) {
        this.take('open', mark);
        this.comment();
      } else {
        yield this.take('open', mark);
        yield* this.action();
      }
    }
    yield { type: 'end of text', text: '', line: this.line };
  }

  private isTrimMark(at: number): boolean {
    return this.text[at] === '-' && space.test(this.text[at + 1] ?? '');
  }

  private take(type: TokenType, source: string, text = source): Token {
    const token = { type, text, line: this.line };
    this.count += 1;
    if (this.count > this.most) {
      throw new TemplateTooLong(`it has more than ${this.most.toLocaleString('en')} parts`, this.line);
    }
    this.at += source.length;
    for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) this.line += 1;
    return token;
  }

  private fail(message: string): never {
    throw new TemplateError(message, this.line);
  }

  private comment(): void {
    const end = this.text.indexOf('*/', this.at);
    if (end < 0) this.fail('unclosed comment');
    this.take('text', this.text.slice(this.at, end + 2));
    const close = this.closing();
    if (close === undefined) this.fail('comment ends before closing delimiter');
    this.closeWith(close);
  }

  /** What ends the action here, with the mark that trims what follows. */
  private closing(): string | undefined {
    const { close } = this.delimiters;
    if (this.text.startsWith(close, this.at)) return close;
    const isTrimmed = space.test(this.text[this.at] ?? '') && this.text.startsWith(`-${close}`, this.at + 1);
    return isTrimmed ? this.text.slice(this.at, this.at + 2 + close.length) : undefined;
  }

  private closeWith(mark: string): Token {
    const token = this.take('close', mark);
    if (mark !== this.delimiters.close) this.take('text', /^[ \t\r\n]*/.exec(this.text.slice(this.at))?.[0] ?? '');
    return token;
  }

  private *action(): Generator<Token> {
    this.parentheses = 0;
    for (;;) {
      const rest = this.text.slice(this.at);
      const close = this.closing();
      if (close !== undefined) {
        if (this.parentheses !== 0) this.fail('unclosed left paren');
        yield this.closeWith(close);
        return;
      }
      yield this.next(rest);
    }
  }

  private next(rest: string): Token {
    const [first = ''] = rest;
    if (first === '') this.fail('unclosed action');
    if (space.test(first)) return this.take('space', this.spaces(rest));
    if (first === '.' && !/^\.\d/.test(rest)) return this.named(rest, 'field', 'dot');
    if (first === '$') return this.named(rest, 'variable', 'variable');
    if (first === '"') return this.quoted(rest, string, 'string', 'unterminated quoted string');
    if (first === "'") return this.quoted(rest, character, 'number', 'unterminated character constant');
    if (first === '`') return this.quoted(rest, /^`[^`]*`/, 'string', 'unterminated raw quoted string');
    if (/[+\-.\d]/.test(first)) return this.number(rest);
    if (letter.test(first)) return this.named(rest, 'word', 'word');
    if (first === ':') {
      if (!rest.startsWith(':=')) this.fail('expected :=');
      return this.take('symbol', ':=');
    }
    if (first === '(') this.parentheses += 1;
    if (first === ')') {
      this.parentheses -= 1;
      if (this.parentheses < 0) this.fail('unexpected right paren');
    }
    if (!/[ -~]/.test(first)) this.fail(`unrecognized character in action: ${codePoint(first)}`);
    return this.take('symbol', first);
  }

  /** Spaces up to a closing mark that trims, to which the last one belongs. */
  private spaces(rest: string): string {
    const all = /^[ \t\r\n]+/.exec(rest)?.[0] ?? '';
    const before = rest.startsWith(`-${this.delimiters.close}`, all.length) ? all.slice(0, -1) : all;
    return before === '' ? all : before;
  }

  private named(rest: string, type: TokenType, single: TokenType): Token {
    const mark = type === 'word' ? 0 : 1;
    letters.lastIndex = mark;
    const length = mark + (letters.exec(rest)?.[0].length ?? 0);
    const after = rest.slice(length);
    if (!terminator.test(after) && !after.startsWith(this.delimiters.close))
      this.fail(`bad character ${codePoint(after)}`);
    return this.take(length === 1 && type !== 'word' ? single : type, rest.slice(0, length));
  }

  private quoted(rest: string, pattern: RegExp, type: TokenType, unterminated: string): Token {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) this.fail(unterminated);
    return this.take(type, found);
  }

  private number(rest: string): Token {
    const found = number.exec(rest)?.[0] ?? '';
    const [after = ''] = rest.slice(found.length);
    if (letter.test(after) || !/\d/.test(found)) this.fail(`bad number syntax: "${found}${after}"`);
    return this.take('number', found);
  }
}

function codePoint(text: string): string {
  const [char = ''] = text;
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
}
