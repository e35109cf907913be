import type { Json, JsonObject } from '../../json/json';
import { keyFault } from '../../systems/kubernetes/names';
import { count } from '../../text/count';
import { onlyNear } from '../../text/nearest';
import { arrayFaults } from './arrays';
import { brokenRules } from './cel/rules';
import { combinationFault } from './combinations';
import { filled } from './defaults';
import { allKnown } from './equal';
import { type Node, typeOf, types } from './node';
import { isRight, remember } from './right';
import { scalarFault } from './scalars';
import type { SchemaFault, SchemaFaultKind } from './schema';
import { suggest } from './suggest';
import { listText, otherReleaseText, pathText, typeText, unknownFieldText, valueText } from './text';

/** A walk along an object and its schema. */
export interface Walk {
  readonly path: (string | number)[];
  readonly faults: SchemaFault[];
  /** The nodes of the objects around the current one, the nearest last. */
  readonly parents: Node[];
  readonly known: (text: string) => boolean;
  /** Whether the walk only asks if a value fits: no field is unknown, no rule is evaluated. */
  readonly asking: boolean;
  /** Whether values may be shown: those of a Secret may not. */
  readonly shown: boolean;
  /** Whether null in an object is a value. */
  readonly nulls: boolean;
}

/** Walks a value; faults are added to the walk. */
export function visit(node: Node, value: Json, walk: Walk): void {
  const type = typeOf(value);
  if (type === types.null && node.nullable) return;
  if (node.types !== 0 && (node.types & type) === 0) {
    typeFault(node, value, walk);
    return;
  }
  const before = walk.faults.length;
  if (type === types.object) visitFields(node, value as JsonObject, walk);
  else if (type === types.array) visitItems(node, value as readonly Json[], walk);
  else if (node.constrained) visitScalar(node, value, walk);
  if (node.schema.enum !== undefined && (type & (types.object | types.array)) !== 0) {
    report(walk, value, scalarFault({ enum: node.schema.enum }, value));
  }
  if (node.combined) visitCombinations(node, value, walk);
  if (node.rules.length > 0 && !walk.asking && evaluable(walk.faults, before)) {
    for (const { path, sentence } of brokenRules(node, value, walk.known)) {
      fault(walk, [...walk.path, ...path], 'value', 'cel', `${pathText([...walk.path, ...path])} ${sentence}`);
    }
  }
}

function visitScalar(node: Node, value: Json, walk: Walk): void {
  if (node.right.has(value)) return;
  const found = scalarFault(node.schema, value);
  if (found !== undefined) report(walk, value, found, found[0] === 'enum' ? meantValue(node, value) : undefined);
  else remember(node, value);
}

const blocking: ReadonlySet<SchemaFaultKind> = new Set(['type', 'required', 'enum', 'length']);

/**
 * Whether what was found since allows rules to be evaluated.
 *
 * Source: k8s.io/apiextensions-apiserver pkg/registry/customresource/strategy.go (hasBlockingErr)
 */
function evaluable(faults: readonly SchemaFault[], from: number): boolean {
  return faults.length === from || faults.slice(from).every(({ kind }) => !blocking.has(kind));
}

/** Of keys that a loop goes through V8 knows that they are own, and no list of them is made; `Object.hasOwn` it would call. */
const isOwn = Object.prototype.hasOwnProperty;

