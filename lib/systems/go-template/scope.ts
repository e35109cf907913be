import type { Command, Operand, Pipe } from './template';

/** What names stand for where a node stands. */
export interface Scope {
  /** Whether `.` is all the values. */
  readonly dot: boolean;
  /** Variables that are. */
  readonly aliases: ReadonlySet<string>;
  /** Keys that a condition around it has asked for. */
  readonly sure: ReadonlySet<string>;
}

export function isAll({ commands }: Pipe, scope: Scope): boolean {
  return isAllCommands(commands, scope);
}

export function isAllCommands([command, ...others]: readonly Command[], scope: Scope): boolean {
  return command !== undefined && others.length === 0 && command.length === 1 && isAllOperand(command[0], scope);
}

/** Whether an operand is all the values that the template is given. */
export function isAllOperand(operand: Operand, scope: Scope): boolean {
  if (operand.type === 'dot') return scope.dot;
  if (operand.type === 'variable') return operand.fields.length === 0 && scope.aliases.has(operand.name);
  return operand.type === 'chain' && operand.fields.length === 0 && isAll(operand.pipe, scope);
}

/** The way that an operand goes into the values; empty when it does not. */
export function fieldsOfAll(operand: Operand, scope: Scope): readonly string[] {
  if (operand.type === 'field') return scope.dot ? operand.fields : [];
  return operand.type === 'variable' && scope.aliases.has(operand.name) ? operand.fields : [];
}

/** The keys that a condition asks for, in whatever way. */
export function asked(pipe: Pipe, scope: Scope): string[] {
  return pipe.commands.flatMap((command) => askedByCommand(command, scope));
}

function askedByCommand([first, ...args]: Command, scope: Scope): string[] {
  const [, key] = args;
  const isLookup =
    first.type === 'function' && (first.name === 'index' || first.name === 'hasKey' || first.name === 'get');
  if (isLookup && key?.type === 'string') return [key.value];
  return [first, ...args].flatMap((operand) => askedBy(operand, scope));
}

export function askedBy(operand: Operand, scope: Scope): readonly string[] {
  if (operand.type === 'chain') return asked(operand.pipe, scope);
  return fieldsOfAll(operand, scope).slice(0, 1);
}
