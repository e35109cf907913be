import { compareText } from '../../text/compare';
import { groupBy } from '../../text/group-by';
import { folderOfModule } from '../modules';
import {
  argumentsOf,
  type Code,
  type Construction,
  type Module,
  type Program,
  type SharedModule,
  type TypeArgument,
  usedBy,
} from '../program';
import { called, sharedIn } from './calls';
import { withClusterFiles } from './cluster-files';
import { constantsOf } from './constants';
import { handleType } from './handle-type';
import { importedTypes, importLine, wayTo } from './imports';
import { type Called, type Platform, partsOf, platformOf } from './platform';
import type { Printed } from './printed';
import { printShared } from './shared-module';
import { statement } from './statement';
import { comment } from './text';
import type { NameOf } from './value';

/** How a program is printed. */
export interface PrintOptions {
  /**
   * By construction: `string` of a Manifest that is not held against the type of its kind, the type of an imported chart's values.
   * @default none
   */
  readonly typeArguments?: ReadonlyMap<Construction, TypeArgument>;
  /** The folder of the code, below that of main.ts. @default src */
  readonly folder?: string;
  /** What its modules share. @default nothing */
  readonly shared?: SharedModule | undefined;
  /** What imports of other files end with. @default '' */
  readonly importEnding?: string;
}

/** Prints a program, but for main.ts, in which there may be something already. */
export function printProgram(program: Program, options: PrintOptions = {}): Printed {
  const { shared, importEnding } = options;
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
    files.set(module.path, printModule(module, uses.get(module) ?? [], [...(handed.get(module) ?? [])], options));
  }
  if (shared) files.set(shared.path, printShared(shared, options.folder ?? 'src'));
  const calls = program.modules.map((module) => {
    const foreign = uses.get(module) ?? [];
    const scope = scopeGiven(module, foreign);
    const given = foreign.filter((one) => one !== scope);
    return { module, scope, given, handed: [...(handed.get(module) ?? [])] };
  });
  const printed = {
    modules: files,
    imports: program.modules.map(({ path, name }) => ({ name, path: path.replace(/\.ts$/, '') })),
    calls: [...groupBy(calls, ({ module }) => module.cluster).values()].flatMap((own) => {
      const platform = platformOf(own);
      return own.map((one) => ({
        cluster: one.module.cluster,
        folder: folderOfModule(one.module.path, paths),
        statement: (variable: string) =>
          (one.module.comment ?? []).map((line) => `${comment(line)}\n`).join('') +
          call(one, one.scope?.variable ?? variable, platform, program.platform),
      }));
    }),
  };
  return withClusterFiles(printed, program, importEnding);
}

/** How wide a call or the head of a function may be. */
const width = 118;

/** @param name what the constant of the platform is called */
function call(called: Called, first: string, platform: Platform | undefined, name = 'platform'): string {
  const { module, given, handed } = called;
  const results = handed.map(nameOf).sort(compareText);
  const taken = `const { ${results.join(', ')} } = `;
  const isWide = taken.length + module.name.length > width - 20;
  const head = `${results.length === 0 ? '' : isWide ? `const ${list(results)} = ` : taken}${module.name}(`;
  const own = platform?.later.has(called) ? partsOf(given, platform.parts) : [];
  const more = own.length > 1 ? given.filter((one) => !own.includes(one)) : given;
  const names = [...(own.length > 1 ? [`...${name}`] : []), ...more.map(nameOf)];
  const isWhole = own.length > 1 && more.length === 0;
  const flat = isWhole
    ? `${head}${first}, ${name});`
    : `${head}${first}${names.length > 0 ? `, { ${names.join(', ')} }` : ''});`;
  const line = flat.slice(flat.lastIndexOf('\n') + 1);
  const statement = line.length <= width || names.length === 0 || isWhole ? flat : `${head}${first}, ${list(names)});`;
  if (platform?.after !== called) return statement;
  const parts = [...platform.parts].map(nameOf).sort(compareText);
  return `${statement}\n\n// What many of the following use.\nconst ${name} = ${list(parts)};`;
}

