import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EspalierError } from '../../lib/errors';
import { type Pack, readPack } from '../../lib/graph/schema/pack';
import { inside } from '../../lib/graph/schema/parts';
import type { Schema } from '../../lib/graph/schema/schema';
import { groupVersion } from '../../lib/systems/api-version';
import { rowsOf } from '../../lib/systems/references';
import type { Row } from '../../lib/systems/references/row';
import type { ImportConfig } from './config';

const head = `// Made by \`npm run import\`; nobody edits it.

/*
 * Marks of what a field is; no value has these types (lib/constructs/kinds/given.ts reads them).
 */

/** An object that names another one: its fields, and the kinds that it may name as \`group/Kind\`, separated by spaces. */
export interface Reference<To extends string, Fields> {
  readonly '#to': To;
  readonly '#fields': Fields;
}

/** A selector of objects by their labels. */
export interface Selector {
  readonly '#selects': LabelSelector;
}

/** The name of a port. */
export interface PortName {
  readonly '#port': string;
}

/** What a selector is. */
export interface LabelSelector {
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
  readonly matchLabels?: { readonly [key: string]: string };
}

/** A field that takes more than its text. */
export interface Field {
  /** What it is: the name of an object, an object that names another one, a selector, the name of a port. */
  readonly is: 'name' | 'reference' | 'selector' | 'port';
  /** The kinds that it may name, as \`group/Kind\`, that which it means without a kind first; none for any. */
  readonly to?: readonly string[];
  /** Whether what it names is in the object's own namespace. */
  readonly own?: boolean;
  /** Its fields, in the order in which they are written; those that it must have end in \`!\`. */
  readonly fields?: readonly string[];
}
`;

/** Fields of objects that do nothing but name another. */
const naming = new Set(['apiVersion', 'group', 'apiGroup', 'kind', 'name', 'namespace', 'key', 'optional']);
const order = ['apiVersion', 'group', 'apiGroup', 'kind', 'namespace', 'name', 'sectionName', 'port', 'key'];

/**
 * Makes imports/kinds/specs.ts of imports/schemas.br.
 *
 * @returns whether it differs from what was there
 */
