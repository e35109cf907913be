import { deepEqual } from '../../json/deep-equal';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { embed } from '../source/embedded';
import { parseFile } from '../source/parse';
import { noteTransformer } from './build-metadata';
import type { BuildFault } from './built';
import { pluginMisfits } from './fields';
import { addItems, affords, newYield, takeFindings, type Yield } from './findings';
import { runGeneratorPlugin } from './generate';
import { itemOf } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import type { Reading } from './reading';
import { runPlugin } from './steps';

/** Reads a file or folder that an entry names into what is yielded. */
export type ReadResource = (entry: Placed<unknown>, into: Yield) => void;

type Field = 'generators' | 'transformers' | 'validators';

/** Runs the plugins of a field. Flux runs those alone that are built into kustomize (fluxcd/pkg kustomize, Build). */
export function runPlugins(
  reading: Reading,
  kustomization: Kustomization,
  field: Field,
  read: ReadResource,
  into: Yield,
): void {
  for (const plugin of pluginsIn(kustomization, field, read, into)) {
    const { apiVersion, kind } = plugin.value;
    if (apiVersion !== 'builtin') {
      tell(into, plugin, `${String(kind)} is a plugin that is not built into kustomize, and Flux runs no other`);
      continue;
    }
    const misfits = pluginMisfits(plugin.value);
    const { document, path } = plugin;
    for (const misfit of misfits) {
      tell(into, { ...plugin, document, path: [...path, ...misfit.path] }, misfit.message);
    }
    if (misfits.length > 0) continue;
    if (field === 'generators') runGeneratorPlugin(reading, kustomization, plugin, into);
    else if (!affords(into, into.items.length, plugin)) return;
    else if (field === 'validators') validate(reading, kustomization, plugin, into);
    else {
      runPlugin(reading, kustomization, plugin, into);
      noteTransformer(reading, plugin.document.file.path, String(kind), into, plugin.value);
    }
  }
}

function pluginsIn(
  kustomization: Kustomization,
  field: Field,
  read: ReadResource,
  into: Yield,
): readonly Placed<JsonObject>[] {
  const listed = newYield(into.work);
  const named: Placed<Json>[] = [];
  for (const entry of entriesOf(kustomization, field)) {
    const written = inlineOf(entry);
    if (written === undefined) named.push(entry);
    else {
      const items = written.map(({ value, document, path }) => itemOf(value, document, path));
      addItems(listed, items, entry);
    }
  }
  for (const entry of named) read(entry, listed);
  takeFindings(into, listed);
  return listed.items;
}

/** The objects that an entry itself is; undefined when it is a path. */
function inlineOf({ value, document, path }: Placed<Json>): readonly Placed<JsonObject>[] | undefined {
  if (typeof value !== 'string' || !value.includes(':')) return undefined;
  const { documents, faults } = embed(parseFile(document.file.path, value), { document, path });
  const placed = documents.map((each): Placed<Json> => ({ value: each.value, document: each, path: [] }));
  return faults.length === 0 && placed.every(isObject) ? placed : undefined;
}

function isObject(placed: Placed<Json>): placed is Placed<JsonObject> {
  return isJsonObject(placed.value);
}

/** A validator of kustomize's own must find nothing to change. */
function validate(reading: Reading, kustomization: Kustomization, plugin: Placed<JsonObject>, into: Yield): void {
  const before = into.items;
  runPlugin(reading, kustomization, plugin, into);
  const isSame = into.items.length === before.length;
  if (isSame && into.items.every(({ value }, i) => deepEqual(value, before[i]?.value ?? null))) return;
  tell(into, plugin, `the validator ${String(plugin.value.kind)} changes objects, of which the build fails`);
}

function tell(into: Yield, { document, path }: Placed<unknown>, message: string): void {
  const fault: BuildFault = { kind: 'invalid', document, path, message, fails: true };
  into.faults.add(fault);
}
