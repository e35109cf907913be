import { groupBy } from '../../text/group-by';
import { camel } from '../names';
import {
  argumentsOf,
  type Code,
  type Construction,
  type Program,
  plainOf,
  type TemplateFunction,
  type TypeArgument,
} from '../program';
import { type FunctionCall, scopeClass } from './functions';
import { differenceOf } from './names';
import { type Alike, type Common, commonOf, shapeOf } from './templates';

/** What hold others, and what functions make that take the construct's own properties. */
const others = new Set([
  ...['Directory', 'File', 'Kustomizations', 'FluxKustomization', 'HelmRelease'],
  ...['OciRepository', 'HelmRepository', 'GitRepository'],
]);

/** So many that are alike make a function, and so many lines. */
const [leastMembers, leastSaved] = [5, 15];

/** Functions for what differs in a few texts, and by construction how it is called. */
export function templateFunctions(
  { modules }: Program,
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
  free: (options: readonly string[]) => string | undefined,
): { readonly functions: readonly TemplateFunction[]; readonly calls: ReadonlyMap<Construction, FunctionCall> } {
  const all = modules
    .flatMap(({ constructions }) => constructions)
    .filter(({ className }) => !others.has(className))
    .map((one): Alike<Construction> => ({ of: one, id: one.id, args: argumentsOf(one) }));
  const shapes = groupBy(all, ({ of, args }) => {
    const shape = shapeOf(args);
    return shape && `${of.className} ${kindOf(of)} ${typeArguments.get(of)?.name} ${shape}`;
  });
  const found = [...shapes].flatMap(([shape, alike]) => {
    const common = shape === undefined || alike.length < leastMembers ? undefined : commonOf(alike);
    return common && common.saved >= leastSaved ? [common] : [];
  });
  const functions: TemplateFunction[] = [];
  const calls = new Map<Construction, FunctionCall>();
  for (const common of found.sort((a, b) => b.saved - a.saved)) {
    const name = nameOf(common, functions, free);
    if (name === undefined) continue;
    const by = functionOf(name, common, typeArguments);
    functions.push(by);
    for (const { of, rest } of common.members) calls.set(of, { by, rest, source: undefined });
  }
  return { functions, calls };
}

/** The kind of the object, where the class has any. */
function kindOf({ className, props }: Construction): string {
  return className === 'Manifest' && typeof props?.kind === 'string' ? props.kind : className;
}

/** `grafanaDashboard`; of another one of the kind, how it differs: `grafanaDashboardWithDatasources`. */
function nameOf(
  { members, args }: Common<Construction>,
  functions: readonly TemplateFunction[],
  free: (options: readonly string[]) => string | undefined,
): string | undefined {
  const [{ of }] = members as [(typeof members)[number]];
  const base = camel(kindOf(of).replace(/^[A-Z]+(?=[A-Z][a-z]|$)/, (letters) => letters.toLowerCase()));
  const other = functions.find(({ name }) => name === base || name === `${base}Object`);
  if (other === undefined) return free([base, `${base}Object`]);
  const difference = differenceOf(plainly(args), plainly(other.args));
  return difference === undefined ? undefined : free([camel(`${base}-${difference}`)]);
}

/** Without what is given to a function. */
function plainly(args: readonly Code[]): Code {
  return plainOf(args) as Code;
}

function functionOf(
  name: string,
  { args, parameters, members }: Common<Construction>,
  typeArguments: ReadonlyMap<Construction, TypeArgument>,
): TemplateFunction {
  const [{ of: first }] = members as [(typeof members)[number]];
  const ids = new Set(members.map(({ of }) => of.id));
  return {
    name,
    className: first.className,
    typeArgument: typeArguments.get(first),
    scopes: [...new Set(members.map(({ of }) => scopeClass(of)))].sort(),
    id: ids.size === 1 ? first.id : undefined,
    args,
    parameters,
  };
}
