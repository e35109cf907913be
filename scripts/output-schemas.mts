import { join } from 'node:path';
import type { Checker, Symbol as Named, Project, Type } from 'typescript/unstable/sync';
import { TypeFlags } from 'typescript/unstable/sync';

type Json = Readonly<Record<string, unknown>>;

/** The outputs for programs: the file of the schema, without its version, and the type that the report is made as. */
const outputs: Readonly<Record<string, readonly [file: string, type: string, what: string]>> = {
  adopt: ['lib/adopt/report.ts', 'AdoptReport', 'espalier adopt --format json'],
  check: ['lib/report/json.ts', 'JsonReport', 'espalier check --format json'],
  clusters: ['lib/report/jobs.ts', 'ClustersReport', 'espalier clusters --format json'],
  diff: ['lib/report/diff/json.ts', 'JsonReview', 'espalier diff --format json'],
  explain: ['lib/report/rules.ts', 'RulesReport', 'espalier explain --format json'],
  graph: ['lib/report/pictures/json.ts', 'GraphReport', 'espalier graph --format json'],
  impact: ['lib/report/impact/json.ts', 'ImpactReport', 'espalier impact --format json'],
  order: ['lib/report/order/json.ts', 'OrderReport', 'espalier order --format json'],
  policy: ['lib/report/policy/json.ts', 'PolicyReport', 'espalier policy --format json'],
  'policy-comparison': [
    'lib/report/policy/json.ts',
    'ComparisonReport',
    'espalier policy --against FILE --format json',
  ],
  rename: ['lib/report/rename.ts', 'RenameReport', 'espalier rename --format json'],
  synth: ['lib/report/outcomes.ts', 'SynthReport', 'espalier synth --format json'],
  docs: ['lib/report/outcomes.ts', 'DocsReport', 'espalier docs --format json'],
  'kept-schemas': ['lib/report/outcomes.ts', 'KeptSchemasReport', 'espalier schemas add --format json'],
  lock: ['lib/report/outcomes.ts', 'LockReport', 'espalier lock --format json'],
  cache: ['lib/report/outcomes.ts', 'CacheReport', 'espalier cache --format json'],
  push: ['lib/report/outcomes.ts', 'PushReport', 'espalier push --format json'],
  import: ['lib/report/outcomes.ts', 'ImportReport', 'espalier import --format json'],
};

/** The JSON Schema of each output, by its path: made of the types, so that both say the same. */
export function outputSchemas({ program, checker }: Project, root: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, [file, typeName, what]]) => {
      const source = program.getSourceFile(join(root, file));
      const module = source && checker.getSymbolAtLocation(source);
      const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === typeName);
      if (symbol === undefined) throw new Error(`${file} has no ${typeName}`);
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      const version = checker.getTypeOfSymbol(checker.getPropertyOfType(type, 'version') as Named);
      if (!version?.isNumberLiteralType()) throw new Error(`${typeName} has no version`);
      const path = `schemas/${name}.v${version.value}.json`;
      return [path, new Schemas(checker).text(type, path, what)];
    }),
  );
}

/** Makes a schema of a type: what has a name becomes a definition of its own. */
class Schemas {
  private readonly definitions = new Map<string, Json>();

  constructor(private readonly checker: Checker) {}

  text(type: Type, path: string, what: string): string {
    const top = this.objectOf(type);
    const definitions = Object.fromEntries([...this.definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `cdk8s-espalier/${path}`,
      description: `The output of ${what}.`,
      ...top,
      $defs: definitions,
    };
    return `${JSON.stringify(schema, null, 2)}\n`;
  }

  private objectOf(type: Type): Json {
    const properties: Record<string, Json> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const found = this.checker.getTypeOfSymbol(property);
      if (found === undefined) continue;
      const description = property
        .getDocumentationComment(this.checker)
        .replace(/\s*\n\s*/g, ' ')
        .trim();
      properties[property.name] = {
        ...(description !== '' && { description }),
        ...this.schemaOf(found, property.name),
      };
      if (!this.mayBeAbsent(found)) required.push(property.name);
    }
    const [index] = this.checker.getIndexInfosOfType(type);
    const additionalProperties = index === undefined ? false : this.schemaOf(index.valueType, 'value');
    return { type: 'object', properties, required, additionalProperties };
  }

  /** What is undefined is not in the JSON at all. */
  private mayBeAbsent(type: Type): boolean {
    return type.isUnionType() && type.getTypes().some(({ flags }) => flags & TypeFlags.Undefined);
  }

  private schemaOf(type: Type, name: string): Json {
    if (type.isUnionType()) return this.unionOf(type.getTypes(), name);
    if (type.isStringLiteralType() || type.isNumberLiteralType() || type.isBooleanLiteralType())
      return { const: type.value };
    if (type.flags & TypeFlags.String) return { type: 'string' };
    // Lines, columns and counts: no report has others.
    if (type.flags & TypeFlags.Number) return { type: 'integer' };
    if (type.flags & TypeFlags.Boolean) return { type: 'boolean' };
    if (this.checker.isArrayLikeType(type)) {
      const [item] = this.checker.getTypeArguments(type as never);
      if (item === undefined) throw new Error(`${name} is a list of nobody knows what`);
      return { type: 'array', items: this.schemaOf(item, name) };
    }
    if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection))) throw new Error(`no schema says what ${name} is`);
    const own = type.getAliasSymbol?.()?.name ?? type.getSymbol()?.name;
    if (own === undefined || own.startsWith('__')) return this.objectOf(type);
    if (!this.definitions.has(own)) {
      this.definitions.set(own, {});
      this.definitions.set(own, this.objectOf(type));
    }
    return { $ref: `#/$defs/${own}` };
  }

  private unionOf(all: readonly Type[], name: string): Json {
    const types = all.filter(({ flags }) => !(flags & TypeFlags.Undefined));
    const literals = types.flatMap((type) =>
      type.isStringLiteralType() || type.isNumberLiteralType() ? [type.value] : [],
    );
    const isBoolean = types.some((type) => type.isBooleanLiteralType());
    const others = types.filter(
      (type) => !type.isStringLiteralType() && !type.isNumberLiteralType() && !type.isBooleanLiteralType(),
    );
    const forms = [
      ...(literals.length > 0 ? [{ enum: literals }] : []),
      ...(isBoolean ? [{ type: 'boolean' }] : []),
      ...others.map((type) => this.schemaOf(type, name)),
    ];
    // Beside other forms it is a value that somebody gives, and may be any number.
    if (forms.length > 1) return { anyOf: forms.map((form) => (form.type === 'integer' ? { type: 'number' } : form)) };
    return forms[0] as Json;
  }
}
