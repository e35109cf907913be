import type { JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import type { Execution } from '../../systems/go-template';
import { toValue, type ValueMap } from '../../systems/go-template/values';
import { withField } from '../../tree/kustomize/origin';
import { embed } from '../../tree/source/embedded';
import type { SourceDocument, SourceFile } from '../../tree/source/source';
import type { Resource } from '../resource';
import { writtenAt } from '../resource';
import { resourceOf } from '../resource-of';
import type { OpenPart, SetContents, SetFault, SetPart } from './contents';
import { type Filled, fill, type PartFault } from './fill';
import { inputsOf } from './inputs';
import { partsOf } from './parts';

/** What templates may do: honest ones need some thousand steps. */
export const mostWork = 10_000_000;

/** More objects of one ResourceSet nobody applies. */
const mostObjects = 20_000;

/**
 * What a ResourceSet makes, as the Flux Operator does (flux-operator 0.58: internal/builder/resourceset.go).
 *
 * @param providers the ResourceSetInputProviders of its namespace
 * @param budget what all ResourceSets of a cluster share
 */
export function unfold(
  set: Resource,
  providers: readonly Resource[],
  budget: Execution['budget'] = { left: mostWork },
): SetContents {
  const found = inputsOf(set, providers);
  if (found.type === 'open') return found;
  if (found.type === 'fails') return { type: 'fails', faults: [{ path: ['spec', 'inputs'], message: found.message }] };
  if (found.inputs.length === 0 && listAt(set.value, 'spec', 'inputsFrom').length > 0) {
    return { type: 'unfolded', objects: [], open: [] };
  }
  const inputs = found.inputs.map((input) => toValue(input) as ValueMap);
  const [open, faults]: [OpenPart[], SetFault[]] = [[], []];
  const made = new Map<string, { readonly resource: Resource; readonly step: number | undefined }>();
  for (const part of partsOf(set.value)) {
    for (const input of inputs.length === 0 ? [{}] : inputs) {
      const filled = fill(part, input, budget);
      if (filled.type === 'open') open.push({ ...part, why: filled.why });
      if (filled.type === 'fails') faults.push(faultOf(part, filled.fault));
      if (filled.type !== 'filled') break;
      for (const object of filled.objects) {
        const resource = madeBy(set, part, object, found.uncertain);
        if (resource === undefined || isDisabled(resource, part, inputs)) continue;
        const key = keyOf(resource);
        const [other, step] = [made.get(key), stepOf(part)];
        if (other === undefined) made.set(key, { resource, step });
        else if (other.step !== step)
          faults.push({ path: part.path, message: `${resource.kind} ${resource.name} is made by another step, too` });
      }
      if (made.size > mostObjects) return { type: 'open', why: 'it makes more objects than espalier follows' };
    }
  }
  if (faults.length > 0) return { type: 'fails', faults };
  return { type: 'unfolded', objects: [...made.values()].map(({ resource }) => resource), open };
}

function stepOf({ path }: SetPart): number | undefined {
  return path[1] === 'steps' ? (path[2] as number) : undefined;
}

/** Without inputs, an object of `resources` is made whatever its annotation says. */
function isDisabled({ value }: Resource, { template }: SetPart, inputs: readonly ValueMap[]): boolean {
  if (inputs.length === 0 && typeof template !== 'string') return false;
  return textAt(value, 'metadata', 'annotations', 'fluxcd.controlplane.io/reconcile') === 'disabled';
}

function keyOf({ group, kind, namespace, name }: Resource): string {
  return JSON.stringify([group, kind, namespace, name]);
}

function madeBy(set: Resource, part: SetPart, { value, text }: Filled, uncertain: boolean): Resource | undefined {
  const place = writtenAt(set, part.path);
  const common = withCommonMetadata(value, set);
  const at = text === undefined ? place : { document: embedded(place.document, place.path, value, text), path: [] };
  return resourceOf(common, {
    ...at,
    madeBy: set,
    appliedBy: set.appliedBy,
    uncertain: uncertain || isCopied(common),
  });
}

/** The document that a template makes, as a part of the ResourceSet's file. */
function embedded(
  document: SourceDocument,
  path: Path,
  value: JsonObject,
  text: NonNullable<Filled['text']>,
): SourceDocument {
  const documents: SourceDocument[] = [];
  const file: SourceFile = { path: document.file.path, text: text.document, documents, faults: [] };
  documents.push({ file, index: 0, value, encrypted: document.encrypted });
  return embed(file, { document, path, lines: text.lines }).documents[0] as SourceDocument;
}

/** Labels and annotations that all its objects have, whatever they say themselves (fluxcd/pkg ssa/utils/meta.go, SetCommonMetadata). */
function withCommonMetadata(value: JsonObject, set: Resource): JsonObject {
  let result = value;
  for (const field of ['labels', 'annotations']) {
    const common = objectAt(set.value, 'spec', 'commonMetadata', field);
    if (common === undefined || Object.keys(common).length === 0) continue;
    let entries = objectAt(result, 'metadata', field) ?? {};
    for (const [key, item] of Object.entries(common)) {
      entries = withField(entries, key, item, writtenAt(set, ['spec', 'commonMetadata', field, key]));
    }
    result = withField(result, 'metadata', withField(objectAt(result, 'metadata') ?? {}, field, entries));
  }
  return result;
}

/** Whether the operator copies data into it from an object of the cluster (internal/controller/resourceset_controller_configs.go). */
function isCopied(value: JsonObject): boolean {
  if (groupVersion(textAt(value, 'apiVersion') ?? '').group !== '') return false;
  return copies.some((name) => at(value, 'metadata', 'annotations', name) !== undefined);
}

const copies = ['fluxcd.controlplane.io/copyFrom', 'fluxcd.controlplane.io/convertKubeConfigFrom'];

function faultOf({ path, template }: SetPart, { message, at: where }: PartFault): SetFault {
  if ('path' in where) return { path: [...path, ...where.path], message };
  const line = typeof template === 'string' ? template.split('\n')[where.line - 1]?.trim() : undefined;
  return line === undefined || line === '' ? { path, message } : { path, part: line, message };
}
