import { compareText } from '../../text/compare';
import { Call, type Code, type SharedModule, type TypeArgument } from '../program';
import { called } from './calls';
import { printCommonFunction, propsOf } from './common-function';
import { importLine, wayTo } from './imports';
import { printTemplateFunction } from './template-function';
import { printValue } from './value';

/** @param folder that of the code, below that of main.ts */
export function printShared({ path, values, functions }: SharedModule, folder = 'src'): string {
  const constants = values.map(({ name, value }) => {
    const begin = `export const ${name} = `;
    const text = printValue(value, '', begin.length + 10, ({ variable }) => variable);
    return `${begin}${text}${isLiteral(value) ? ' as const' : ''};\n`;
  });
  const inside = functions.flatMap((one) => ('args' in one ? one.args : [one.fields, one.inside]));
  const names = [...values.map(({ value }) => value), ...inside].flatMap((code) => [...called(code)]);
  const used = [
    ...names.map((name) => name.split('.')[0] as string),
    ...functions.map(({ className }) => className),
    ...(functions.some((one) => 'source' in one && one.source !== undefined) ? ['OciRepository'] : []),
  ];
  const types = functions.flatMap((one) => [
    ...one.scopes,
    ...('args' in one ? one.parameters.flatMap(({ classes }) => classes) : propsOf(one).names),
  ]);
  const imported = functions.flatMap(({ typeArgument }) => importOf(typeArgument, `${folder}/${path}`));
  return [
    ...(used.length > 0 ? [`${importLine(used, types)}${[...new Set(imported)].sort(compareText).join('')}`] : []),
    ...(constants.length > 0 ? [spaced(constants)] : []),
    ...functions.map((one) => ('args' in one ? printTemplateFunction(one) : printCommonFunction(one))),
  ].join('\n');
}

function importOf(type: TypeArgument | undefined, file: string): string[] {
  return type?.from === undefined ? [] : [`import type { ${type.name} } from '${wayTo(type.from, file)}';\n`];
}

/** Its type is then what it says: `'sops'`, no text. */
function isLiteral(code: Code): boolean {
  return !(code instanceof Call) && typeof code !== 'string';
}

/** Statements of several lines stand apart. */
function spaced(statements: readonly string[]): string {
  const isLong = (text = '') => text.trimEnd().includes('\n');
  return statements
    .map((text, i) => (i > 0 && (isLong(text) || isLong(statements[i - 1])) ? `\n${text}` : text))
    .join('');
}
