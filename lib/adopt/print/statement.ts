import type { Code, Construction } from '../program';
import { quoted } from './text';
import { printValue } from './value';

/** What makes a construct, without its scope. */
interface Making {
  readonly maker: string;
  /** Undefined where it is not given; a constant. */
  readonly id: string | Construction | undefined;
  readonly args: readonly Code[];
}

/**
 * What makes a construct.
 *
 * @param before what stands before it on its line, which has an indent of 2
 */
export function statement(scope: Construction['scope'], { maker, id, args }: Making, before = ''): string {
  const within =
    scope === undefined
      ? 'cluster'
      : 'className' in scope
        ? scope.variable
        : printValue(scope, '', 0, ({ variable }) => variable);
  const begin = `${maker}(${[within, ...(id === undefined ? [] : [typeof id === 'string' ? quoted(id) : id.variable])].join(', ')}`;
  const given = args.map((code) =>
    printValue(code, '  ', before.length + begin.length + 6, ({ variable }) => variable),
  );
  return `${[begin, ...given].join(', ')})`;
}

/** What a function that the modules share begins with, its parameters on lines of their own where they need them. */
export function functionHead(name: string, parameters: readonly string[]): string {
  const flat = `export function ${name}(${parameters.join(', ')}) {\n`;
  const isFlat = flat.length <= 121 && !flat.trimEnd().includes('\n');
  return isFlat ? flat : `export function ${name}(\n${parameters.map((text) => `  ${text},\n`).join('')}) {\n`;
}
