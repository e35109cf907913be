import { memoizeText } from '../../text/memoize';
import { parseTemplate } from './parse';
import { asked, askedBy, fieldsOfAll, isAll, isAllCommands, isAllOperand, type Scope } from './scope';
import { type Command, type Nodes, type Operand, type Pipe, TemplateError, TemplateTooLong } from './template';

/** A key of the values that a template is given, and how it is read. */
export interface KeyRead {
  readonly key: string;
  /** `.key` fails where there is no such key; `index . "key"` is empty then. */
  readonly how: 'field' | 'index';
  /** The function or clause that shows that the key is thought of as one that may be absent: `default`, `if`. */
  readonly optionalBy: string | undefined;
}

export interface TemplateReads {
  readonly keys: readonly KeyRead[];
  /** Functions that are given all the values. */
  readonly calls: readonly string[];
  /** What reads a field of a value, which is a text: `.tls.crt`. */
  readonly nested: readonly (readonly string[])[];
  /** Every function that it names. */
  readonly functions: ReadonlySet<string>;
  /** How many arguments each call has; what is piped into it is the last. */
  readonly arguments: readonly (readonly [name: string, count: number])[];
}

/** What a template reads of the values that it is given; the error where Go refuses it. */
export function readsOf(text: string): TemplateReads | TemplateError {
  return text.includes('{{') ? read(text) : nothing;
}

const nothing: TemplateReads = { keys: [], calls: [], nested: [], functions: new Set(), arguments: [] };

/** Most templates of a tree stand in it many times, and several rules ask for each. */
const read = memoizeText((text): TemplateReads | TemplateError => {
  try {
    const reader = new Reader();
    reader.nodes(parseTemplate(text), { dot: true, aliases: new Set(['$']), sure: new Set() });
    return reader;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    // The stack is at its end.
    if (error instanceof RangeError) return new TemplateTooLong('it is nested too deeply', 1);
    throw error;
  }
});

/** Functions behind which an empty value is thought of. */
const fallbacks = new Set(['default', 'coalesce', 'empty']);

class Reader implements TemplateReads {
  readonly keys: KeyRead[] = [];
  readonly calls: string[] = [];
  readonly nested: string[][] = [];
  readonly functions = new Set<string>();
  readonly arguments: [string, number][] = [];

  nodes(nodes: Nodes, outer: Scope): void {
    let scope = outer;
    for (const node of nodes) {
      switch (node.type) {
        case 'action':
          this.pipe(node.pipe, scope);
          scope = this.declared(node.pipe, scope);
          break;
        case 'if':
        case 'with':
        case 'range': {
          this.pipe(node.pipe, scope, node.type === 'range' ? undefined : node.type);
          const inner = this.declared(node.pipe, scope, node.type === 'range');
          const dot = node.type === 'if' ? inner.dot : node.type === 'with' && isAll(node.pipe, scope);
          const sure = new Set([...inner.sure, ...asked(node.pipe, scope)]);
          this.nodes(node.body, { ...inner, dot, sure });
          this.nodes(node.otherwise, { ...scope, sure });
          break;
        }
        case 'template':
          if (node.pipe !== undefined) this.pipe(node.pipe, scope);
          break;
        // What it is given when it is called is not followed.
        case 'define':
          this.nodes(node.body, { dot: false, aliases: new Set(), sure: new Set() });
          break;
        default:
      }
    }
  }

  /** The scope after a declaration. */
  private declared(pipe: Pipe, scope: Scope, elements = false): Scope {
    if (pipe.variables.length === 0) return scope;
    const aliases = new Set(scope.aliases);
    for (const name of pipe.variables) {
      if (!elements && isAll(pipe, scope)) aliases.add(name);
      else aliases.delete(name);
    }
    return { ...scope, aliases };
  }

