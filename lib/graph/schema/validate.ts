import { isJsonObject, type JsonObject } from '../../tree/tree';
import { objectNameFault } from './names';
import type { Node } from './node';
import type { SchemaFault, ValidateOptions } from './schema';
import { valueText } from './text';
import { visit } from './walk';

/** What Kubernetes knows of a kind in one version: found by `schemaStore`. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether its objects live in namespaces; undefined when its schema does not tell. */
  readonly namespaced: boolean | undefined;
  readonly node: Node;
}

const everythingKnown = () => true;

/** Where an object breaks its schema: everything that the API server would refuse it for, as far as the schema tells. */
export function validate(object: JsonObject, schema: KindSchema, options: ValidateOptions = {}): SchemaFault[] {
  const known = options.known ?? everythingKnown;
  const faults: SchemaFault[] = [];
  const shown = !(schema.kind === 'Secret' && schema.apiVersion === 'v1');
  visit(schema.node, object, { path: [], faults, parents: [], known, asking: false, shown });
  faults.push(...nameFaults(object, schema, known));
  return faults;
}

function* nameFaults(
  { metadata = {} }: JsonObject,
  { apiVersion, kind }: KindSchema,
  known: (text: string) => boolean,
): Generator<SchemaFault> {
  if (!isJsonObject(metadata)) return;
  const { name = null, generateName = null } = metadata;
  if (name === null && generateName === null) {
    yield { path: ['metadata'], on: 'key', kind: 'required', message: '`metadata` lacks `name`', remedy: 'add `name`' };
  }
  if (typeof name !== 'string') return;
  const sentence = objectNameFault(apiVersion, kind, name);
  if (sentence === undefined || !known(name)) return;
  const message = `\`metadata.name\` is ${valueText(name)} and ${sentence}`;
  yield { path: ['metadata', 'name'], on: 'value', kind: 'format', message };
}
