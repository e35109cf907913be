import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { type Config, mergeConfig, specLists } from './config';
import type { Yield } from './findings';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { namedFile } from './named-file';
import type { Reading } from './reading';
import { type FieldSpec, kindOf, type NameReference, specsOf, Unfit } from './specs';

/** Adds what the files of `configurations` and `crds` say of the fields that transformers set. */
export function addConfigurations(reading: Reading, kustomization: Kustomization, into: Yield): void {
  for (const [field, read] of [
    ['configurations', readConfiguration],
    ['crds', readDefinitions],
  ] as const) {
    for (const entry of entriesOf(kustomization, field)) {
      if (typeof entry.value !== 'string') continue;
      const file = namedFile(reading, kustomization, entry as Placed<string>, into);
      if (file === undefined) continue;
      const [document = { file, index: 0, value: null, encrypted: false }] = file.documents;
      try {
        into.config = mergeConfig(into.config, read(document.value));
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        into.faults.add({ kind: 'invalid', document, path: [], message: error.message, fails: true });
      }
    }
  }
}

/** A configuration of kustomize's transformers (builtinconfig/transformerconfig.go). */
function readConfiguration(value: Json): Partial<Config> {
  if (value === null) return {};
  if (!isJsonObject(value)) throw new Unfit('a configuration of kustomize must be a map');
  const known: readonly string[] = [...specLists, 'nameReference'];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Unfit(`${JSON.stringify(unknown)} is not a field of a configuration; known: ${known.join(', ')}`);
  }
  const wrong = Object.entries(value).find(([, list]) => list !== null && !Array.isArray(list));
  if (wrong !== undefined) throw new Unfit(`${wrong[0]} must be a list`);
  const lists = specLists.map((list) => [list, specsOf(value[list])] as const);
  const references = Array.isArray(value.nameReference) ? value.nameReference.filter(isJsonObject) : [];
  return {
    ...Object.fromEntries(lists),
    nameReference: references.map(({ fieldSpecs, ...gvk }) => ({ target: kindOf(gvk), fields: specsOf(fieldSpecs) })),
  };
}

/** What the OpenAPI definitions of `crds` say by their extensions (accumulator/loadconfigfromcrds.go). */
function readDefinitions(value: Json): Partial<Config> {
  const definitions = isJsonObject(value) ? value : {};
  if (Object.values(definitions).some((each) => each !== null && !isJsonObject(each))) {
    throw new Unfit('crds are files of OpenAPI definitions by name; list a CustomResourceDefinition under resources');
  }
  const found: { labels: FieldSpec[]; annotations: FieldSpec[]; names: FieldSpec[]; references: NameReference[] } = {
    labels: [],
    annotations: [],
    names: [],
    references: [],
  };
  for (const name of Object.keys(definitions)) {
    const properties = propertiesOf(definitions[name]);
    if (['kind', 'apiVersion', 'metadata'].some((each) => properties[each] === undefined)) continue;
    walk(name, [], new Set());
    continue;

    function walk(type: string, path: readonly string[], visited: ReadonlySet<string>): void {
      // kustomize would run for ever.
      if (visited.has(type)) return;
      for (const [key, property] of Object.entries(propertiesOf(definitions[type]))) {
        if (!isJsonObject(property)) continue;
        const kind = name.slice(name.lastIndexOf('.') + 1);
        const spec = (...more: string[]): FieldSpec => ({ kind, path: [...path, key, ...more].join('/') });
        if (typeof property['x-kubernetes-annotation'] === 'string') found.annotations.push(spec());
        if (typeof property['x-kubernetes-label-selector'] === 'string') found.labels.push(spec());
        if (typeof property['x-kubernetes-identity'] === 'string') found.names.push(spec());
        const version = property['x-kubernetes-object-ref-api-version'];
        const target = property['x-kubernetes-object-ref-kind'];
        const nameKey = property['x-kubernetes-object-ref-name-key'];
        if (typeof version === 'string' && typeof target === 'string') {
          const fields = [spec(typeof nameKey === 'string' ? nameKey : 'name')];
          found.references.push({ target: kindOf({ version, kind: target }), fields });
        }
        if (typeof property.$ref === 'string') walk(property.$ref, [...path, key], new Set([...visited, type]));
      }
    }
  }
  return {
    commonAnnotations: found.annotations,
    commonLabels: found.labels,
    namePrefix: found.names,
    nameReference: found.references,
  };
}

function propertiesOf(definition: Json | undefined): JsonObject {
  const schema = isJsonObject(definition) ? (definition.Schema ?? definition.schema) : undefined;
  const properties = isJsonObject(schema) ? schema.properties : undefined;
  return isJsonObject(properties) ? properties : {};
}