function visitFields(node: Node, object: JsonObject, walk: Walk): void {
  walk.parents.push(node);
  let fields = 0;
  for (const key in object) {
    if (!isOwn.call(object, key)) continue;
    fields += 1;
    const value = object[key] as Json;
    const field = node.met.get(key) ?? fieldOf(node, key);
    if (field) {
      if (value === null) {
        if (walk.nulls) visitNull(node, field, key, walk);
        continue;
      }
      // Most fields: nothing to say of them, and no path to keep.
      if (typeof value !== 'object' && field.simple && isRight(field, value)) continue;
      walk.path.push(key);
      visit(field, value, walk);
      walk.path.pop();
    } else if (!node.open && !walk.asking) unknownField(node, object, key, walk);
  }
  walk.parents.pop();
  if (node.required.length > 0) visitRequired(node, object, walk);
  const { minProperties, maxProperties } = node.schema;
  if (minProperties !== undefined && fields < minProperties) {
    report(walk, object, ['length', `has ${count(fields, 'field')}; at least ${minProperties} must be given`]);
  }
  if (maxProperties !== undefined && fields > maxProperties) {
    report(walk, object, ['length', `has ${count(fields, 'field')}; at most ${maxProperties} may be given`]);
  }
  if (node.schema['x-keys'] !== undefined && !walk.asking) visitKeys(node, node.schema['x-keys'], object, walk);
}

/**
 * Null in a custom resource is refused, unless the field allows it or has a default, which then takes its place. Of what is required
 * it is said otherwise; `metadata` is read as in Kubernetes' own kinds. Not so what is not applied on the server's side: there null is
 * removed.
 *
 * Source: k8s.io/apiextensions-apiserver pkg/apiserver/customresource_handler.go (schemaCoercingDecoder), defaulting/algorithm.go; a
 * server-side apply to kube-apiserver 1.36.3
 */
function visitNull(node: Node, field: Node, key: string, walk: Walk): void {
  const [first = key] = walk.path;
  if (walk.asking || first === 'metadata' || first === 'status') return;
  if (field.types === 0 || field.nullable || field.schema.default !== undefined) return;
  if (node.required.includes(key)) return;
  const path = [...walk.path, key];
  const message = `${pathText(path)} ${typeText(field.types, null)}`;
  fault(walk, path, 'value', 'type', message, 'remove it, or give it a value');
}

function visitKeys(node: Node, of: 'label' | 'annotation', object: JsonObject, walk: Walk): void {
  for (const key of Object.keys(object)) {
    if (node.right.has(key)) continue;
    const wrong = keyFault(of, key);
    if (wrong === undefined) remember(node, key);
    else if (walk.known(key)) {
      fault(walk, [...walk.path, key], 'key', 'format', `${pathText(walk.path)}: the key ${valueText(key)} ${wrong}`);
    }
  }
}

function fieldOf(node: Node, key: string): Node | undefined {
  const field = node.fields.get(key)?.();
  if (field === undefined) return node.values?.();
  node.met.set(key, field);
  return field;
}

function visitRequired(node: Node, object: JsonObject, walk: Walk): void {
  if (hasAll(node, object)) return;
  // A key that nobody knows may be the one.
  if (!Object.keys(object).every(walk.known)) return;
  const absent = node.required.filter((name) => isAbsent(node, object, name));
  const names = listText(
    absent.map((name) => `\`${name}\``),
    'and',
  );
  const message = `${pathText(walk.path)} lacks ${names}`;
  walk.faults.push({
    path: [...walk.path],
    on: 'key',
    kind: 'required',
    message,
    remedy: `add ${names}`,
    lacks: absent,
  });
}

function hasAll(node: Node, object: JsonObject): boolean {
  for (const name of node.required) if (isAbsent(node, object, name)) return false;
  return true;
}

function isAbsent(node: Node, object: JsonObject, name: string): boolean {
  if (Object.hasOwn(object, name) && object[name] !== null) return false;
  const field = node.fields.get(name)?.();
  if (object[name] === null && field?.schema.nullable === true) return false;
  return field?.schema.default === undefined;
}

