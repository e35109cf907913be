import { builtins } from './builtins';
import { type Nodes, type Pipe, TemplateError } from './template';

/** The functions that a template may call besides Go's own: those that are followed, by name, and those that are not. */
interface KnownFunctions {
  readonly functions: { has(name: string): boolean };
  readonly notFollowed: ReadonlySet<string>;
}

/** The functions that a template calls and that there are not: Go refuses it when it is parsed. */
export function undefinedFunction(
  template: Nodes,
  { functions, notFollowed }: KnownFunctions,
): TemplateError | undefined {
  for (const { name, line } of functionsIn(template, 1)) {
    if (!functions.has(name) && !notFollowed.has(name) && !Object.hasOwn(builtins, name) && !lazyFunctions.has(name)) {
      return new TemplateError(`function "${name}" not defined`, line);
    }
  }
  return undefined;
}

/** Those that need not look at all that they are given. */
export const lazyFunctions: ReadonlySet<string> = new Set(['and', 'or']);

function* functionsIn(nodes: Nodes, from: number): Generator<{ readonly name: string; readonly line: number }> {
  let line = from;
  for (const node of nodes) {
    // A clause begins on the line that the text before it ends on.
    if ('line' in node) line = node.type === 'text' ? node.line + node.text.split('\n').length - 1 : node.line;
    if ('pipe' in node && node.pipe !== undefined) for (const name of functionsOf(node.pipe)) yield { name, line };
    if ('body' in node && node.body !== undefined) yield* functionsIn(node.body, line);
    if ('otherwise' in node) yield* functionsIn(node.otherwise, line);
  }
}

function* functionsOf({ commands }: Pipe): Generator<string> {
  for (const operand of commands.flat()) {
    if (operand.type === 'function') yield operand.name;
    else if (operand.type === 'chain') yield* functionsOf(operand.pipe);
  }
}
