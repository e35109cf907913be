import { isJsonObject, type JsonObject } from '../../json/json';
import { objectName } from '../../systems/kubernetes/names';
import { memoize } from '../../text/memoize';
import type { Node } from './node';
import type { SchemaFault, ValidateOptions } from './schema';
import { valueText } from './text';
import { visit } from './walk';

/** What Kubernetes knows of a kind in one version: found by `schemaStore`. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly node: Node;
}

const nameFormat = memoize(({ apiVersion, kind }: KindSchema) => objectName(apiVersion, kind));

const everythingKnown = () => true;

/** Where an object breaks its schema: everything that the API server would refuse it for, as far as the schema tells. */
export function validate(object: JsonObject, schema: KindSchema, options: ValidateOptions = {}): SchemaFault[] {
  const known = options.known ?? everythingKnown;
  const faults: SchemaFault[] = [];
  const shown = !(schema.kind === 'Secret' && schema.apiVersion === 'v1');
  visit(schema.node, object, {
    path: [],
    faults,
    parents: [],
    known,
    asking: false,
    shown,
    nulls: options.nulls ?? false,
  });
  visitName(object, schema, known, faults);
  return faults;
}

function visitName(
  { metadata = {} }: JsonObject,
  schema: KindSchema,
  known: (text: string) => boolean,
  faults: SchemaFault[],
): void {
  if (!isJsonObject(metadata)) return;
  const { name = null, generateName = null } = metadata;
  if (name === null && generateName === null) {
    const message = '`metadata` lacks `name`';
    faults.push({ path: ['metadata'], on: 'key', kind: 'required', message, remedy: 'add `name`' });
  }
  if (typeof name !== 'string') return;
  const sentence = nameFormat(schema).fault(name);
  if (sentence === undefined || !known(name)) return;
  const message = `\`metadata.name\` is ${valueText(name)} and ${sentence}`;
  faults.push({ path: ['metadata', 'name'], on: 'value', kind: 'format', message });
}
