import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { addItems, type Yield } from './findings';
import { type Generated, generate } from './generators';
import { type Item, isSame, nameOf, placeOf, withValue } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import type { Reading } from './reading';

/** Adds what configMapGenerator and secretGenerator make. */
export function runGenerators(reading: Reading, kustomization: Kustomization, into: Yield): void {
  for (const entry of entriesOf(kustomization, 'configMapGenerator')) {
    addGenerated(generate(reading, kustomization, 'ConfigMap', entry), entry, into);
  }
  for (const entry of entriesOf(kustomization, 'secretGenerator')) {
    addGenerated(generate(reading, kustomization, 'Secret', entry), entry, into);
  }
}

/** Runs a generator that a file or an entry of `generators` configures; the generatorOptions are not for it. */
export function runGeneratorPlugin(
  reading: Reading,
  kustomization: Kustomization,
  plugin: Placed<JsonObject>,
  into: Yield,
): void {
  const { document, path, value } = plugin;
  const unplaced = { ...kustomization, places: new Map() };
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  const entry = { ...plugin, value: { ...named(metadata), ...value } };
  if (value.kind === 'ConfigMapGenerator') addGenerated(generate(reading, unplaced, 'ConfigMap', entry), entry, into);
  else if (value.kind === 'SecretGenerator') addGenerated(generate(reading, unplaced, 'Secret', entry), entry, into);
  else if (value.kind === 'IAMPolicyGenerator') {
    const what = 'espalier does not follow what an IAMPolicyGenerator makes';
    into.open.add({ document, path, what, hidesObjects: true });
  } else {
    const isHelm = value.kind === 'HelmChartInflationGenerator';
    const message = isHelm ? withoutHelm : `kustomize has no generator ${String(value.kind)} built in`;
    into.faults.add({ kind: isHelm ? 'helm' : 'invalid', document, path, message, fails: true });
  }
}

export const withoutHelm =
  'Flux builds without Helm, so the build fails; use a HelmRelease, or commit what the chart renders';

function named({ name, namespace }: JsonObject): JsonObject {
  return { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) };
}

function addGenerated({ item, behavior, files, faults, open }: Generated, entry: Placed<Json>, into: Yield): void {
  const { document, path } = entry;
  for (const file of files) {
    into.files.add(file);
    into.inputs.add(file);
  }
  for (const fault of faults) into.faults.add(fault);
  if (open !== undefined) into.open.add({ document, path, what: open, hidesObjects: item === undefined });
  if (item === undefined) return;
  const tell = (kind: 'duplicate' | 'invalid', message: string) =>
    into.faults.add({ kind, document, path, message, fails: true });
  const others = into.items.filter(({ id, previous }) => [id, ...previous].some((each) => isSame(each, item.id)));
  const [other, second] = others;
  if (other === undefined) {
    if (behavior === undefined) addItems(into, [item], entry);
    else tell('invalid', `there is no ${nameOf(item.id)} here to ${behavior}; create it, or correct the name`);
  } else if (behavior === undefined) {
    const isOld = !isSame(other.id, item.id);
    tell(
      'duplicate',
      isOld
        ? `${nameOf(item.id)} was the first name of ${placeOf(other)}; rename one of them`
        : `${nameOf(item.id)} exists twice: in ${placeOf(other)} and in ${placeOf(item)}; keep one of them`,
    );
  } else if (second !== undefined) {
    tell('invalid', `there are several ${nameOf(item.id)} here that the generator could ${behavior}`);
  } else {
    const changed = behavior === 'merge' ? withData(other, item) : item;
    into.items = into.items.map((each) => (each === other ? inPlaceOf(other, changed, item) : each));
  }
}

/** What was generated, under the name and with the labels of what it changes (Resource.CopyMergeMetaDataFieldsFrom). */
function inPlaceOf(old: Item, changed: Item, made: Item): Item {
  const [before, after] = [metadataOf(old.value), metadataOf(made.value)];
  const { name, namespace } = before;
  const metadata = {
    ...named({ name, namespace } as JsonObject),
    ...merged('labels', before.labels, after.labels),
    ...merged('annotations', before.annotations, after.annotations),
  } as JsonObject;
  const uncertain = made.uncertain || (changed !== made && old.uncertain);
  return {
    ...withValue(old, { ...changed.value, metadata }),
    // What is replaced is another object; what is merged stays where it was first written.
    ...(changed === made && { document: made.document, path: made.path }),
    generated: true,
    hashed: old.hashed && made.hashed,
    uncertain,
  };
}

/** The keys of both, those that are generated first. */
function withData(old: Item, made: Item): Item {
  const { data, binaryData, ...rest } = made.value;
  const value = {
    ...rest,
    ...merged('data', old.value.data, data),
    ...merged('binaryData', old.value.binaryData, binaryData),
  };
  return { ...made, value };
}

function merged(field: string, old: Json | undefined, made: Json | undefined): JsonObject {
  const map = { ...(isJsonObject(old) && old), ...(isJsonObject(made) && made) };
  return Object.keys(map).length === 0 ? {} : { [field]: map };
}

function metadataOf({ metadata }: JsonObject): JsonObject {
  return isJsonObject(metadata) ? metadata : {};
}
