import { Call, type Code, type SharedModule } from '../program';
import { called } from './calls';
import { importLine } from './imports';
import { printValue } from './value';

/** The module of what others share. */
export function printShared({ values }: SharedModule): string {
  const names = values.flatMap(({ value }) => [...called(value)]).map((name) => name.split('.')[0] as string);
  const constants = values.map(({ name, value }) => {
    const begin = `export const ${name} = `;
    return `${begin}${printValue(value, '', begin.length + 10, ({ variable }) => variable)}${isLiteral(value) ? ' as const' : ''};\n`;
  });
  return [...(names.length > 0 ? [importLine(names)] : []), spaced(constants)].join('\n');
}

/** Its type is then what it says: `'sops'`, no text. */
function isLiteral(code: Code): boolean {
  return !(code instanceof Call) && typeof code !== 'string';
}

/** Statements of several lines stand apart. */
function spaced(statements: readonly string[]): string {
  return statements
    .map((text, i) =>
      i > 0 && [text, statements[i - 1] as string].some((each) => each.trimEnd().includes('\n')) ? `\n${text}` : text,
    )
    .join('');
}
