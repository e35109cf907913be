import type { ObjectType, ValueKey, ValueType } from '../../systems/helm/value-types';
import { madeByImport } from './typescript';

/** What a file of `espalier import` says. */
export interface ReadImport {
  /** What the type of the values is called. */
  readonly typeName: string;
  /** Where a release gets the chart, as ChartLocation has it, and its version. */
  readonly location: Readonly<Record<string, string>>;
  /** What the values may be; definitions stand in it in place of their names, and may hold themselves. */
  readonly values: ValueType;
}

/** Reads what `typescriptOf` has printed: undefined for other text, and for a chart whose place is not known. */
export function readImport(text: string): ReadImport | undefined {
  if (!text.startsWith(madeByImport)) return undefined;
  const code = text.replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '');
  const [, ...statements] = code.split(/^export /m);
  const [, typeName, fields = ''] =
    /^const \w+: ImportedChart<(\w+)> = \{\n([\s\S]*?)\n\};\n/.exec(statements[0] ?? '') ?? [];
  if (typeName === undefined) return undefined;
  const location = [...fields.matchAll(/^ {2}(\w+): ('.*'),$/gm)].map(([, key, value = '']) => [key, unquoted(value)]);
  const definitions = new Map<string, ValueType[]>();
  const named = (name: string): ValueType[] => {
    const members = definitions.get(name) ?? [];
    definitions.set(name, members);
    return members;
  };
  try {
    for (const statement of statements.slice(1)) {
      const [begin = '', name = ''] = /^(?:interface|type) (\w+) (?:= )?/.exec(statement) ?? [];
      named(name).push(new Reader(statement.slice(begin.length), named).type());
    }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return { typeName, location: Object.fromEntries(location), values: { type: 'union', members: named(typeName) } };
}

const plainTypes: Readonly<Record<string, ValueType>> = {
  HelmText: { type: 'text' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
  unknown: { type: 'unknown' },
  true: { type: 'literal', value: true },
  false: { type: 'literal', value: false },
};

class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(
    text: string,
    private readonly named: (name: string) => ValueType[],
  ) {
    this.tokens = text.match(/'(?:[^'\\]|\\.)*'|[\w$.+-]+|[^\s\w]/g) ?? [];
  }

  type(): ValueType {
    const members = [this.member()];
    while (this.takes('|')) members.push(this.member());
    return members.length === 1 ? (members[0] as ValueType) : { type: 'union', members };
  }

  private member(): ValueType {
    if (!this.takes('readonly')) return this.single();
    const item = this.single();
    this.expect('[');
    this.expect(']');
    return { type: 'list', item };
  }

  private single(): ValueType {
    const token = this.next();
    if (token === '{') return this.object();
    if (token === '(') {
      const type = this.type();
      this.expect(')');
      return type;
    }
    if (token.startsWith("'")) return { type: 'literal', value: unquoted(token) };
    if (Object.hasOwn(plainTypes, token)) return plainTypes[token] as ValueType;
    if (/^[-\d]/.test(token)) return { type: 'literal', value: Number(token) };
    if (!/^[A-Za-z_$]/.test(token)) throw new SyntaxError(token);
    return { type: 'union', members: this.named(token) };
  }

  private object(): ObjectType {
    const keys = new Map<string, ValueKey>();
    let others: ObjectType['others'] = 'none';
    while (!this.takes('}')) {
      this.expect('readonly');
      const name = this.next();
      if (name === '[') {
        for (const token of ['key', ':', 'string', ']', ':']) this.expect(token);
        others = this.takes('never') ? 'none' : this.type();
      } else {
        const required = !this.takes('?');
        this.expect(':');
        keys.set(name.startsWith("'") ? unquoted(name) : name, { type: this.type(), required });
      }
      this.takes(';');
    }
    return { type: 'object', keys, others };
  }

  private next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw new SyntaxError('the text ends');
    this.at += 1;
    return token;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.takes(token)) throw new SyntaxError(token);
  }
}

function unquoted(text: string): string {
  return JSON.parse(`"${text.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string;
}
