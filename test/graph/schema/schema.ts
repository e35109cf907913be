import { parse } from 'yaml';
import { type SchemaFault, type SchemaStore, schemaStore, validate } from '../../../lib/graph/schema';
import { packedSchemas } from '../../../lib/graph/schema/read-schemas';
import type { JsonObject } from '../../../lib/json/json';

/** The built-in schemas, as the checker reads them. */
export const builtins = schemaStore(packedSchemas());

/** The faults of an object that is given as YAML. */
export function faultsOf(
  yaml: string,
  store: SchemaStore = builtins,
  known?: (text: string) => boolean,
  nulls = false,
): SchemaFault[] {
  const object = parse(yaml) as JsonObject;
  const found = store.lookup(String(object.apiVersion), String(object.kind));
  if (found.state !== 'found') throw new Error(`${object.kind}: ${found.state}`);
  return validate(object, found.schema, { ...(known && { known }), nulls });
}

/** Their messages, each with its remedy. */
export function messagesOf(
  yaml: string,
  store?: SchemaStore,
  known?: (text: string) => boolean,
  nulls?: boolean,
): string[] {
  return faultsOf(yaml, store, known, nulls).map(({ message, remedy }) => (remedy ? `${message}. ${remedy}` : message));
}

/** A store that knows one kind, `example.com/v1 Thing`, whose spec has this schema. */
export function thingStore(spec: object): SchemaStore {
  const store = schemaStore(packedSchemas());
  const openAPIV3Schema = { type: 'object', properties: { spec } };
  store.add({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'example.com',
      names: { kind: 'Thing' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  } as JsonObject);
  return store;
}

/** The messages about a Thing's spec. */
export function specMessages(
  schema: object,
  spec: unknown,
  known?: (text: string) => boolean,
  nulls?: boolean,
): string[] {
  const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, spec };
  return messagesOf(JSON.stringify(object), thingStore(schema), known, nulls);
}
