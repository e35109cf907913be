import { posix } from 'node:path';
import { compareText } from '../../text/compare';
import type { Construction, Module, TypeArgument } from '../program';
import { quoted } from './text';

/** @param types what is imported as a type alone, unless it is among the values */
export function importLine(values: Iterable<string>, types: Iterable<string> = [], from = 'cdk8s-espalier'): string {
  const own = new Set(values);
  const begin = own.size === 0 ? 'import type' : 'import';
  const type = own.size === 0 ? '' : 'type ';
  const names = [...own, ...[...new Set(types)].filter((name) => !own.has(name)).map((name) => `${type}${name}`)];
  names.sort((a, b) => compareText(a.replace(/^type /, ''), b.replace(/^type /, '')));
  const flat = `${begin} { ${names.join(', ')} } from ${quoted(from)};\n`;
  return flat.length <= 121
    ? flat
    : `${begin} {\n${names.map((name) => `  ${name},\n`).join('')}} from ${quoted(from)};\n`;
}

/** How a file names another one, both below the same folder. */
export function wayTo(file: string, from: string): string {
  const way = posix.relative(posix.dirname(`/${from}`), `/${file}`);
  return way.startsWith('.') ? way : `./${way}`;
}

/**
 * The imports of type arguments.
 *
 * @param folder that of the code, below that of main.ts
 */
export function importedTypes(
  { path, constructions }: Module,
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
  folder: string,
): string {
  const lines = constructions.flatMap((one) => {
    const { name, from } = typeArguments.get(one) ?? {};
    return from === undefined ? [] : [`import type { ${name} } from '${wayTo(from, `${folder}/${path}`)}';\n`];
  });
  return [...new Set(lines)].sort(compareText).join('');
}
