import type { Drafting } from '../draft';
import { type Code, type CodeObject, isCodeObject, isExpression, plainOf } from '../program';

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
  const { name, ...rest } = metadata;
  return { ...(name !== id && { name }), ...rest } as CodeObject;
}

/** A spec but for the fields that properties of their own say; undefined where nothing is left. */
export function restOf(spec: CodeObject, said: readonly string[]): CodeObject | undefined {
  const rest = Object.entries(spec).filter(([field]) => !said.includes(field));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/**
 * Properties for fields that a construct writes by default: left out where the object has the default, null where it has none.
 */
export function overDefaults(spec: CodeObject, defaults: CodeObject): CodeObject {
  const props: Record<string, Code> = {};
  for (const [field, byDefault] of Object.entries(defaults)) {
    const given = spec[field];
    if (given === undefined) props[field] = null;
    else if (JSON.stringify(plainOf(given)) !== JSON.stringify(byDefault)) props[field] = given;
  }
  return props;
}

/** An object of code; undefined for everything else, expressions included. */
export function objectIn(code: Code | undefined): CodeObject | undefined {
  return isCodeObject(code) && !isExpression(code) ? code : undefined;
}
