import { posix } from 'node:path';
import { isJsonObject, type JsonObject } from '../../json/json';
import { emitYaml } from '../yaml/emit';
import type { Yield } from './findings';
import type { Item } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { withAnnotations } from './labels';
import type { Reading } from './reading';
import { Unfit } from './specs';

/** Whether the kustomization that a build begins with asks for a note of each transformer; those that it lists have no say. */
export function asksForTransformers(kustomization: Kustomization): boolean {
  return entriesOf(kustomization, 'buildMetadata').some(({ value }) => value === 'transformerAnnotations');
}

/** Notes in the objects that a transformer ran: on all that are there then, whether it changes them or not (multitransformer.go). */
export function noteTransformer(reading: Reading, place: string, kind: string, into: Yield, plugin?: JsonObject): void {
  if (!reading.notesTransformers) return;
  const configuredBy = { ...configuration(kind), ...nameIn(plugin ?? {}) };
  const made = { configuredIn: place, configuredBy };
  into.items = into.items.map((item) => ({ ...item, transformers: [...item.transformers, made] }));
}

/** Writes into the objects what `buildMetadata` asks for (api/krusty/kustomizer.go). */
export function addBuildMetadata(kustomization: Kustomization, into: Yield): void {
  for (const entry of entriesOf(kustomization, 'buildMetadata')) {
    const { document, path, value } = entry;
    const annotate = (key: string, noteOf: (item: Item, placeOf: (path: string) => string) => Note | undefined) => {
      const placeOf = (path: string) => posix.relative(kustomization.folder, path);
      into.items = into.items.map((item) => annotated(item, key, noteOf(item, placeOf), entry));
    };
    if (value === 'originAnnotations') annotate('config.kubernetes.io/origin', originOf);
    if (value === 'transformerAnnotations') annotate('alpha.config.kubernetes.io/transformations', transformersOf);
    if (value !== 'managedByLabel') continue;
    // The label names the version of the program that builds, and Flux's controller has none (fluxcd/kustomize-controller#960).
    const label = 'app.kubernetes.io/managed-by: kustomize-(devel)';
    const message = `with managedByLabel, Flux gives every object the label ${label}, which Kubernetes refuses; remove the entry, and set the label under labels`;
    into.faults.add({ kind: 'invalid', document, path, message, fails: true });
  }
}

type Note = JsonObject | readonly JsonObject[];

function originOf({ document, generated, value: { kind } }: Item, placeOf: (path: string) => string): Note {
  const place = placeOf(document.file.path);
  if (!generated) return { path: place };
  const { value } = document;
  // A plugin has a name; a field of the kustomization has none.
  const isPlugin = isJsonObject(value) && value.apiVersion === 'builtin';
  const configuredBy = { ...configuration(`${String(kind)}Generator`), ...(isPlugin && nameIn(value)) };
  return { configuredIn: place, configuredBy };
}

function transformersOf({ transformers }: Item, placeOf: (path: string) => string): Note | undefined {
  if (transformers.length === 0) return undefined;
  return transformers.map(({ configuredIn, configuredBy }) => ({ configuredIn: placeOf(configuredIn), configuredBy }));
}

function configuration(kind: string): JsonObject {
  return { apiVersion: 'builtin', kind };
}

function nameIn({ metadata }: JsonObject): JsonObject {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  return { ...(typeof name === 'string' && { name }), ...(typeof namespace === 'string' && { namespace }) };
}

function annotated(item: Item, key: string, note: Note | undefined, at: Placed<unknown>): Item {
  if (note === undefined) return item;
  const { metadata } = item.value;
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  if (annotations !== undefined && annotations !== null && !isJsonObject(annotations)) throw new Unfit('annotations');
  return withAnnotations(item, { [key]: emitYaml(note) }, [{ path: 'metadata/annotations', create: true }], at);
}
