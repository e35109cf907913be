import { TemplateError } from './template';
import type { Token } from './tokens';

export const keywords: ReadonlySet<string> = new Set([
  'if',
  'else',
  'end',
  'range',
  'with',
  'define',
  'block',
  'template',
  'break',
  'continue',
]);

/** The tokens of a template, with a look ahead. */
export class Cursor {
  protected readonly ahead: Token[] = [];
  private line = 1;

  constructor(private readonly tokens: Iterator<Token>) {}

  protected fail(message: string): never {
    throw new TemplateError(message, this.line);
  }

  protected unexpected({ type, text }: Token, context: string): never {
    if (type === 'end of text') this.fail(`unexpected EOF in ${context}`);
    if (type === 'word' && keywords.has(text)) this.fail(`unexpected <${text}> in ${context}`);
    // A text may be secret.
    if (type === 'string') this.fail(`unexpected string in ${context}`);
    this.fail(`unexpected ${JSON.stringify(text.trim())} in ${context}`);
  }

  protected peek(): Token {
    if (this.ahead.length === 0) this.ahead.push(this.tokens.next().value as Token);
    return this.ahead[0] as Token;
  }

  protected take(): Token {
    const token = this.peek();
    this.ahead.shift();
    this.line = token.line;
    return token;
  }

  protected peekNonSpace(): Token {
    while (this.peek().type === 'space') this.take();
    return this.peek();
  }

  protected takeNonSpace(): Token {
    this.peekNonSpace();
    return this.take();
  }

  protected takeSymbol(text: string): boolean {
    const token = this.peekNonSpace();
    if (token.type !== 'symbol' || token.text !== text) return false;
    this.take();
    return true;
  }

  protected close(context: string): void {
    const token = this.takeNonSpace();
    if (token.type !== 'close') this.unexpected(token, context);
  }
}
