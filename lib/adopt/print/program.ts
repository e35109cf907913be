import { posix } from 'node:path';
import { compareText } from '../../text/compare';
import { folderOfModule } from '../modules';
import {
  argumentsOf,
  Call,
  type Code,
  type CodeObject,
  Commented,
  type Construction,
  Handle,
  isCodeObject,
  Member,
  type Module,
  type Program,
  Template,
  usedBy,
} from '../program';
import { type Constants, constantsOf } from './constants';
import { handleType } from './handle-type';
import { comment, quoted } from './text';
import { commentedMap, isTextBlock, type NameOf, printValue } from './value';

/** A program as text. */
export interface Printed {
  /** The modules, by path below the folder of the code. */
  readonly modules: ReadonlyMap<string, string>;
  /** The functions that main.ts imports: where each is, below that folder, without ending. */
  readonly imports: readonly { readonly name: string; readonly path: string }[];
  /** The statements of main.ts that call them, in their order. */
  readonly calls: readonly ModuleCall[];
}

/** `new HelmRelease<AppTemplateValues>(…)`. */
export interface TypeArgument {
  readonly name: string;
  /** The file that has it, as main.ts would import it: below its folder. @default a type of the language */
  readonly from?: string;
}

/** A call of a module's function. */
export interface ModuleCall {
  /** The name of the Cluster that the module stands in. */
  readonly cluster: string;
  /** The folder of modules that it is one of. */
  readonly folder: string;
  /** For a Cluster in a constant of that name. */
  statement(clusterVariable: string): string;
}

/**
 * Prints a program, but for main.ts, in which there may be something already.
 *
 * @param typeArguments by construction: `string` of a Manifest that is not held against the type of its kind, the type of an imported
 * chart's values
 * @param folder that of the code, below the folder of main.ts
 */
export function printProgram(
  program: Program,
  typeArguments: ReadonlyMap<Construction, TypeArgument> = new Map(),
  folder = 'src',
): Printed {
  const home = new Map(program.modules.flatMap((module) => module.constructions.map((one) => [one, module] as const)));
  const uses = new Map(program.modules.map((module) => [module, foreignTo(module, home)]));
  const handed = new Map<Module, Set<Construction>>();
  for (const foreign of uses.values()) {
    for (const one of foreign) {
      const owner = home.get(one) as Module;
      handed.set(owner, (handed.get(owner) ?? new Set()).add(one));
    }
  }
  const files = new Map<string, string>();
  const paths = program.modules.map(({ path }) => path);
  for (const module of program.modules) {
    const text = printModule(module, uses.get(module) ?? [], [...(handed.get(module) ?? [])], typeArguments, folder);
    files.set(module.path, text);
  }
  return {
    modules: files,
    imports: program.modules.map(({ path, name }) => ({ name, path: path.replace(/\.ts$/, '') })),
    calls: program.modules.map((module) => ({
      cluster: module.cluster,
      folder: folderOfModule(module.path, paths),
      statement: (variable) =>
        (module.comment ?? []).map((line) => `${comment(line)}\n`).join('') +
        call(module, variable, uses.get(module) ?? [], [...(handed.get(module) ?? [])]),
    })),
  };
}

function call(
  module: Module,
  clusterVariable: string,
  foreign: readonly Construction[],
  handed: readonly Construction[],
): string {
  const results = handed.map(nameOf).sort(compareText);
  const scope = scopeGiven(module, foreign);
  const given = foreign.filter((one) => one !== scope).map(nameOf);
  const head = `${results.length === 0 ? '' : `const { ${results.join(', ')} } = `}${module.name}(`;
  const first = scope?.variable ?? clusterVariable;
  const flat = `${head}${first}${given.length > 0 ? `, { ${given.join(', ')} }` : ''});`;
  return flat.length <= 120 || given.length === 0
    ? flat
    : `${head}${first}, {\n${given.map((name) => `  ${name},\n`).join('')}});`;
}

/** What a function takes in place of the Cluster: the one construct of another module in which all stands that it makes. */
function scopeGiven({ constructions }: Module, foreign: readonly Construction[]): Construction | undefined {
  if (constructions.some(({ scope }) => scope === undefined)) return undefined;
  const scopes = new Set(constructions.flatMap(scopeOf));
  const [scope, ...others] = foreign.filter((one) => scopes.has(one));
  return others.length === 0 ? scope : undefined;
}

const nameOf: NameOf = ({ variable }) => variable;

/** What a module uses of others, sorted by name. */
function foreignTo(module: Module, home: ReadonlyMap<Construction, Module>): Construction[] {
  const all = module.constructions.flatMap((one) => [...scopeOf(one), ...usedBy(one.props as Code | undefined)]);
  return [...new Set(all.filter((one) => home.get(one) !== module))].sort((a, b) =>
    compareText(a.variable, b.variable),
  );
}

function scopeOf({ scope }: Construction): Construction[] {
  return scope === undefined ? [] : ['className' in scope ? scope : scope.of];
}

