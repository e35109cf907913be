import { parseTemplate, TemplateError } from '../../go-template';
import type { Command, Nodes, Operand, Pipe } from '../../go-template/template';
import { type Argument, call } from './functions';
import { below, Dict, field, keyOf, nothing, type Part, pass, Root, union, type Value } from './part';

/** What names stand for where a node stands. */
interface Scope {
  readonly dot: Value;
  readonly variables: Map<string, Value>;
}

/** A template that is deeper in others than this is not followed. */
const deepest = 60;
/** So much is followed; what a chart of many thousand templates reads beyond is all. */
const mostSteps = 300_000;

/** The steps are at their end: nothing is known of what is read. */
export class TooLong extends Error {}

/**
 * Goes through templates and notes in places what they read of the values. Where something is not understood, all that it is given
 * counts as read.
 */
export class Reader {
  /** Whether texts of the values, or files, are run as templates. */
  runsTexts = false;
  private readonly definitions = new Map<string, Nodes[]>();
  private readonly done = new Set<string>();
  /** What `.Values` is of the charts. */
  private readonly tops = new Set<Part>();
  private depth = 0;
  private steps = 0;

  define(nodes: Nodes): void {
    for (const node of nodes) {
      if (node.type !== 'define') continue;
      const known = this.definitions.get(node.name);
      if (known === undefined) this.definitions.set(node.name, [node.body]);
      else known.push(node.body);
    }
  }

  /** Goes through a template of a chart. */
  run(nodes: Nodes, root: Root): void {
    this.tops.add(root.values);
    this.nodes(nodes, scopeOf([root]));
  }

  /** Texts that are run as templates read what templates do; what cannot be read of them counts as nothing. */
  runText(text: string, root: Root): void {
    try {
      const nodes = parseTemplate(text);
      this.define(nodes);
      this.run(nodes, root);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      for (const [, way = ''] of text.matchAll(/\.Values((?:\.\w+)+)/g)) {
        root.values.at(way.split('.').slice(1)).whole = true;
      }
    }
  }

  /** Runs what texts that nobody knows may run. */
  runDefinitions(root: Root): void {
    for (const name of this.definitions.keys()) this.definition(name, [root.guess()]);
  }

  /** Forgets what has been gone through: what a template sets, one that came before it may read. */
  again(): void {
    this.done.clear();
  }

  private nodes(nodes: Nodes, scope: Scope): void {
    for (const node of nodes) {
      this.steps += 1;
      if (this.steps > mostSteps) throw new TooLong();
      switch (node.type) {
        case 'action': {
          const value = this.pipe(node.pipe, scope);
          if (node.pipe.variables.length > 0) declare(scope, node.pipe.variables, value, false);
          else pass(value);
          break;
        }
        case 'if':
        case 'with':
        case 'range':
          this.control(node, scope);
          break;
        case 'template':
          this.include(node.name, node.pipe === undefined ? nothing : this.pipe(node.pipe, scope));
          break;
        default:
          break;
      }
    }
  }

  private control({ type, pipe, body, otherwise }: Extract<Nodes[number], { pipe: Pipe; body: Nodes }>, scope: Scope) {
    const value = this.pipe(pipe, scope);
    const variables = new Map(scope.variables);
    const dot = type === 'if' ? scope.dot : type === 'with' ? value : below(value);
    const inner = { dot, variables };
    declare(inner, pipe.variables, type === 'range' ? below(value) : value, type === 'range');
    this.nodes(body, inner);
    // What a round has assigned, the next one reads.
    if (type === 'range' && assigned(scope, inner)) this.nodes(body, inner);
    const other = { dot: scope.dot, variables: new Map(scope.variables) };
    if (otherwise.length > 0) {
      declare(other, pipe.variables, value, false);
      this.nodes(otherwise, other);
    }
    for (const [name, before] of scope.variables) {
      const [then, or] = [inner.variables.get(name) ?? nothing, other.variables.get(name) ?? nothing];
      if (then !== before || or !== before) scope.variables.set(name, union(before, then, or));
    }
  }

  private pipe({ commands }: Pipe, scope: Scope): Value {
    let value: Value = nothing;
    for (const [i, command] of commands.entries()) {
      const before: Argument[] = i === 0 ? [] : [{ value, text: undefined, fresh: true }];
      value = this.command(command, before, scope);
    }
    return value;
  }

  private command([first, ...rest]: Command, before: readonly Argument[], scope: Scope): Value {
    if (first.type !== 'function') {
      const value = this.operand(first, scope);
      for (const argument of [...rest.map((operand) => this.argument(operand, scope)), ...before]) pass(argument.value);
      return value;
    }
    const args = [...rest.map((operand) => this.argument(operand, scope)), ...before];
    if (first.name === 'include') {
      this.include(rest[0] === undefined ? /(?:)/ : namesOf(rest[0]), args[1]?.value ?? nothing);
      return nothing;
    }
    if (first.name === 'tpl') {
      pass(args[0]?.value ?? nothing);
      this.runsTexts = true;
      if (args[0]?.text !== undefined) this.runGiven(args[0].text, args[1]?.value ?? nothing);
      this.give(args[1]?.value ?? nothing);
      return nothing;
    }
    return call(first.name, args);
  }