function unknownField(node: Node, object: JsonObject, key: string, walk: Walk): void {
  if (!walk.known(key)) return;
  const path = [...walk.path, key];
  const elsewhere = node.elsewhere.get(key);
  if (elsewhere !== undefined) {
    fault(walk, path, 'key', 'unknown-field', otherReleaseText(path, elsewhere));
    return;
  }
  const suggestion = suggest(key, object, node, walk.parents.slice(0, -1).reverse());
  const { message, remedy } = unknownFieldText(path, suggestion);
  const name = suggestion !== undefined && 'name' in suggestion ? onlyNear(key, [...node.fields.keys()]) : undefined;
  fault(walk, path, 'key', 'unknown-field', message, remedy, name === undefined ? undefined : { name });
}

function visitCombinations(node: Node, given: Json, walk: Walk): void {
  // The parts know no defaults: a field that they tell forms apart by may be left out.
  const value = filled(node, given);
  for (const part of node.allOf) visit(part(), value, { ...walk, asking: true });
  const fits = (part: Node): boolean => {
    const faults: SchemaFault[] = [];
    visit(part, value, { ...walk, faults, asking: true });
    return faults.length === 0;
  };
  const found = combinationFault(node, fits);
  if (found && allKnown(given, walk.known)) report(walk, given, found);
}

function visitItems(node: Node, items: readonly Json[], walk: Walk): void {
  const item = node.items?.();
  if (item) {
    for (let i = 0; i < items.length; i++) {
      walk.path.push(i);
      visit(item, items[i] as Json, walk);
      walk.path.pop();
    }
  }
  if (!node.listed) return;
  for (const { path, kind, sentence, remedy } of arrayFaults(node, items, walk.known)) {
    const at = [...walk.path, ...path];
    fault(walk, at, 'value', kind, `${pathText(at)} ${sentence}`, remedy);
  }
}

function typeFault(node: Node, value: Json, walk: Walk): void {
  if (typeof value === 'string' && !walk.known(value)) return;
  const remedy = typeof value !== 'object' && node.types === types.string ? 'write it in quotes' : undefined;
  const message = `${pathText(walk.path)} ${typeText(node.types, value)}`;
  fault(walk, [...walk.path], 'value', 'type', message, remedy, meantOf(node.types, value));
}

/** What is written as text and reads as what is asked for, or the other way round. */
function meantOf(wanted: number, value: Json): SchemaFault['meant'] {
  if (wanted === types.string)
    return typeof value === 'number' || typeof value === 'boolean' ? { quoted: true } : undefined;
  if (typeof value !== 'string') return undefined;
  if ((wanted & types.integer) !== 0 && /^(?:0|-?[1-9]\d{0,14})$/.test(value)) return { value: Number(value) };
  return wanted === types.boolean && /^(?:true|false)$/.test(value) ? { value: value === 'true' } : undefined;
}

/** Adds a fault of the value at the walk's path, unless nobody knows the value. */
function meantValue({ schema }: Node, value: Json): SchemaFault['meant'] {
  if (typeof value !== 'string') return undefined;
  const texts = (schema.enum ?? []).filter((one) => typeof one === 'string');
  const name = onlyNear(value, texts);
  return name === undefined ? undefined : { value: name };
}

function report(
  walk: Walk,
  value: Json,
  found: readonly [SchemaFaultKind, string, string?] | undefined,
  meant?: SchemaFault['meant'],
): void {
  if (found === undefined || (typeof value === 'string' && !walk.known(value))) return;
  const [kind, sentence, remedy] = found;
  const shown = walk.shown && typeof value !== 'object' ? ` is ${valueText(value)} and` : '';
  fault(walk, [...walk.path], 'value', kind, `${pathText(walk.path)}${shown} ${sentence}`, remedy, meant);
}

function fault(
  walk: Walk,
  path: SchemaFault['path'],
  on: SchemaFault['on'],
  kind: SchemaFaultKind,
  message: string,
  remedy?: string,
  meant?: SchemaFault['meant'],
): void {
  const found = remedy === undefined ? { path, on, kind, message } : { path, on, kind, message, remedy };
  walk.faults.push(meant === undefined ? found : { ...found, meant });
}
