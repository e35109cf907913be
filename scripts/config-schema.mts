import type { Checker, Symbol as Named, Type } from 'typescript/unstable/sync';
import { SignatureKind, SymbolFlags, TypeFlags } from 'typescript/unstable/sync';
import { rules } from '../lib/checks/rules.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of `espalier.config.json` and `.yaml`, made of the type that `defineConfig` takes: its fields, what they hold, what
 * is said of them. `rules` has each rule by its id, so that an editor completes them. What only code can hold is left out.
 */
export function configSchema(checker: Checker, config: Type): string {
  const schema = objectOf(checker, config);
  const { rules: settings, ...properties } = schema.properties as Record<string, Json>;
  // `{ [id]: setting }` holds for rules without options of their own.
  const known = (settings?.properties ?? {}) as Record<string, Json>;
  const setting = settings?.additionalProperties as Json;
  const byId = Object.fromEntries(
    rules.map(({ id, title }) => [id, { description: title, ...(known[id] ?? { $ref: '#/definitions/setting' }) }]),
  );
  const whole = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'espalier.config',
    description: 'What espalier check, diff, synth and others are told of a Flux tree.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { description: 'This schema, for the editor.', type: 'string' },
      // No further names: those of own rules are for code, which no schema reads.
      rules: { description: settings?.description, type: 'object', additionalProperties: false, properties: byId },
      ...properties,
    },
    definitions: { setting },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function objectOf(checker: Checker, type: Type): Json {
  const properties: Record<string, Json> = {};
  for (const property of checker.getPropertiesOfType(type)) {
    const schema = schemaOf(checker, checker.getTypeOfSymbol(property));
    if (schema !== undefined)
      properties[property.name] = { ...saidOf(checker, property), ...narrowed(checker, property, schema) };
  }
  const [index] = checker.getIndexInfosOfType(type);
  const further = index && schemaOf(checker, index.valueType);
  return { type: 'object', additionalProperties: further ?? false, properties };
}

/** @returns undefined for what JSON cannot hold */
function schemaOf(checker: Checker, type: Type | undefined): Json | undefined {
  if (type === undefined) return undefined;
  if (type.isUnionType()) return unionOf(checker, type.getTypes());
  if (type.isStringLiteralType()) return { enum: [type.value] };
  if (type.isBooleanLiteralType()) return { enum: [type.value] };
  if (type.flags & TypeFlags.String) return { type: 'string' };
  if (type.flags & TypeFlags.Boolean) return { type: 'boolean' };
  if (type.flags & TypeFlags.NonPrimitive) return { type: 'object' };
  if (checker.isArrayLikeType(type)) {
    const items = schemaOf(checker, checker.getTypeArguments(type as never)[0]);
    return items && { type: 'array', items };
  }
  const isCode = checker
    .getPropertiesOfType(type)
    .some((each) => each.flags & SymbolFlags.Method || isFunction(checker, checker.getTypeOfSymbol(each)));
  if (isCode || isFunction(checker, type)) return undefined;
  return objectOf(checker, type);
}

function isFunction(checker: Checker, type: Type | undefined): boolean {
  return type !== undefined && checker.getSignaturesOfType(type, SignatureKind.Call).length > 0;
}

function unionOf(checker: Checker, types: readonly Type[]): Json | undefined {
  const schemas = types.filter(({ flags }) => !(flags & TypeFlags.Undefined)).map((each) => schemaOf(checker, each));
  if (schemas.includes(undefined)) return undefined;
  const values = schemas.flatMap((each) => (each?.enum as unknown[] | undefined) ?? []);
  const isBoolean = values.includes(true) && values.includes(false);
  const texts = values.filter((value) => typeof value === 'string');
  const forms = [
    ...(texts.length > 0 ? [{ enum: texts }] : []),
    ...(isBoolean ? [{ type: 'boolean' }] : []),
    ...schemas.filter((each) => each?.enum === undefined),
  ];
  return forms.length === 1 ? (forms[0] as Json) : { anyOf: forms };
}

/** What stands above a field. */
function saidOf(checker: Checker, property: Named): Json {
  const description = property
    .getDocumentationComment(checker)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const standard = tagOf(checker, property, 'default');
  return { description: `${description}${standard ? ` Default: ${standard.replace(/^- /, '')}.` : ''}` };
}

/** A field's schema with what its texts, or those of its list, must match: `@pattern` above it. */
function narrowed(checker: Checker, property: Named, schema: Json): Json {
  const pattern = tagOf(checker, property, 'pattern');
  if (pattern === undefined) return schema;
  return schema.type === 'array'
    ? { ...schema, items: { ...(schema.items as Json), pattern } }
    : { ...schema, pattern };
}

function tagOf(checker: Checker, property: Named, name: string): string | undefined {
  return property.getJsDocTags(checker).find((tag) => tag.name === name)?.text;
}
