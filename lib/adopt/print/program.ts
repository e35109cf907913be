import { compareText } from '../../text/compare';
import {
  Call,
  type Code,
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
import { comment, type NameOf, printValue, quoted } from './value';

/**
 * The files of a program, by path below the folder of the code.
 *
 * @param untyped Manifests that are not held against the type of their kind
 */
export function printProgram(
  program: Program,
  main: string,
  untyped: ReadonlySet<Construction> = new Set(),
): Map<string, string> {
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
  for (const module of program.modules) {
    files.set(module.path, printModule(module, uses.get(module) ?? [], [...(handed.get(module) ?? [])], home, untyped));
  }
  files.set(main, printMain(program, uses, handed));
  return files;
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
  home: ReadonlyMap<Construction, Module>,
  untyped: ReadonlySet<Construction>,
): string {
  const used = new Set(
    module.constructions.flatMap((one) => [...scopeOf(one), ...usedBy(one.props as Code | undefined)]),
  );
  const values = new Set<string>();
  const types = new Set<string>(['Cluster']);
  const statements = module.constructions.map((one) => {
    values.add(one.className);
    for (const name of called(one.props)) values.add(name.split('.')[0] as string);
    const isUsed = used.has(one) || handed.includes(one);
    return `${(one.comment ?? []).map((line) => `  ${comment(line)}\n`).join('')}${statement(one, isUsed, untyped.has(one))}`;
  });
  const parameters = foreign.map((one) => {
    types.add(one.className);
    return { name: one.variable, type: one.className };
  });
  const given = parameters.length === 0 ? '' : `, ${parameter(parameters)}`;
  const results = handed.length === 0 ? '' : `  return { ${handed.map(nameOf).sort(compareText).join(', ')} };\n`;
  const head = (module.comment ?? []).map((line) => `${comment(line)}\n`).join('');
  void home;
  return `${importLine(values, types)}\n${head}export function ${module.name}(cluster: Cluster${given}) {\n${statements.join('')}${results}}\n`;
}

function parameter(parameters: readonly { readonly name: string; readonly type: string }[]): string {
  const names = parameters.map(({ name }) => name).join(', ');
  const types = parameters.map(({ name, type }) => `readonly ${name}: ${type}`);
  const flat = `{ ${names} }: { ${types.join('; ')} }`;
  return flat.length < 80 ? flat : `{ ${names} }: {\n${types.map((one) => `  ${one};\n`).join('')}}`;
}

function importLine(values: ReadonlySet<string>, types: ReadonlySet<string>): string {
  const names = [...values, ...[...types].filter((name) => !values.has(name)).map((name) => `type ${name}`)];
  names.sort((a, b) => compareText(a.replace(/^type /, ''), b.replace(/^type /, '')));
  const flat = `import { ${names.join(', ')} } from 'cdk8s-espalier';\n`;
  return flat.length <= 121
    ? flat
    : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from 'cdk8s-espalier';\n`;
}

function statement(one: Construction, isUsed: boolean, isUntyped: boolean): string {
  const scope =
    one.scope === undefined
      ? 'cluster'
      : 'className' in one.scope
        ? one.scope.variable
        : printValue(one.scope, '', 0, nameOf);
  const begin = `  ${isUsed ? `const ${one.variable} = ` : ''}new ${one.className}${isUntyped ? '<string>' : ''}(${scope}, ${quoted(one.id)}`;
  const props = one.props === undefined ? '' : `, ${printValue(one.props, '  ', begin.length + 4, nameOf)}`;
  return `${begin}${props});\n`;
}

/** The functions that a value calls. */
function* called(code: Code | undefined): Generator<string> {
  if (code instanceof Call) {
    yield code.name;
    for (const argument of code.args) yield* called(argument);
  } else if (code instanceof Member) for (const argument of code.args ?? []) yield* called(argument);
  else if (code instanceof Template) {
    for (const part of code.parts) if (typeof part !== 'string') yield* called(part);
  } else if (code instanceof Commented) yield* called(code.value);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* called(item);
  else if (!(code instanceof Handle) && isCodeObject(code)) for (const item of Object.values(code)) yield* called(item);
}

function printMain(
  program: Program,
  uses: ReadonlyMap<Module, readonly Construction[]>,
  handed: ReadonlyMap<Module, ReadonlySet<Construction>>,
): string {
  const { cluster, modules, outdir } = program;
  const imports = [...modules]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ path, name }) => `import { ${name} } from './${path.replace(/\.ts$/, '')}';\n`);
  const calls = modules.map((module) => {
    const results = [...(handed.get(module) ?? [])].map(nameOf).sort(compareText);
    const given = (uses.get(module) ?? []).map(nameOf);
    const line = `${module.name}(${clusterVariable}${given.length > 0 ? `, { ${given.join(', ')} }` : ''});\n`;
    return results.length === 0 ? line : `const { ${results.join(', ')} } = ${line}`;
  });
  return [
    `import { App, Cluster } from 'cdk8s-espalier';\n${imports.join('')}\n`,
    `const app = new App({ outdir: ${quoted(outdir)} });\n`,
    `const ${clusterVariable} = new Cluster(app, ${quoted(cluster.name)}, ${printValue(cluster.props, '', 40, nameOf)});\n\n`,
    ...calls,
    '\napp.synth();\n',
  ].join('');
}

const clusterVariable = 'cluster';