export function generateSpecs({ root, specs }: ImportConfig): boolean {
  if (specs.length === 0) return false;
  const file = join(root, 'imports', 'kinds', 'specs.ts');
  const text = specsText(specs, readFileSync(join(root, 'imports', 'schemas.br')));
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

/** The text of imports/kinds/specs.ts: the types of what each kind has in its spec, and which of its fields name something. */
export function specsText(kinds: readonly string[], bytes: Uint8Array): string {
  const pack = readPack(bytes);
  const specs = kinds.map((kind) => ({ kind, ...specOf(pack, kind) }));
  const types = new Types(specs.map(({ schema }) => schema));
  const entries = specs.map(({ kind, schema }) => `  readonly '${kind}': ${types.name(schema)};\n`);
  const fields = specs.map(({ kind, fields }) => `  '${kind}': ${JSON.stringify(fields)},\n`);
  return [
    head,
    types.named(),
    `\n/** spec of each kind, by \`apiVersion/Kind\`. */\nexport interface Specs {\n${entries.join('')}}\n`,
    '\n/** By `apiVersion/Kind` and where it stands below spec: `[]` for each entry of a list, `*` for any field. */',
    `\nexport const fields: Readonly<Record<string, Readonly<Record<string, Field>>>> = {\n${fields.join('')}};\n`,
  ].join('');
}

/** A part of a spec, with what it names. */
interface Part extends Schema {
  readonly field?: FieldOf;
}

interface FieldOf {
  readonly is: 'name' | 'reference' | 'selector' | 'port';
  readonly to?: readonly string[];
  readonly own?: boolean;
  readonly fields?: readonly string[];
}

function specOf(pack: Pack, apiVersionKind: string): { schema: Part; fields: Record<string, FieldOf> } {
  const slash = apiVersionKind.lastIndexOf('/');
  const { group, version } = groupVersion(apiVersionKind.slice(0, slash));
  const kind = apiVersionKind.slice(slash + 1);
  const ref = pack.find(group, kind.toLowerCase())?.versions[version]?.schema;
  const spec = ref === undefined ? undefined : resolved(pack, pack.schema(ref)).properties?.spec;
  if (spec === undefined)
    throw new EspalierError(`cdk8s.yaml: specs: imports/schemas.br knows no spec of ${apiVersionKind}`);
  const rows = Object.entries(rowsOf({ group, kind }) ?? {}).map(([path, row]) => [pattern(path), row] as const);
  const fields: Record<string, FieldOf> = {};
  const visit = (given: Schema, path: string): Part => {
    const schema = resolved(pack, given);
    const row = rows.find(([matches]) => matches.test(`spec.${path}`))?.[1];
    const at = (step: string) => (path === '' ? step : `${path}.${step}`);
    const below = inside(schema, (part, step) => {
      if (step === 'items' && part === schema.items) return visit(part, `${path}[]`);
      if (step === 'additionalProperties' && part === schema.additionalProperties) return visit(part, at('*'));
      return part === schema.properties?.[step] ? visit(part, at(step)) : part;
    });
    const field = fieldOf(kind, below, path, row);
    if (field) fields[path] = field;
    return { ...below, ...(field && { field }) };
  };
  return { schema: visit(spec, ''), fields };
}

function resolved(pack: Pack, schema: Schema | undefined): Schema {
  const { $ref, ...rest } = schema ?? {};
  return $ref === undefined ? rest : { ...pack.schema($ref), ...rest };
}

/** `spec.**secretRef` is any field below whose name ends so. */
function pattern(path: string): RegExp {
  const text = path
    .replace(/[.[\]]/g, '\\$&')
    .replace(/\*\*|\*/g, (stars) => (stars === '*' ? '[^.]+' : '(.+\\.)?[^.]*'));
  return new RegExp(`^${text}$`, 'i');
}

/** What selectors select, where that is not pods or known by the object that is given. */
const selected: readonly (readonly [RegExp, string])[] = [
  [/^ServiceMonitor\.selector$/, '/Service'],
  [/namespaceSelector$|\.namespaces\.selector$/, '/Namespace'],
];

function fieldOf(kind: string, schema: Schema, path: string, row: Row | undefined): FieldOf | undefined {
  const { properties, type } = schema;
  const step = path.slice(path.lastIndexOf('.') + 1).replace(/(\[\])+$/, '');
  const own = row?.namespace === 'own';
  if (type === 'string') {
    if (row && !row.read) return { is: 'name', to: row.to, own: true };
    return step === 'port' ? { is: 'port' } : undefined;
  }
  if (properties === undefined) return undefined;
  const names = Object.keys(properties);
  if (names.length === 2 && 'matchLabels' in properties && 'matchExpressions' in properties) {
    const to = selected.find(([matches]) => matches.test(`${kind}.${path}`))?.[1];
    return { is: 'selector', ...(to && { to: [to] }) };
  }
  const isReference = row === undefined ? names.every((name) => naming.has(name)) : row.name === undefined && !row.read;
  const isWhole = (schema.required ?? []).every((name) => order.includes(name));
  if (!isReference || !isWhole || !('name' in properties)) return undefined;
  const known = row?.to ?? guess(path, names);
  // Kinds that the definition lists and nobody has a row for, in whichever group.
  const others = (properties.kind?.enum ?? []).filter((one) => !known?.some((to) => to.endsWith(`/${one}`)));
  const to = known && [...known, ...others.map((one) => `*/${one}`)];
  const fields = order
    .filter((name) => name in properties)
    .map((name) => (schema.required?.includes(name) ? `${name}!` : name));
  return { is: 'reference', ...(to && { to }), ...((own || !('namespace' in properties)) && { own: true }), fields };
}

/** The keys of Secrets and ConfigMaps are named alike everywhere, and so are Secrets. */
function guess(path: string, names: readonly string[]): readonly string[] | undefined {
  if (/configMap/i.test(path)) return ['/ConfigMap'];
  return /secret/i.test(path) || names.includes('key') ? ['/Secret'] : undefined;
}

/** Types in TypeScript; those that are there more than once have a name. */
class Types {
  private readonly uses = new Map<string, number>();
  private readonly names = new Map<string, string>();
  private readonly bodies: string[] = [];

  constructor(schemas: readonly Part[]) {
    for (const schema of schemas) this.text(schema, 'Spec', (text) => text);
  }

  /** The type of a schema. */
  name(schema: Part): string {
    return this.text(schema, 'Spec', (text, step, whole) => {
      if ((this.uses.get(whole) ?? 0) < 2) return text;
      const known = this.names.get(whole);
      if (known !== undefined) return known;
      const name = this.free(step);
      this.names.set(whole, name);
      this.bodies.push(`interface ${name} ${text}\n`);
      return name;
    });
  }

  /** Those that have a name. */
  named(): string {
    return `\n${this.bodies.join('')}`;
  }

  private free(step: string): string {
    const base = step.slice(0, 1).toUpperCase() + step.slice(1).replace(/\W/g, '');
    const taken = new Set(this.names.values());
    let name = base;
    for (let i = 2; taken.has(name) || reserved.has(name); i += 1) name = `${base}${i}`;
    return name;
  }

  private text(schema: Part, step: string, shorten: (text: string, step: string, whole: string) => string): string {
    const { field } = schema;
    if (field?.is === 'selector') return 'Selector';
    if (field?.is === 'port') return 'PortName';
    const plain = this.plain(schema, step, shorten);
    if (field?.is !== 'reference') return plain;
    return `Reference<'${(field.to ?? []).join(' ')}', ${plain}>`;
  }

  private plain(schema: Part, step: string, shorten: (text: string, step: string, whole: string) => string): string {
    const { type, properties, items, additionalProperties, required = [] } = schema;
    if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ') || 'string';
    if (schema['x-kubernetes-int-or-string']) return 'number | string';
    if (schema['x-kubernetes-embedded-resource']) return '{ readonly [field: string]: unknown }';
    if (Array.isArray(type))
      return type
        .map((one) => scalars[one] ?? 'unknown')
        .filter((one, i, all) => all.indexOf(one) === i)
        .join(' | ');
    if (typeof type === 'string' && type in scalars) return scalars[type] as string;
    if (type === 'array') return `readonly ${parenthesized(this.text(items ?? {}, step, shorten))}[]`;
    if (properties && Object.keys(properties).length > 0) {
      const open = schema['x-kubernetes-preserve-unknown-fields'] ? 'readonly [field: string]: unknown; ' : '';
      const each = Object.entries(properties).map(([name, part]) => {
        const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
        return `readonly ${key}${required.includes(name) ? '' : '?'}: ${this.text(part, name, shorten)}; `;
      });
      const text = `{ ${each.join('')}${open}}`;
      const whole = this.whole(schema, text);
      return text.length > 120 ? shorten(text, step, whole) : text;
    }
    if (typeof additionalProperties === 'object')
      return `{ readonly [key: string]: ${this.text(additionalProperties, step, shorten)} }`;
    return type === 'object' ? '{ readonly [field: string]: unknown }' : 'unknown';
  }

  /** What tells one type from others, however its parts are called. */
  private whole(schema: Part, text: string): string {
    const known = this.wholes.get(schema);
    if (known !== undefined) return known;
    this.wholes.set(schema, text);
    this.uses.set(text, (this.uses.get(text) ?? 0) + 1);
    return text;
  }
  private readonly wholes = new Map<Part, string>();
}

const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
};
const reserved = new Set(['Reference', 'Selector', 'PortName', 'LabelSelector', 'Field', 'Specs', 'Spec']);

function parenthesized(text: string): string {
  return /^[\w.]+(<.*>)?$|^\{.*\}$/s.test(text) && !text.includes(' | ') ? text : `(${text})`;
}
