import { textAt } from '../../json/read';
import type { Drafting } from '../draft';
import {
  Call,
  type Code,
  type CodeObject,
  type Handle,
  isCodeObject,
  isExpression,
  plainOf,
  Template,
} from '../program';
import type { WrittenObject } from '../survey';
import { filledIn } from '../variables';

/** The fields of metadata that every construct takes. */
const common = ['name', 'namespace', 'labels', 'annotations'];

/**
 * metadata as the properties that every construct takes; undefined where it has more than they say.
 *
 * @param defaults annotations that the construct writes by itself, which are taken away where the object has none
 */
export function metadataProps({ value, id }: Drafting): CodeObject | undefined {
  const { metadata = {} } = value;
  if (!isCodeObject(metadata) || Object.keys(metadata).some((field) => !common.includes(field))) return undefined;
  const { name, namespace, ...rest } = metadata;
  return {
    ...(name !== undefined && name !== id && { name: filledIn(name) }),
    ...(namespace !== undefined && { namespace: filledIn(namespace) }),
    ...rest,
  };
}

/**
 * What a construct says of an object with a spec: its metadata as properties, and its name. Undefined where the object is of another
 * version, or has more than that.
 */
export function objectSaid(
  drafting: Drafting,
  apiVersion: string,
): { readonly metadata: CodeObject; readonly name: string | undefined; readonly spec: CodeObject } | undefined {
  const { apiVersion: own, kind: _kind, metadata, spec, ...others } = drafting.value;
  const props = metadataProps(drafting);
  const fields = objectIn(spec);
  if (own !== apiVersion || props === undefined || fields === undefined || Object.keys(others).length > 0)
    return undefined;
  return { metadata: props, name: textAt(plainOf(metadata as Code), 'name'), spec: fields };
}

/** A spec but for the fields that properties of their own say; undefined where nothing is left. */
export function restOf(spec: CodeObject, said: readonly string[]): CodeObject | undefined {
  const rest = Object.entries(spec).filter(([field]) => !said.includes(field));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/**
 * Properties for fields that a construct writes by default: left out where the object has the default, null where it has none.
 *
 * @param defaults undefined for fields without one, and for all where the cluster has none
 */
export function overDefaults(spec: CodeObject, defaults: CodeObject, hasDefaults: boolean): CodeObject {
  const props: Record<string, Code> = {};
  for (const [field, byDefault] of Object.entries(defaults)) {
    const given = spec[field];
    if (!hasDefaults) {
      if (given !== undefined) props[field] = given;
    } else {
      const over = overriding(byDefault, given);
      if (over !== undefined) props[field] = over;
    }
  }
  return props;
}

/** What laid over a default yields what is given: null takes a field away; undefined where nothing has to be. */
function overriding(byDefault: Code, given: Code | undefined): Code | undefined {
  if (given === undefined) return null;
  const [base, wanted] = [objectIn(byDefault), objectIn(given)];
  if (base === undefined || wanted === undefined) {
    return JSON.stringify(plainOf(given)) === JSON.stringify(byDefault) ? undefined : given;
  }
  const over: Record<string, Code> = {};
  for (const field of new Set([...Object.keys(base), ...Object.keys(wanted)])) {
    const value = field in base ? overriding(base[field] as Code, wanted[field]) : wanted[field];
    if (value !== undefined) over[field] = value;
  }
  return Object.keys(over).length > 0 ? over : undefined;
}

/** Those of an object's fields that it has. */
export function fieldsOf(code: CodeObject, names: readonly string[]): CodeObject {
  return Object.fromEntries(names.flatMap((name) => (code[name] === undefined ? [] : [[name, code[name] as Code]])));
}

/** An object of code; undefined for everything else, expressions included. */
export function objectIn(code: Code | undefined): CodeObject | undefined {
  return isCodeObject(code) && !isExpression(code) ? code : undefined;
}

/** Whether it is a text, perhaps with variables. */
export function isText(code: Code | undefined): code is string | Template | Call {
  return typeof code === 'string' || code instanceof Template || (code instanceof Call && code.name === 'variable');
}

/** Whether an object, as the first Kustomization applies it, has that of a handle in its namespace: a Component brings it to several. */
export function isBeside({ object }: Pick<Drafting, 'object'>, { to }: Handle): boolean {
  const { resources } = to.of as WrittenObject;
  const [first] = object.resources;
  return first === undefined
    ? resources.length === 0
    : resources.some(({ namespace }) => namespace === first.namespace);
}
