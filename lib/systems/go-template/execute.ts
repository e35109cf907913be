import { builtins } from './builtins';
import { type Command, type Nodes, type Operand, type Pipe, TemplateError, type TemplateNode } from './template';
import { lazyFunctions } from './undefined-function';
import {
  entryOf,
  FunctionError,
  isMap,
  isTrue,
  NotFollowed,
  printed,
  sortedKeys,
  type TemplateFunction,
  type Value,
} from './values';

export interface Execution {
  /** What `.` is. */
  readonly data: Value;
  /** Besides Go's own. */
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  /** Functions that exist, but are not followed. */
  readonly notFollowed: ReadonlySet<string>;
  /** How much may still be done, in steps and characters: what several share ends for all. */
  readonly budget: { left: number };
}

/** What a template makes. */
export interface Executed {
  readonly text: string;
  /** Of each line of the text, the line of the template that it is from. */
  readonly lines: readonly number[];
}

/**
 * Fills a template in as Go 1.26 does with `missingkey=error` (text/template/exec.go).
 *
 * @throws TemplateError where Go fails; NotFollowed where it is not known what Go makes
 */
export function execute(template: Nodes, execution: Execution): Executed {
  const run = new Run(execution, definitionsIn(template));
  run.step(beginning);
  run.list(template, { dot: execution.data, variables: [['$', { value: execution.data }]], depth: 0 });
  return run.written();
}

function definitionsIn(nodes: Nodes, found = new Map<string, Nodes>()): ReadonlyMap<string, Nodes> {
  for (const node of nodes) {
    if ((node.type === 'define' || node.type === 'template') && node.body !== undefined)
      found.set(node.name, node.body);
    if ('body' in node && node.body !== undefined) definitionsIn(node.body, found);
    if ('otherwise' in node) definitionsIn(node.otherwise, found);
  }
  return found;
}

interface Scope {
  readonly dot: Value;
  /** The innermost last. */
  readonly variables: (readonly [string, { value: Value }])[];
  readonly depth: number;
}

/** Templates that make more are not followed: of an honest one nobody could apply the result. */
const longestText = 5_000_000;
const deepest = 100;
/** What each costs, besides: somebody reads what it makes. */
const beginning = 300;

class Run {
  private readonly parts: string[] = [];
  private readonly lines: number[] = [];
  private length = 0;
  /** Whether the line that is written has nothing but spaces yet. */
  private isBlank = true;
  private line = 1;

  constructor(
    private readonly execution: Execution,
    private readonly definitions: ReadonlyMap<string, Nodes>,
  ) {}

  written(): Executed {
    return { text: this.parts.join(''), lines: this.lines };
  }

  /** @returns what a `break` or `continue` in it leads to */
  list(nodes: Nodes, scope: Scope): 'break' | 'continue' | undefined {
    const known = scope.variables.length;
    for (const node of nodes) {
      const jump = this.node(node, scope);
      if (jump !== undefined) {
        scope.variables.length = known;
        return jump;
      }
    }
    scope.variables.length = known;
    return undefined;
  }

  private node(node: TemplateNode, scope: Scope): 'break' | 'continue' | undefined {
    this.step(1);
    switch (node.type) {
      case 'text':
        this.write(node.text, node.line, true);
        return undefined;
      case 'action': {
        this.line = node.line;
        const value = this.pipe(node.pipe, scope);
        if (node.pipe.variables.length === 0) this.write(printed(value, true), node.line, false);
        return undefined;
      }
      case 'if':
      case 'with': {
        const known = scope.variables.length;
        const value = this.pipe(node.pipe, scope);
        const holds = isTrue(value);
        const dot = node.type === 'with' && holds ? value : scope.dot;
        const jump = this.list(holds ? node.body : node.otherwise, { ...scope, dot });
        scope.variables.length = known;
        return jump;
      }
      case 'range':
        return this.range(node, scope);
      case 'template': {
        this.line = node.line;
        const body = node.body ?? this.definitions.get(node.name);
        if (body === undefined) return this.fail(`template "${node.name}" not defined`);
        if (scope.depth > deepest) throw new NotFollowed('its templates call each other without end');
        const dot = node.pipe === undefined ? null : this.pipe(node.pipe, scope);
        this.list(body, { dot, variables: [['$', { value: dot }]], depth: scope.depth + 1 });
        return undefined;
      }
      case 'jump':
        return node.to;
      case 'define':
        return undefined;
    }
  }

  step(count: number): void {
    this.execution.budget.left -= count;
    if (this.execution.budget.left < 0) throw new NotFollowed('its template takes too long');
  }

  private range(
    { pipe, body, otherwise }: Extract<TemplateNode, { body: Nodes; otherwise: Nodes }>,
    scope: Scope,
  ): 'break' | 'continue' | undefined {
    const known = scope.variables.length;
    const over = this.pipe(pipe, scope, true);
    if (typeof over === 'number' && pipe.variables.length > 1)
      this.fail("can't iterate over a number with two variables");
    const items = this.items(over);
    if (items.length === 0) {
      scope.variables.length = known;
      return this.list(otherwise, scope);
    }
    this.step(items.length);
    for (const [key, value] of items) {
      const names = pipe.variables;
      const [first, second] = names.length === 1 ? [value, undefined] : [key, value];
      for (const [i, given] of [first, second].entries()) {
        const name = names[i];
        if (name === undefined || given === undefined) continue;
        if (pipe.assigns) this.assign(name, given, scope);
        else scope.variables.push([name, { value: given }]);
      }
      const jump = this.list(body, { ...scope, dot: value });
      scope.variables.length = known;
      if (jump === 'break') break;
    }
    return undefined;
  }

