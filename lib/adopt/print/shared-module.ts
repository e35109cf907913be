import { compareText } from '../../text/compare';
import {
  Call,
  type Code,
  type CodeObject,
  type Construction,
  Handle,
  isCodeObject,
  Shared,
  type SharedFunction,
  type SharedModule,
  type TypeArgument,
} from '../program';
import { called } from './calls';
import { importLine, wayTo } from './imports';
import { statement } from './statement';
import { quoted } from './text';
import { printValue, spread } from './value';

/** @param folder that of the code, below that of main.ts */
export function printShared({ path, values, functions }: SharedModule, folder = 'src'): string {
  const constants = values.map(({ name, value }) => {
    const begin = `export const ${name} = `;
    return `${begin}${print(value, '', begin.length + 10)}${isLiteral(value) ? ' as const' : ''};\n`;
  });
  const codes = [...values.map(({ value }) => value), ...functions.flatMap(({ fields, inside }) => [fields, inside])];
  const names = codes.flatMap((code) => [...called(code)]).map((name) => name.split('.')[0] as string);
  const classes = functions.flatMap(({ className, source }) => [className, ...(source ? ['OciRepository'] : [])]);
  const types = functions.flatMap((one) => [...one.scopes, ...propsOf(one).names]);
  const all = [...names, ...classes];
  const imported = functions.flatMap(({ typeArgument }) => importOf(typeArgument, `${folder}/${path}`));
  return [
    ...(all.length > 0 ? [`${importLine(all, types)}${[...new Set(imported)].sort(compareText).join('')}`] : []),
    ...(constants.length > 0 ? [spaced(constants)] : []),
    ...functions.map(printFunction),
  ].join('\n');
}

function importOf(type: TypeArgument | undefined, file: string): string[] {
  return type?.from === undefined ? [] : [`import type { ${type.name} } from '${wayTo(type.from, file)}';\n`];
}

function print(code: Code, indent: string, column: number): string {
  return printValue(code, indent, column, ({ variable }) => variable);
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

function printFunction(one: SharedFunction): string {
  const { name, scopes, id, inside, source, needsNothing } = one;
  const own = [...(source ? ['name'] : []), ...Object.keys(inside)];
  const given = own.length === 0 ? 'props' : `{ ${[...own, '...props'].join(', ')} }`;
  const parameters = [
    `scope: ${scopes.join(' | ')}`,
    ...(id === undefined ? ['id: string'] : []),
    `${given}: ${propsOf(one).text}${needsNothing && own.length === 0 ? ' = {}' : ''}`,
  ];
  const flat = `export function ${name}(${parameters.join(', ')}) {\n`;
  const head =
    flat.length <= 121 && !flat.trimEnd().includes('\n')
      ? flat
      : `export function ${name}(\n${parameters.map((text) => `  ${text},\n`).join('')}) {\n`;
  return `/** ${describe(one)} */\n${head}${bodyOf(one)}}\n`;
}

function describe({ className, source, fields }: SharedFunction): string {
  if (source === undefined)
    return `${/^[AEIOU]/.test(className) ? 'An' : 'A'} ${className} with what most here have in common.`;
  const url = fieldsIn(fields.chart).url;
  const chart = typeof url === 'string' ? url.split('/').pop() : 'a chart';
  return `A HelmRelease of ${chart}, with the OciRepository that has it.`;
}

/** What is returned, and what it needs. */
function bodyOf({ className, typeArgument, id, fields, inside, source }: SharedFunction): string {
  const scope = construction('scope');
  const maps = Object.entries(inside).map(
    ([field, common]) => [field, { ...common, [`${spread}${field}`]: local(field) }] as const,
  );
  const { chart = fields.chart, ...merged }: Record<string, Code> = Object.fromEntries(maps);
  const rest = { [`${spread}props`]: local('props') };
  const maker = `new ${className}${typeArgument ? `<${typeArgument.name}>` : ''}`;
  const made = (args: CodeObject) => {
    const text = statement(scope, { maker, id: id ?? construction('id'), args: [args] }, 'return ');
    return `  return ${text};\n`;
  };
  if (source === undefined) return made({ ...fields, ...rest, ...Object.fromEntries(maps) });
  const spec = chart as Code;
  const ofSource = { maker: 'new OciRepository', id: source, args: [{ name: local('name'), spec }] };
  const { chart: _, ...settings } = fields;
  return [
    `  const repository = ${statement(scope, ofSource, 'const repository = ')};\n`,
    made({ name: local('name'), chart: { ref: local('repository') }, ...settings, ...rest, ...merged }),
  ].join('');
}

/** The type of what is given, and what of it is imported. */
function propsOf({ className, typeArgument, fields, inside, source }: SharedFunction): {
  readonly text: string;
  readonly names: readonly string[];
} {
  if (className === 'FluxKustomization') return { text: 'FluxKustomizationProps', names: ['FluxKustomizationProps'] };
  const maps = Object.entries(inside).map(([field, common]) => {
    const keys = Object.keys(common).map(quoted).join(' | ');
    const type = source ? 'OciRepositoryProps' : `${className}Props`;
    return `readonly ${field}: Omit<${type}['spec'], ${keys}>`;
  });
  const more = (members: readonly string[]) =>
    members.length === 0
      ? ''
      : members.join('').length < 50
        ? ` & { ${members.join('; ')} }`
        : ` & {\n${members.map((one) => `    ${one};\n`).join('')}  }`;
  if (className !== 'HelmRelease') {
    const isGiven = fields.spec === undefined && inside.spec === undefined;
    const others = isGiven ? `${className}Props` : `Omit<${className}Props, 'spec'>`;
    return { text: `${others}${more(maps)}`, names: [`${className}Props`] };
  }
  const values = typeArgument?.name ?? 'HelmValues';
  const imported = typeArgument ? [] : ['HelmValues'];
  if (source === undefined && fields.chart === undefined)
    return { text: typeArgument ? `HelmReleaseProps<${values}>` : 'HelmReleaseProps', names: ['HelmReleaseProps'] };
  const own = source ? ['readonly name: string', ...maps] : [];
  return {
    text: `HelmReleaseSettings<${values}>${more(own)}`,
    names: ['HelmReleaseSettings', ...imported, ...(maps.length > 0 ? ['OciRepositoryProps'] : [])],
  };
}

function fieldsIn(code: Code | undefined): CodeObject {
  const plain = code instanceof Shared ? code.value : code;
  return isCodeObject(plain) ? plain : {};
}

/** A local constant. */
function construction(variable: string): Construction {
  return { className: '', scope: undefined, id: '', props: undefined, variable };
}

function local(variable: string): Handle {
  return new Handle(construction(variable), null);
}
