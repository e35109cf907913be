import type { Resource } from '../../graph/resource';
import { isJsonObject, type Json } from '../../json/json';
import { at, textAt } from '../../json/read';
import { isOfCrdsFolder } from '../../systems/helm/labels';
import type { Difference, Segment } from '../difference';

/** Keywords that say nothing of what a field may be. */
const texts: ReadonlySet<Segment> = new Set(['description', 'title', 'example', 'externalDocs']);

/**
 * What differs between two releases of a definition, as its users see it: fields of the kind by their own path, such as
 * `v1.spec.tls`, those that come or go by their type alone; texts count as nothing.
 */
export function definitionFields(fields: readonly Difference[]): Difference[] {
  return fields.flatMap((field) => {
    const { path } = field;
    const [spec, versions, version, schema, , ...below] = path;
    if (spec !== 'spec' || versions !== 'versions' || typeof version !== 'object' || schema !== 'schema') return field;
    const last = path.at(-1);
    if (last !== undefined && texts.has(last) && path.at(-2) !== 'properties') return [];
    return {
      ...field,
      path: [version.item, ...ownPath(below)],
      before: typed(field.before),
      after: typed(field.after),
    };
  });
}

/** `spec`, `tls` and, where it is no whole field that differs, the keyword, of the way through a schema. */
function ownPath(way: readonly Segment[]): Segment[] {
  const found: Segment[] = [];
  for (let i = 0; i < way.length; i += 1) {
    const step = way[i] as Segment;
    if (step === 'properties') {
      i += 1;
      if (way[i] !== undefined) found.push(way[i] as Segment);
    } else if (step === 'items') found.push({ item: '' });
    else if (step === 'additionalProperties') found.push({ item: '*' });
    else return [...found, ...way.slice(i)];
  }
  return found;
}

/** A field that comes or goes, by its type. */
function typed(value: Json | undefined): Json | undefined {
  return isJsonObject(value) ? (textAt(value, 'type') ?? value) : value;
}

/**
 * Definitions in a chart's `crds/` that are there stay as they are, unless the release says CreateReplace; those that are not are not
 * made where it says Skip (helm-controller 1.6 internal/action/crds.go: applyCRDs).
 */
export function isUntouched({ chart }: Resource, release: Resource): boolean {
  return (
    chart !== undefined &&
    isOfCrdsFolder(chart.template) &&
    at(release.value, 'spec', 'upgrade', 'crds') !== 'CreateReplace'
  );
}

/** The kind that a definition is of. */
export function kindOf({ value, name }: Resource): string {
  return textAt(value, 'spec', 'names', 'kind') ?? name;
}
