import { Cursor, keywords } from './cursor';
import type { Command, Operand, Pipe } from './template';
import type { Token } from './tokens';

/** Reads pipelines: what stands between the braces. */
export class PipeParser extends Cursor {
  /** Those that are declared where it stands. */
  protected readonly variables: string[] = ['$'];

  protected pipeUntilClose(context: string): Pipe {
    const pipe = this.pipe(context, ({ type }) => type === 'close');
    this.close(context);
    return pipe;
  }

  private pipe(context: string, ends: (token: Token) => boolean): Pipe {
    const { variables, assigns } = this.declarations(context);
    const commands: Command[] = [];
    while (!ends(this.peekNonSpace())) commands.push(this.command(context, ends));
    if (commands.length === 0) this.fail(`missing value for ${context}`);
    for (const [i, [first]] of commands.entries()) {
      if (i > 0 && (first.type === 'dot' || first.type === 'string' || first.type === 'constant')) {
        this.fail(`non executable command in pipeline stage ${i + 1}`);
      }
    }
    return assigns ? { variables, commands, assigns } : { variables, commands };
  }

  /** `$x :=`, `$x =`, and of range `$key, $value :=`. A variable that nothing follows so is an operand. */
  private declarations(context: string): { readonly variables: string[]; readonly assigns: boolean } {
    const declared: string[] = [];
    while (this.peekNonSpace().type === 'variable') {
      const { text, line } = this.take();
      const spaces = this.peek().type === 'space';
      const { type, text: sign } = this.peekNonSpace();
      if (type === 'symbol' && (sign === ':=' || sign === '=')) {
        this.take();
        this.variables.push(text);
        return { variables: [...declared, text], assigns: sign === '=' };
      }
      if (type === 'symbol' && sign === ',' && context === 'range' && declared.length < 1) {
        this.take();
        this.variables.push(text);
        declared.push(text);
        continue;
      }
      if (declared.length > 0) this.fail('range can only initialize variables');
      if (spaces) this.ahead.unshift({ type: 'space', text: ' ', line });
      this.ahead.unshift({ type: 'variable', text, line });
      return { variables: [], assigns: false };
    }
    return { variables: declared, assigns: false };
  }

  private command(context: string, ends: (token: Token) => boolean): Command {
    const operands: Operand[] = [];
    for (;;) {
      this.peekNonSpace();
      const operand = this.operand(operands.length === 0 ? context : 'operand');
      if (operand !== undefined) operands.push(operand);
      if (operand !== undefined && this.peek().type === 'space') {
        const next = this.peekNonSpace();
        if (!ends(next) && !(next.type === 'symbol' && next.text === '|')) continue;
      }
      if (this.takeSymbol('|')) break;
      if (ends(this.peekNonSpace())) break;
      this.unexpected(this.peek(), operands.length === 0 ? context : 'operand');
    }
    const [first, ...others] = operands;
    if (first === undefined) this.fail('empty command');
    return [first, ...others];
  }

  private operand(context: string): Operand | undefined {
    const { type, text } = this.peek();
    const fields: string[] = [];
    const operand = this.term(type, text, context);
    if (operand === undefined) return undefined;
    while (this.peek().type === 'field') fields.push(this.take().text.slice(1));
    if (fields.length === 0) return operand;
    if (operand.type === 'field' || operand.type === 'variable' || operand.type === 'chain') {
      return { ...operand, fields: [...operand.fields, ...fields] };
    }
    if (operand.type !== 'function') this.fail(`unexpected . after term ${JSON.stringify(text)}`);
    return { type: 'chain', pipe: { variables: [], commands: [[operand]] }, fields };
  }

  private term(type: Token['type'], text: string, context: string): Operand | undefined {
    switch (type) {
      case 'dot':
        this.take();
        return { type: 'dot' };
      case 'field':
        this.take();
        return { type: 'field', fields: [text.slice(1)] };
      case 'variable':
        this.take();
        if (!this.variables.includes(text)) this.fail(`undefined variable "${text}"`);
        return { type: 'variable', name: text, fields: [] };
      case 'string':
        this.take();
        return { type: 'string', value: unquote(text) };
      case 'number':
        this.take();
        return { type: 'constant', text };
      case 'word':
        this.take();
        if (keywords.has(text)) this.fail(`unexpected <${text}> in ${context}`);
        return text === 'true' || text === 'false' || text === 'nil'
          ? { type: 'constant', text }
          : { type: 'function', name: text };
      default:
        return this.parenthesized();
    }
  }

  private parenthesized(): Operand | undefined {
    if (!this.takeSymbol('(')) return undefined;
    const pipe = this.pipe('parenthesized pipeline', ({ type, text }) => type === 'symbol' && text === ')');
    this.takeSymbol(')');
    return { type: 'chain', pipe, fields: [] };
  }
}

/** What a string stands for (strconv.Unquote). */
export function unquote(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) return inner.replaceAll('\r', '');
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/gs,
    (all, x?: string, u?: string, long?: string, octal?: string, one?: string) => {
      if (one !== undefined) return escapes[one] ?? one;
      const code = octal === undefined ? Number.parseInt(x ?? u ?? long ?? '', 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