function list(names: readonly string[]): string {
  return `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
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
  { typeArguments = new Map(), folder = 'src', shared, importEnding = '' }: PrintOptions,
): string {
  const used = new Set(
    module.constructions.flatMap((one) => [...scopeOf(one), ...usedBy(one.props as Code | undefined)]),
  );
  const values = new Set<string>();
  const scope = scopeGiven(module, foreign);
  const types = new Set<string>([scope?.className ?? 'Cluster']);
  const printed = module.constructions.flatMap((one) => {
    const as = shared?.printed.has(one) ? shared.printed.get(one) : { args: argumentsOf(one) };
    return as === undefined ? [] : [[one, as] as const];
  });
  const all = printed.flatMap(([, { args }]) => args);
  const ofShared = new Set(
    [...all.flatMap((code) => [...sharedIn(code)]), ...printed.flatMap(([, { by }]) => by ?? [])].map(
      ({ name }) => name,
    ),
  );
  const constants = constantsOf(
    all,
    new Set([
      module.name,
      scope?.variable ?? 'cluster',
      ...[...module.constructions, ...foreign].map(nameOf),
      ...ofShared,
    ]),
  );
  for (const name of all.flatMap((code) => [...called(code)])) values.add(name.split('.')[0] as string);
  const statements = printed.map(([one, { by, args }]) => {
    if (by === undefined) values.add(one.className);
    const type = typeArguments.get(one)?.name;
    const maker = by?.name ?? `new ${one.className}${type === undefined ? '' : `<${type}>`}`;
    const given = { maker, id: by?.id === undefined ? one.id : undefined, args: args.map(constants.use) };
    const result = used.has(one) || handed.includes(one) ? `const ${one.variable} = ` : '';
    return `${(one.comment ?? []).map((line) => `  ${comment(line)}\n`).join('')}  ${result}${statement(one.scope, given, result)};\n`;
  });
  const parameters = foreign
    .filter((one) => one !== scope)
    .map((one) => {
      const type = handleType(one, module.constructions);
      types.add(type === one.className ? type : 'Secret');
      return { name: one.variable, type };
    });
  const results = handed.length === 0 ? '' : `  return { ${handed.map(nameOf).sort(compareText).join(', ')} };\n`;
  const ofOthers =
    shared && ofShared.size > 0
      ? importLine(ofShared, [], wayTo(shared.path.replace(/\.ts$/, importEnding), module.path))
      : '';
  const own = printed.filter(([, { by }]) => by === undefined).map(([one]) => one);
  const ofArguments = importedTypes({ ...module, constructions: own }, typeArguments, folder);
  const imports = `${importLine(values, types)}${ofArguments}${ofOthers}`;
  const first = scope === undefined ? 'cluster: Cluster' : `${scope.variable}: ${scope.className}`;
  const head = printHead(module.name, first, parameters);
  return `${imports}\n${block(constants.lines)}${head} {\n${statements.join('')}${results}}\n`;
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

function printHead(name: string, first: string, given: readonly { readonly name: string; readonly type: string }[]) {
  const open = `export function ${name}(`;
  if (given.length === 0) return `${open}${first})`;
  const names = given.map((one) => one.name);
  const types = given.map((one) => `readonly ${one.name}: ${one.type}`);
  const flat = `{ ${names.join(', ')} }: { ${types.join('; ')} }`;
  if (flat.length < 80) return `${open}${first}, ${flat})`;
  const begin = `${open}${first}, { ${names.join(', ')} }: {`;
  if (begin.length <= width) return `${begin}\n${types.map((one) => `  ${one};\n`).join('')}})`;
  const destructured = `{ ${names.join(', ')} }: {`;
  const inner =
    destructured.length <= width - 2 ? destructured : `{\n${names.map((one) => `    ${one},\n`).join('')}  }: {`;
  return `${open}\n  ${first},\n  ${inner}\n${types.map((one) => `    ${one};\n`).join('')}  },\n)`;
}
