import { reservedNames } from '../names';
import {
  argumentsOf,
  type Code,
  type CodeObject,
  type Construction,
  type Module,
  type PrintedAs,
  type Program,
  type SharedFunction,
  type SharedModule,
  type TypeArgument,
} from '../program';
import { sharedFunctions } from './functions';
import { templateFunctions } from './template-functions';
import { sharedValues } from './values';

/** What is known of a program that is printed. */
export interface ShareOptions {
  /** Of the module that the others share. */
  readonly path: string;
  /** Names that main.ts has already. */
  readonly taken: ReadonlySet<string>;
  readonly typeArguments: ReadonlyMap<Construction, TypeArgument>;
}

/** What functions call their own. */
const local = ['scope', 'id', 'props', 'name', 'chart', 'spec', 'repository'];

/** Says once what several modules repeat. What is printed changes, and nothing else. Undefined where nothing repeats. */
export function shareRepeats(program: Program, { path, taken, typeArguments }: ShareOptions): SharedModule | undefined {
  const constructions = program.modules.flatMap((module) => module.constructions);
  const names = new Set([
    ...reservedNames(),
    ...taken,
    ...program.modules.map(({ name }) => name),
    ...program.clusters.flatMap(({ file }) => file?.name ?? []),
    ...constructions.map(({ variable }) => variable),
    ...local,
  ]);
  const free = (options: readonly string[]) => {
    const name = options.find((option) => !names.has(option));
    if (name !== undefined) names.add(name);
    return name;
  };
  const ofProperties = sharedFunctions(program, typeArguments, free);
  const ofTexts = templateFunctions(program, typeArguments, free);
  const functions = [...ofProperties.functions, ...ofTexts.functions];
  const calls = new Map([...ofProperties.calls, ...ofTexts.calls]);
  // A constant of that name would not be seen in the function.
  for (const one of functions) if ('args' in one) for (const { name } of one.parameters) names.add(name);
  const made = new Set([...calls.values()].flatMap(({ source }) => source ?? []));
  const givenTo = (one: Construction) => {
    const call = calls.get(one);
    if (call === undefined) return argumentsOf(one);
    return Object.keys(call.rest).length === 0 ? [] : [call.rest];
  };
  const own = (all: readonly Construction[]) => all.filter((one) => !made.has(one)).flatMap(givenTo);
  const said = new Map<Module | SharedFunction, readonly Code[]>([
    ...program.modules.map((module) => [module, own(module.constructions)] as const),
    ...functions.map((one) => [one, 'args' in one ? one.args : [one.fields, ...Object.values(one.inside)]] as const),
  ]);
  const { values, use } = sharedValues(said, free);
  if (values.length + functions.length === 0) return undefined;
  const printed = new Map(
    constructions.map((one): [Construction, PrintedAs | undefined] => [
      one,
      made.has(one) ? undefined : { by: calls.get(one)?.by, args: givenTo(one).map(use) },
    ]),
  );
  const withValues = (one: SharedFunction): SharedFunction => {
    if ('args' in one) return { ...one, args: one.args.map(use) };
    const inside = Object.entries(one.inside).map(([field, common]) => [field, use(common) as CodeObject]);
    return { ...one, fields: use(one.fields) as CodeObject, inside: Object.fromEntries(inside) };
  };
  return { path, values, functions: functions.map(withValues), printed };
}