  private items(over: Value): (readonly [Value, Value])[] {
    if (Array.isArray(over)) return over.map((item, i) => [i, item]);
    if (isMap(over)) return sortedKeys(over).map((key) => [key, over[key] ?? null]);
    if (over === null) return [];
    if (typeof over === 'number' && Number.isInteger(over)) {
      this.step(Math.max(0, over));
      return Array.from({ length: Math.max(0, over) }, (_, i) => [i, i]);
    }
    return this.fail(`range can't iterate over a value that is neither a list nor a map`);
  }

  private write(text: string, line: number, isTemplate: boolean): void {
    if (text === '') return;
    this.length += text.length;
    this.step(text.length >> 4);
    if (this.length > longestText) throw new NotFollowed('its template makes too much');
    this.parts.push(text);
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) {
        this.lines.push(line);
        this.isBlank = true;
      }
      if (this.lines.length === 0) this.lines.push(line);
      if (this.isBlank && part.trim() !== '') {
        this.lines[this.lines.length - 1] = isTemplate ? line + i : line;
        this.isBlank = false;
      }
    }
  }

  private pipe({ variables, commands, assigns }: Pipe, scope: Scope, isRange = false): Value {
    let value: Value | undefined;
    for (const command of commands) value = this.command(command, scope, value);
    const found = value ?? null;
    if (isRange) return found;
    for (const name of variables) {
      if (assigns) this.assign(name, found, scope);
      else scope.variables.push([name, { value: found }]);
    }
    return found;
  }

  private assign(name: string, value: Value, { variables }: Scope): void {
    const found = variables.findLast(([known]) => known === name);
    if (found !== undefined) found[1].value = value;
  }

  private command([first, ...args]: Command, scope: Scope, piped: Value | undefined): Value {
    if (first.type === 'function') return this.call(first.name, args, scope, piped);
    if (args.length > 0 || piped !== undefined) return this.fail("can't give argument to non-function");
    if (first.type === 'constant' && first.text === 'nil') return this.fail('nil is not a command');
    return this.operand(first, scope);
  }

  private operand(operand: Operand, scope: Scope): Value {
    switch (operand.type) {
      case 'dot':
        return scope.dot;
      case 'field':
        return this.fields(scope.dot, operand.fields);
      case 'variable': {
        const found = scope.variables.findLast(([name]) => name === operand.name);
        return this.fields(found?.[1].value ?? null, operand.fields);
      }
      case 'string':
        return operand.value;
      case 'constant':
        return constant(operand.text);
      case 'function':
        return this.call(operand.name, [], scope, undefined);
      case 'chain':
        return this.fields(this.pipe(operand.pipe, scope), operand.fields);
    }
  }

  private fields(value: Value, fields: readonly string[]): Value {
    let found = value;
    for (const field of fields) {
      if (found === null) return this.fail(`nil pointer evaluating interface {}.${field}`);
      if (!isMap(found)) return this.fail(`can't evaluate field ${field} in a value that is no map`);
      const next = entryOf(found, field);
      if (next === undefined) return this.fail(`map has no entry for key "${field}"`);
      found = next;
    }
    return found;
  }

  private call(name: string, operands: readonly Operand[], scope: Scope, piped: Value | undefined): Value {
    if (lazyFunctions.has(name)) return this.lazily(name, operands, scope, piped);
    const call = this.execution.functions.get(name) ?? (Object.hasOwn(builtins, name) ? builtins[name] : undefined);
    const args = operands.map((operand) => this.operand(operand, scope));
    if (piped !== undefined) args.push(piped);
    if (call === undefined) {
      if (this.execution.notFollowed.has(name)) throw new NotFollowed(`it calls ${name}, which is not followed`);
      return this.fail(`function "${name}" not defined`);
    }
    try {
      return call(args, name);
    } catch (error) {
      if (error instanceof FunctionError) return this.fail(`error calling ${name}: ${error.message}`);
      throw error;
    }
  }

  /** `and` and `or` stop at the argument that tells. */
  private lazily(name: string, operands: readonly Operand[], scope: Scope, piped: Value | undefined): Value {
    let value: Value | undefined;
    for (const operand of operands) {
      value = this.operand(operand, scope);
      if (isTrue(value) === (name === 'or')) return value;
    }
    if (piped !== undefined) return piped;
    return value ?? this.fail(`wrong number of args for ${name}`);
  }

  private fail(message: string): never {
    throw new TemplateError(message, this.line);
  }
}

/** A constant as it is written. */
function constant(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'nil') return null;
  if (/^'[^\\]'$/u.test(text)) return text.codePointAt(1) ?? 0;
  const plain = text.replaceAll('_', '');
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(plain) ?? [];
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(octal) * (sign === '-' ? -1 : 1);
  if (/[i'pP]/.test(plain) || !Number.isFinite(value)) throw new NotFollowed(`the number ${text}`);
  return value;
}