  private argument(operand: Operand, scope: Scope): Argument {
    return {
      value: this.operand(operand, scope),
      text: operand.type === 'string' ? operand.value : undefined,
      number: operand.type === 'constant' && /^\d+$/.test(operand.text) ? Number(operand.text) : undefined,
      fresh: operand.type === 'chain' && operand.fields.length === 0 && isMade(operand.pipe),
    };
  }

  private operand(operand: Operand, scope: Scope): Value {
    switch (operand.type) {
      case 'dot':
        return scope.dot;
      case 'field':
        return operand.fields.reduce(field, scope.dot);
      case 'variable':
        return operand.fields.reduce(field, scope.variables.get(operand.name) ?? nothing);
      case 'chain':
        return operand.fields.reduce(field, this.pipe(operand.pipe, scope));
      case 'function':
        return call(operand.name, []);
      default:
        return nothing;
    }
  }

  /** Runs a definition with what it is given; of a name that is put together, those that may be meant. */
  private include(name: string | RegExp, given: Value): void {
    if (typeof name === 'string') {
      this.definition(name, given);
      return;
    }
    const guessed = given.map((part) => (part instanceof Root ? part.guess() : part));
    for (const one of this.definitions.keys()) if (name.test(one)) this.definition(one, guessed);
  }

  private definition(name: string, given: Value): void {
    const bodies = this.definitions.get(name);
    if (given.length === 0) return;
    const key = keyOf(given);
    const call = `${name} ${key}`;
    if (bodies === undefined) {
      pass(given);
      return;
    }
    // What goes on into itself reads no more of the whole than it has read.
    if (key === undefined || this.depth >= deepest) {
      pass(given, false);
      return;
    }
    if (this.done.has(call)) return;
    this.done.add(call);
    this.depth += 1;
    for (const body of bodies) this.nodes(body, scopeOf(given));
    this.depth -= 1;
  }

  private runGiven(text: string, given: Value): void {
    try {
      this.nodes(parseTemplate(text), scopeOf(given));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      pass(given);
    }
  }

  /** What a text of the values is run with: of all the values it reads what it names, which is looked for in it; of others anything. */
  private give(value: Value): void {
    for (const part of value) {
      if (part instanceof Root) continue;
      if (part instanceof Dict) {
        for (const inner of part.fields.values()) this.give(inner);
        this.give(union(part.from, part.others));
      } else if (!this.tops.has(part)) pass([part]);
    }
  }
}

/** The names that an expression may yield: a text, or what fits a pattern. */
function namesOf(operand: Operand): string | RegExp {
  if (operand.type === 'string') return operand.value;
  const pattern = patternOf(operand).replace(/(?:\.\*){2,}/g, '.*');
  // With many unknown parts a match may take for ever.
  return pattern.split('.*').length > 4 ? /(?:)/ : new RegExp(`^${pattern}$`);
}

function patternOf(operand: Operand): string {
  if (operand.type === 'string') return escaped(operand.value);
  // A file of templates, which is run in any case.
  if (operand.type === 'field' || operand.type === 'variable')
    return operand.fields.includes('BasePath') ? '(?!)' : '.*';
  if (operand.type !== 'chain' || operand.pipe.commands.length !== 1) return '.*';
  const [first, ...rest] = operand.pipe.commands[0] as Command;
  if (first.type !== 'function') return rest.length === 0 ? patternOf(first) : '.*';
  if (first.name === 'print') return rest.map(patternOf).join('');
  const [format] = rest;
  if (first.name !== 'printf' || format?.type !== 'string') return '.*';
  const args = rest.slice(1).map(patternOf);
  return args.includes('(?!)')
    ? '(?!)'
    : format.value
        .split(/%[a-z]/)
        .map(escaped)
        .join('.*');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function scopeOf(dot: Value): Scope {
  return { dot, variables: new Map([['$', dot]]) };
}

/** The first of two variables of a `range` is the key or index. */
function declare(scope: Scope, names: readonly string[], value: Value, ofRange: boolean): void {
  for (const [i, name] of names.entries()) {
    const own = ofRange && names.length === 2 && i === 0 ? nothing : value;
    // Whether it is declared or assigned is not told apart: it may be what it was before.
    scope.variables.set(name, union(scope.variables.get(name) ?? nothing, own));
  }
}

function assigned(before: Scope, after: Scope): boolean {
  for (const [name, value] of before.variables) if (after.variables.get(name) !== value) return true;
  return false;
}

/** Whether a function makes its value where it stands. */
function isMade({ commands }: Pipe): boolean {
  const [last] = commands.at(-1) ?? [];
  return last?.type === 'function' && /^(?:dict|deepCopy|mustDeepCopy|pick|list|fromYaml|fromJson)$/.test(last.name);
}
