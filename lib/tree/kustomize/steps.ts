import { isJsonObject, type JsonObject } from '../../json/json';
import { noteTransformer } from './build-metadata';
import { affords, type Yield } from './findings';
import { entriesOf, type Kustomization, type Placed, textOf } from './kustomization';
import { labelSpecs } from './labels';
import { applyPatches, patchTransformers } from './patches';
import type { Reading } from './reading';
import { replace } from './replacements';
import { type FieldSpec, specsOf, Unfit } from './specs';
import { transformers } from './transformers';
import { addValue } from './value-add';

/** One thing that a kustomization does to its objects: a transformer of kustomize, and its settings as a plugin has them. */
interface Step {
  readonly kind: string;
  readonly settings: JsonObject;
  /** The fields that it sets. @throws Unfit where they contradict each other */
  readonly specs: () => readonly FieldSpec[];
  /** The entry that says so. */
  readonly place: Placed<unknown>;
  /** The way from there to what is set. */
  readonly path?: readonly (string | number)[];
}

/** Does what the fields of a kustomization say, in kustomize's order (configureBuiltinTransformers). */
export function runFields(reading: Reading, kustomization: Kustomization, into: Yield): void {
  applyPatches(reading, kustomization, 'patchesStrategicMerge', into);
  applyPatches(reading, kustomization, 'patches', into);
  const run = (steps: Iterable<Step>) => {
    // One after another: each sees what those before it made.
    for (const step of steps) {
      runOne(step, into);
      noteTransformer(reading, kustomization.document.file.path, step.kind, into);
    }
  };
  run(namespaceSteps(kustomization, into));
  for (const field of ['labels', 'images', 'replicas']) {
    const entries = entriesOf(kustomization, field);
    const [first] = entries;
    if (first !== undefined && !affords(into, entries.length * into.items.length, first)) return;
  }
  run(labelSteps(kustomization, into));
  applyPatches(reading, kustomization, 'patchesJson6902', into);
  run(countSteps(kustomization, into));
  const replacements = entriesOf(kustomization, 'replacements');
  if (replacements.length === 0) return;
  replace(reading, kustomization, replacements, into);
  noteTransformer(reading, kustomization.document.file.path, 'ReplacementTransformer', into);
}

function* namespaceSteps(kustomization: Kustomization, { config }: Yield): Generator<Step> {
  const namespace = textOf(kustomization, 'namespace');
  if (namespace !== undefined) {
    const settings = { metadata: { namespace: namespace.value } };
    yield { kind: 'NamespaceTransformer', settings, specs: () => config.namespace, place: namespace };
  }
  const prefix = textOf(kustomization, 'namePrefix');
  if (prefix !== undefined) {
    const settings = { prefix: prefix.value };
    yield { kind: 'PrefixTransformer', settings, specs: () => config.namePrefix, place: prefix };
  }
  const suffix = textOf(kustomization, 'nameSuffix');
  if (suffix === undefined) return;
  yield {
    kind: 'SuffixTransformer',
    settings: { suffix: suffix.value },
    specs: () => config.nameSuffix,
    place: suffix,
  };
}

function* labelSteps(kustomization: Kustomization, { config }: Yield): Generator<Step> {
  const entries = entriesOf(kustomization, 'labels');
  for (const place of entries) {
    const label = isJsonObject(place.value) ? place.value : {};
    const settings = { labels: label.pairs ?? null };
    yield { kind: 'LabelTransformer', settings, specs: () => labelSpecs(label, config), place, path: ['pairs'] };
  }
  const [common] = entriesOf(kustomization, 'commonLabels');
  const place = common ?? entries[0];
  if (place !== undefined) {
    // It runs without labels of its own, too.
    const settings = { labels: common?.value ?? null };
    yield { kind: 'LabelTransformer', settings, specs: () => config.commonLabels, place };
  }
  for (const place of entriesOf(kustomization, 'commonAnnotations')) {
    const settings = { annotations: place.value };
    yield { kind: 'AnnotationsTransformer', settings, specs: () => config.commonAnnotations, place };
  }
}

function* countSteps(kustomization: Kustomization, { config }: Yield): Generator<Step> {
  for (const place of entriesOf(kustomization, 'replicas')) {
    const settings = { replica: place.value };
    yield { kind: 'ReplicaCountTransformer', settings, specs: () => config.replicas, place, path: ['count'] };
  }
  for (const place of entriesOf(kustomization, 'images')) {
    yield { kind: 'ImageTagTransformer', settings: { imageTag: place.value }, specs: () => config.images, place };
  }
}

/** Runs a transformer that a file or an entry of `transformers` configures. */
export function runPlugin(
  reading: Reading,
  kustomization: Kustomization,
  plugin: Placed<JsonObject>,
  into: Yield,
): void {
  const { value: settings, document, path } = plugin;
  const kind = String(settings.kind);
  const patch = patchTransformers[kind];
  if (patch !== undefined) patch(reading, kustomization.folder, plugin, into);
  else if (kind === 'ReplacementTransformer') {
    const { replacements } = settings;
    const entries = Array.isArray(replacements) ? replacements : [];
    const placed = entries.map((value, i) => ({ value, document, path: [...path, 'replacements', i] }));
    replace(reading, kustomization, placed, into);
  } else if (kind === 'ValueAddTransformer') addValue(reading, kustomization, plugin, into);
  else {
    const path = settingsOf[kind] ?? [];
    runOne({ kind, settings, specs: () => specsOf(settings.fieldSpecs), place: plugin, path }, into);
  }
}

/** Where plugins have what they set. */
const settingsOf: { readonly [kind: string]: readonly string[] | undefined } = {
  NamespaceTransformer: ['metadata', 'namespace'],
  LabelTransformer: ['labels'],
  AnnotationsTransformer: ['annotations'],
  ReplicaCountTransformer: ['replica', 'count'],
  ImageTagTransformer: ['imageTag'],
};

/** A transformer that meets what it cannot transform fails the build. */
function runOne({ kind, settings, specs, place, path = [] }: Step, into: Yield): void {
  const at = { document: place.document, path: [...place.path, ...path] };
  try {
    const transformer = transformers[kind];
    if (transformer === undefined) throw new Unfit(`kustomize has no transformer ${kind} built in`);
    transformer(into, settings, specs(), at);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    const { document, path } = place;
    into.faults.add({ kind: 'invalid', document, path, message: error.message, fails: true });
  }
}
