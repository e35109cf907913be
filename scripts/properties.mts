import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  API,
  type Checker,
  type Symbol as Named,
  SignatureKind,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync';
import { configSchema } from './config-schema.mjs';
import { outputSchemas } from './output-schemas.mjs';

const root = join(import.meta.dirname, '..');

/** A type that is not looked into: it takes any names, or names that its reader knows. */
const open = 'open';
type Members = (Type | typeof open)[];

/**
 * The property objects of constructs, as lines: a name, and its fields; `field:Name` for one that holds such an object, `field:*Name` for a
 * map of them, with `[]` before the colon for one that holds nothing but a list.
 */
class Shapes {
  readonly lines = new Map<string, string>();
  private readonly known = new Map<string, string>();
  private readonly around = new Set<Type['id']>();

  constructor(private readonly checker: Checker) {}

  /** How a field says what it holds; undefined for what is open, or no object. */
  refer(types: readonly Type[], otherwise: string): string | undefined {
    return this.referTo(
      types.flatMap((type) => this.membersOf(type)),
      otherwise,
    );
  }

  /** The same of objects. */
  referTo(found: Members, otherwise: string): string | undefined {
    if (found.length === 0 || found.includes(open)) return undefined;
    const members = [...new Map((found as Type[]).map((each) => [each.id, each])).values()];
    const maps = members.flatMap((each) => this.checker.getIndexInfosOfType(each).slice(0, 1));
    if (maps.length > 0) {
      const [map] = maps;
      // A map of maps of itself is a value of any form.
      const isNew = map !== undefined && members.length === 1 && !this.around.has(map.valueType.id);
      if (!isNew) return undefined;
      this.around.add(map.valueType.id);
      const value = this.refer([map.valueType], otherwise);
      this.around.delete(map.valueType.id);
      return value ? `*${value}` : undefined;
    }
    const key = members
      .map(({ id }) => id)
      .sort()
      .join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const name = this.nameOf(members, otherwise);
    this.known.set(key, name);
    this.lines.set(name, '');
    const fields = this.fieldsOf(members, name).join(' ');
    const [same] = [...this.lines].find(([, others]) => others === fields) ?? [name];
    this.known.set(key, same);
    if (same === name) this.lines.set(name, fields);
    else this.lines.delete(name);
    return same;
  }

  private fieldsOf(members: readonly Type[], owner: string): string[] {
    const fields = new Map<string, Type[]>();
    for (const property of members.flatMap((member) => this.checker.getPropertiesOfType(member))) {
      const type = this.checker.getTypeOfSymbol(property);
      if (type !== undefined) fields.set(property.name, [...(fields.get(property.name) ?? []), type]);
    }
    const named = [...fields].map(([name, types]) => {
      const ref = this.refer(types, `${owner}.${name}`);
      const field = types.every((type) => this.isList(type)) ? `${name}[]` : name;
      return ref === undefined ? field : `${field}:${ref}`;
    });
    return named.sort();
  }

  /** Whether a value is a list, if it is given at all. */
  private isList(type: Type): boolean {
    const forms = type.isUnionType() ? type.getTypes() : [type];
    const given = forms.filter(({ flags }) => !(flags & (TypeFlags.Undefined | TypeFlags.Null)));
    return (
      given.length > 0 && given.every((each) => each.flags & TypeFlags.Object && this.checker.isArrayLikeType(each))
    );
  }

  private nameOf([only, ...others]: readonly Type[], otherwise: string): string {
    const name = others.length === 0 ? only?.getSymbol()?.name : undefined;
    const wanted = name === undefined || name.startsWith('__') || this.lines.has(name) ? otherwise : name;
    for (let i = 2, free = wanted; ; free = `${wanted}${i++}`) if (!this.lines.has(free)) return free;
  }

  /** The plain objects that a value may be, alone or in a list. Constructs are none. */
  private membersOf(type: Type, around: readonly Type[] = []): Members {
    // A list of lists of itself is a value of any form.
    if (around.some(({ id }) => id === type.id)) return [open];
    const within = [...around, type];
    if (type.isUnionType()) return type.getTypes().flatMap((each) => this.membersOf(each, within));
    if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.NonPrimitive)) return [open];
    const isGeneric = type.isIntersectionType() && type.getTypes().some(({ flags }) => flags & TypeFlags.Instantiable);
    if (isGeneric || type.flags & TypeFlags.Instantiable) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      const isKnown = constraint !== undefined && constraint.id !== type.id;
      const members: Members = isKnown ? this.membersOf(constraint, within) : [open];
      // A type parameter may have more names than its constraint.
      return type.flags & TypeFlags.TypeParameter && members.length > 0 ? [open] : members;
    }
    if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection))) return [];
    if (this.checker.isArrayLikeType(type))
      return this.checker.getTypeArguments(type as never).flatMap((each) => this.membersOf(each, within));
    if ((type.getSymbol()?.flags ?? 0) & SymbolFlags.Class) return [];
    if (this.checker.getSignaturesOfType(type, SignatureKind.Call).length > 0) return [];
    const properties = this.checker.getPropertiesOfType(type);
    if (this.checker.getIndexInfosOfType(type).length > 0) return [type];
    return properties.length === 0 || properties.some(isOfOthers) ? [open] : [type];
  }
}

