import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { type Config, mergeSpecs } from './config';
import { metadataLabels } from './field-specs';
import { type Item, withValue } from './item';
import { type Place, withField } from './origin';
import { spread, valueAt } from './shared';
import { editField, type FieldSpec, placesOf, specsOf, Unfit } from './specs';

/** The fields that an entry of `labels` sets (kusttarget_configplugin.go of kustomize, LabelTransformer). */
export function labelSpecs(
  { fields, includeSelectors, includeTemplates }: JsonObject,
  config: Config,
): readonly FieldSpec[] {
  const own = mergeSpecs(specsOf(fields), config.labels);
  if (includeSelectors === true) return mergeSpecs(own, config.commonLabels);
  const templates = includeTemplates === true ? mergeSpecs(own, config.templateLabels) : own;
  return mergeSpecs(templates, [metadataLabels]);
}

/** The item with labels (api/filters/labels). Where a label is new in several places, it is one node in kustomize's memory. */
export function withLabels(item: Item, labels: JsonObject, specs: readonly FieldSpec[], at: Place): Item {
  let { value, shared } = item;
  for (const key of Object.keys(labels).sort()) {
    // Go's map of texts makes an empty one of null.
    const text = labels[key] ?? '';
    const made: Path[] = [];
    for (const spec of specs) {
      const before = value;
      value = editField(value, spec, entrySetter(key, text, at), 'map');
      if (specs.length === 1 && shared.length === 0) continue;
      for (const place of placesOf(value, spec).map((path) => [...path, key])) {
        if (valueAt(before, place) === undefined) made.push(place);
        else value = spread(value, shared, place, text);
      }
    }
    if (made.length > 1) shared = [...shared, made];
  }
  const next = withValue(item, value);
  return shared === item.shared ? next : { ...next, shared };
}

/** The item with annotations (api/filters/annotations), which are shared in the same way. */
export const withAnnotations = withLabels;

/** The item with what a Flux Kustomization's commonMetadata says, which Flux adds to the objects alone. */
export function withCommonMetadata(item: Item, { labels, annotations }: JsonObject, at: Place): Item {
  // By then each place is a node of its own.
  const unshared = item.shared.length === 0 ? item : { ...item, shared: [] };
  const labelled = isJsonObject(labels)
    ? withLabels(unshared, labels, [metadataLabels], within(at, 'labels'))
    : unshared;
  if (!isJsonObject(annotations)) return labelled;
  return withAnnotations(
    labelled,
    annotations,
    [{ path: 'metadata/annotations', create: true }],
    within(at, 'annotations'),
  );
}

function within({ document, path }: Place, key: string): Place {
  return { document, path: [...path, key] };
}

/** @param at where the map that holds the entry is written */
function entrySetter(key: string, text: Json, at: Place): (map: Json) => Json {
  return (map) => {
    if (!isJsonObject(map)) throw new Unfit('labels and annotations must be maps');
    if (Object.hasOwn(map, key) && map[key] === text) return map;
    return withField(map, key, text, within(at, key));
  };
}
