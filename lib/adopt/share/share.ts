import { reservedNames } from '../names';
import { argumentsOf, type Program, type SharedModule } from '../program';
import { sharedValues } from './values';

/**
 * Says once what several modules repeat. What is printed changes, and nothing else. Undefined where nothing repeats.
 *
 * @param path of the module that they share
 * @param taken names that main.ts has already
 */
export function shareRepeats(program: Program, path: string, taken: ReadonlySet<string>): SharedModule | undefined {
  const constructions = program.modules.flatMap((module) => module.constructions);
  const names = new Set([
    ...reservedNames(),
    ...taken,
    ...program.modules.map(({ name }) => name),
    ...constructions.map(({ variable }) => variable),
  ]);
  const free = (options: readonly string[]) => {
    const name = options.find((option) => !names.has(option));
    if (name !== undefined) names.add(name);
    return name;
  };
  const said = new Map(program.modules.map((module) => [module, module.constructions.flatMap(argumentsOf)] as const));
  const { values, use } = sharedValues(said, free);
  if (values.length === 0) return undefined;
  const printed = new Map(constructions.map((one) => [one, { args: argumentsOf(one).map(use) }] as const));
  return { path, values, printed };
}