function printModule(
  module: Module,
  foreign: readonly Construction[],
  handed: readonly Construction[],
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
  folder: string,
): string {
  const used = new Set(
    module.constructions.flatMap((one) => [...scopeOf(one), ...usedBy(one.props as Code | undefined)]),
  );
  const values = new Set<string>();
  const scope = scopeGiven(module, foreign);
  const types = new Set<string>([scope?.className ?? 'Cluster']);
  const constants = constantsOf(
    module.constructions.flatMap(({ props }) => props ?? []),
    new Set([module.name, scope?.variable ?? 'cluster', ...[...module.constructions, ...foreign].map(nameOf)]),
  );
  const statements = module.constructions.map((one) => {
    values.add(one.className);
    for (const name of argumentsOf(one).flatMap((code) => [...called(code)])) values.add(name.split('.')[0] as string);
    const isUsed = used.has(one) || handed.includes(one);
    return `${(one.comment ?? []).map((line) => `  ${comment(line)}\n`).join('')}${statement(withProps(one, constants), isUsed, typeArguments.get(one)?.name)}`;
  });
  const parameters = foreign
    .filter((one) => one !== scope)
    .map((one) => {
      const type = handleType(one, module.constructions);
      types.add(type === one.className ? type : 'Secret');
      return { name: one.variable, type };
    });
  const given = parameters.length === 0 ? '' : `, ${parameter(parameters)}`;
  const results = handed.length === 0 ? '' : `  return { ${handed.map(nameOf).sort(compareText).join(', ')} };\n`;
  const imported = importedTypes(module, typeArguments, folder);
  return `${importLine(values, types)}${imported}\n${block(constants.lines)}export function ${module.name}(${scope === undefined ? 'cluster: Cluster' : `${scope.variable}: ${scope.className}`}${given}) {\n${statements.join('')}${results}}\n`;
}

function withProps(one: Construction, { use }: Constants): Construction {
  return one.props === undefined ? one : { ...one, props: use(one.props) as CodeObject };
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

function parameter(parameters: readonly { readonly name: string; readonly type: string }[]): string {
  const names = parameters.map(({ name }) => name).join(', ');
  const types = parameters.map(({ name, type }) => `readonly ${name}: ${type}`);
  const flat = `{ ${names} }: { ${types.join('; ')} }`;
  return flat.length < 80 ? flat : `{ ${names} }: {\n${types.map((one) => `  ${one};\n`).join('')}}`;
}

/** The imports of type arguments. */
function importedTypes(
  { path, constructions }: Module,
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
  folder: string,
): string {
  const lines = constructions.flatMap((one) => {
    const { name, from } = typeArguments.get(one) ?? {};
    if (from === undefined) return [];
    const way = posix.relative(posix.dirname(`/${folder}/${path}`), `/${from}`);
    return [`import type { ${name} } from '${way.startsWith('.') ? way : `./${way}`}';\n`];
  });
  return [...new Set(lines)].sort(compareText).join('');
}

function importLine(values: ReadonlySet<string>, types: ReadonlySet<string>): string {
  const names = [...values, ...[...types].filter((name) => !values.has(name)).map((name) => `type ${name}`)];
  names.sort((a, b) => compareText(a.replace(/^type /, ''), b.replace(/^type /, '')));
  const flat = `import { ${names.join(', ')} } from 'cdk8s-espalier';\n`;
  return flat.length <= 121
    ? flat
    : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from 'cdk8s-espalier';\n`;
}

function statement(one: Construction, isUsed: boolean, typeArgument: string | undefined): string {
  const scope =
    one.scope === undefined
      ? 'cluster'
      : 'className' in one.scope
        ? one.scope.variable
        : printValue(one.scope, '', 0, nameOf);
  const begin = `  ${isUsed ? `const ${one.variable} = ` : ''}new ${one.className}${typeArgument === undefined ? '' : `<${typeArgument}>`}(${scope}, ${quoted(one.id)}`;
  const [props, notes] = argumentsOf(one).map((code) => printValue(code, '  ', begin.length + 4, nameOf));
  return `${[begin, ...(props === undefined ? [] : [props]), ...(notes === undefined ? [] : [notes])].join(', ')});\n`;
}

/** The functions that a value calls. */
function* called(code: Code | undefined): Generator<string> {
  if (code !== undefined && isTextBlock(code)) yield 'textBlock';
  if (code instanceof Call) {
    yield commentedMap(code) ? 'comment' : code.name;
    for (const argument of code.args) yield* called(argument);
  } else if (code instanceof Member) for (const argument of code.args ?? []) yield* called(argument);
  else if (code instanceof Template) {
    for (const part of code.parts) if (typeof part !== 'string') yield* called(part);
  } else if (code instanceof Commented) yield* called(code.value);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* called(item);
  else if (!(code instanceof Handle) && isCodeObject(code)) for (const item of Object.values(code)) yield* called(item);
}