/** Whether a property is one of an API's definition, which the checker knows, or of an object with methods. */
function isOfOthers({ flags, declarations }: Named): boolean {
  const isOfDefinition = declarations.length === 0 || declarations.some(({ path }) => path.includes('/imports/'));
  return isOfDefinition || (flags & SymbolFlags.Method) !== 0;
}

/** The text of lib/constructs/property-names.ts. */
function textOf(checker: Checker, index: Named): string {
  const shapes = new Shapes(checker);
  const exports = checker.getExportsOfModule(index);
  const symbolOf = (exported: Named) =>
    exported.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  /** Properties that depend on a type parameter, as those of stores, or are a definition's in part, have an interface of their own. */
  const ofInterface = (name: string) => {
    const found = exports.find((each) => each.name === `${name}Props`);
    const type = found && checker.getDeclaredTypeOfSymbol(symbolOf(found));
    return type && shapes.referTo([type], `${name}Props`);
  };
  const constructors = exports.flatMap((exported) => {
    const symbol = symbolOf(exported);
    const type = symbol.flags & SymbolFlags.Value ? checker.getTypeOfSymbol(symbol) : undefined;
    const [signature] = type === undefined ? [] : checker.getSignaturesOfType(type, SignatureKind.Construct);
    const made = signature && checker.getReturnTypeOfSignature(signature);
    if (made === undefined || checker.getPropertyOfType(made, 'node') === undefined) return [];
    const parameter = signature?.getParameters().find(({ name }) => name === 'props');
    const props = parameter && checker.getTypeOfSymbol(parameter);
    const ref = (props && shapes.refer([props], `${exported.name}Props`)) ?? (props && ofInterface(exported.name));
    return ref === undefined ? [] : [`${exported.name}:${ref}`];
  });
  const functions = exports.flatMap((exported) => {
    const symbol = symbolOf(exported);
    const type = symbol.flags & SymbolFlags.Value ? checker.getTypeOfSymbol(symbol) : undefined;
    const named = type && checker.getPropertyOfType(type, 'named');
    return [
      [exported.name, type],
      [`${exported.name}.named`, named && checker.getTypeOfSymbol(named)],
    ].flatMap(([name, each]) => {
      const [signature] = each === undefined ? [] : checker.getSignaturesOfType(each as Type, SignatureKind.Call);
      const parameter = signature?.getParameters().at(-1);
      const options = parameter && checker.getTypeOfSymbol(parameter);
      const ref = options && shapes.refer([options], `${name}Options`);
      return ref === undefined ? [] : [`${name}:${ref}`];
    });
  });
  const lines = [...shapes.lines].map(([name, fields]) => `${name} ${fields}`).sort();
  return `// Made by \`npm run properties\` from the types of the constructs' properties; nobody edits it.

/** The names that property objects of constructs have: see refuseUnknown. */
export const propertyNames = \`
constructors ${constructors.sort().join(' ')}
functions ${functions.sort().join(' ')}
${lines.join('\n')}
\`;
`;
}

const api = new API({ cwd: root });
try {
  const [project] = api.updateSnapshot({ openProject: join(root, 'tsconfig.build.json') }).getProjects();
  const source = project?.program.getSourceFile(join(root, 'lib', 'index.ts'));
  const index = source && project?.checker.getSymbolAtLocation(source);
  if (project === undefined || index === undefined) throw new Error('lib/index.ts is not in the project');
  const config = project.checker.getExportsOfModule(index).find(({ name }) => name === 'CheckSettings');
  if (config === undefined) throw new Error('lib/index.ts has no CheckSettings');
  const made = {
    [join('lib', 'constructs', 'property-names.ts')]: textOf(project.checker, index),
    'espalier.schema.json': configSchema(
      project.checker,
      project.checker.getDeclaredTypeOfSymbol(project.checker.getAliasedSymbol(config)),
    ),
    ...outputSchemas(project, root),
  };
  for (const [file, text] of Object.entries(made)) {
    if (!process.argv.includes('--check')) writeFileSync(join(root, file), text);
    else if (readFileSync(join(root, file), 'utf8') !== text) {
      console.error(`${file} is not what the types and rules say: run npm run properties and commit the result.`);
      process.exitCode = 1;
    }
  }
} finally {
  api.close();
}