  /** @param optionalBy what asks whether the whole pipe is empty */
  private pipe({ commands }: Pipe, scope: Scope, optionalBy?: string): void {
    /** For each command, the first function after it that thinks of an empty value. */
    const fallback = commands.map((): string | undefined => undefined);
    for (let i = commands.length - 2; i >= 0; i -= 1) {
      const next = commands[i + 1]?.[0];
      fallback[i] = next?.type === 'function' && fallbacks.has(next.name) ? next.name : fallback[i + 1];
    }
    for (const [i, command] of commands.entries()) {
      const by = fallback[i] ?? (commands.length === 1 ? optionalBy : undefined);
      const pipedAll = i === 1 && isAllCommands(commands.slice(0, 1), scope);
      this.command(command, scope, by, pipedAll, i > 0);
    }
  }

  private command(
    [first, ...args]: Command,
    scope: Scope,
    optionalBy: string | undefined,
    pipedAll: boolean,
    piped: boolean,
  ): void {
    if (first.type !== 'function') {
      this.operand(first, scope, optionalBy);
      for (const arg of args) this.operand(arg, scope);
      return;
    }
    const { name } = first;
    this.functions.add(name);
    this.arguments.push([name, args.length + (piped ? 1 : 0)]);
    const [values, key] = args;
    if (name === 'index' && values !== undefined && isAllOperand(values, scope) && key?.type === 'string') {
      this.keys.push({ key: key.value, how: 'index', optionalBy });
      for (const arg of args.slice(1)) this.operand(arg, scope);
      return;
    }
    if (takesMap(name, args.map((arg) => isAllOperand(arg, scope)).concat(piped ? [pipedAll] : [])))
      this.calls.push(name);
    let { sure } = scope;
    for (const [i, arg] of args.entries()) {
      this.operand(
        arg,
        { ...scope, sure },
        optionalFor(name, i, args.length, piped) ?? (isLogical(name) ? optionalBy : undefined),
      );
      // `and` stops at the first that is empty.
      if (name === 'and') sure = new Set([...sure, ...askedBy(arg, scope)]);
    }
  }

  private operand(operand: Operand, scope: Scope, optionalBy?: string): void {
    if (operand.type === 'chain') {
      this.pipe(operand.pipe, scope, optionalBy);
      return;
    }
    if (operand.type === 'function') {
      this.functions.add(operand.name);
      this.arguments.push([operand.name, 0]);
      return;
    }
    const fields = fieldsOfAll(operand, scope);
    const [key, ...below] = fields;
    if (key === undefined) return;
    if (below.length > 0) this.nested.push([...fields]);
    else if (!scope.sure.has(key)) this.keys.push({ key, how: 'field', optionalBy });
  }
}

/** What shows that an argument of a function may be absent. */
function optionalFor(name: string, i: number, count: number, piped: boolean): string | undefined {
  const last = i === count - 1 && !piped;
  if (name === 'default') return last && count > 1 ? name : undefined;
  if (name === 'coalesce' || name === 'or') return last ? undefined : name;
  return name === 'empty' || name === 'not' ? name : undefined;
}

/** Whose result is one of their arguments. */
function isLogical(name: string): boolean {
  return name === 'and' || name === 'or';
}

/** Whether one of sprig's functions is given all the values, which are texts, where it takes a map of any values alone. */
function takesMap(name: string, isAllValues: readonly boolean[]): boolean {
  switch (name) {
    case 'get':
    case 'hasKey':
    case 'set':
    case 'unset':
    case 'pick':
    case 'omit':
    case 'values':
      return isAllValues[0] === true;
    case 'keys':
    case 'merge':
    case 'mustMerge':
    case 'mergeOverwrite':
    case 'mustMergeOverwrite':
      return isAllValues.includes(true);
    case 'pluck':
      return isAllValues.slice(1).includes(true);
    case 'dig':
      return isAllValues.length > 2 && isAllValues.at(-1) === true;
    default:
      return false;
  }
}
