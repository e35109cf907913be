import { isJsonObject, type Json } from '../tree';
import type { Unresolved } from './built';
import type { Yield } from './findings';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { fetchedText, isRemote, resolveEntry } from './place';
import type { Reading } from './reading';

interface Field {
  /** Whether the entries are paths of files; `inline` when they may also be YAML themselves. */
  readonly files?: boolean | 'inline' | 'path';
  readonly hidesObjects?: boolean;
  /** Whether it changes objects at all. */
  readonly changes: boolean;
}

/** The fields that only a process of kustomize follows. */
const fields: { readonly [field: string]: Field } = {
  crds: { files: true, changes: true },
  configurations: { files: true, changes: true },
  generators: { files: 'inline', hidesObjects: true, changes: false },
  transformers: { files: 'inline', changes: true },
  validators: { files: 'inline', changes: false },
  replacements: { files: 'path', changes: true },
  replicas: { changes: true },
  vars: { changes: true },
};

const all = [...Object.keys(fields), 'labels', 'openapi', 'helmCharts', 'helmChartInflationGenerator'];

/** Notes what the built-in reading does not follow, the files that it takes, and the objects that it may change. */
export function followed(reading: Reading, kustomization: Kustomization, into: Yield): void {
  // Most kustomizations have none of them.
  if (!all.some((field) => kustomization.places.has(field))) return;
  for (const [field, { files, hidesObjects = false, changes }] of Object.entries(fields)) {
    const entries = entriesOf(kustomization, field);
    const [first] = entries;
    if (first === undefined) continue;
    const what = `${field} is not followed`;
    into.open.add({ document: first.document, path: first.path.slice(0, -1), what, hidesObjects });
    for (const entry of entries) {
      const path = files === 'path' ? (isJsonObject(entry.value) ? entry.value.path : undefined) : entry.value;
      if (files !== undefined && typeof path === 'string' && !(files === 'inline' && path.includes('\n'))) {
        takeFile(
          reading,
          kustomization,
          path,
          { ...entry, path: files === 'path' ? [...entry.path, 'path'] : entry.path },
          into,
        );
      }
    }
    if (changes) into.items = into.items.map((item) => ({ ...item, uncertain: true }));
  }
  for (const label of entriesOf(kustomization, 'labels')) {
    if (!isJsonObject(label.value) || !Array.isArray(label.value.fields) || label.value.fields.length === 0) continue;
    into.open.add(openAt(label, ['fields'], 'fields of labels is not followed'));
    into.items = into.items.map((item) => ({ ...item, uncertain: true }));
  }
  const openapi = entriesOf(kustomization, 'openapi')[0];
  if (isJsonObject(openapi?.value) && typeof openapi.value.path === 'string') {
    takeFile(reading, kustomization, openapi.value.path, { ...openapi, path: [...openapi.path, 'path'] }, into);
  }
  for (const field of ['helmCharts', 'helmChartInflationGenerator']) {
    for (const { document, path } of entriesOf(kustomization, field)) {
      const message =
        'Flux builds without Helm, so the build fails; use a HelmRelease, or commit what the chart yields';
      into.faults.add({ kind: 'invalid', document, path, message, fails: true });
    }
  }
}

function takeFile(reading: Reading, { folder }: Kustomization, entry: string, place: Placed<Json>, into: Yield): void {
  const path = resolveEntry(folder, entry);
  const { document, path: at } = place;
  if (path !== undefined && reading.source.isFolder(path)) takeBelow(reading, path, into);
  else if (path !== undefined && reading.bytes(path) !== undefined) into.files.add(path);
  else if (isRemote(entry)) into.open.add(openAt(place, [], fetchedText(entry)));
  else if (path === undefined) {
    const message = `${entry} lies outside the source; move it below its root`;
    into.faults.add({ kind: 'outside', document, path: at, message, fails: true });
  } else {
    const message = `${path} is not there; add it, or correct the entry`;
    into.faults.add({ kind: 'missing', document, path: at, message, fails: true });
  }
}

/** A folder of transformers or generators: all that lies in it, up to a bound. */
function takeBelow(reading: Reading, folder: string, into: Yield, left = { files: 1000 }): void {
  for (const { name, type } of reading.source.list(folder) ?? []) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (left.files-- <= 0) return;
    if (type === 'folder') takeBelow(reading, path, into, left);
    else into.files.add(path);
  }
}

function openAt({ document, path }: Placed<Json>, at: Unresolved['path'], what: string): Unresolved {
  return { document, path: [...path, ...at], what, hidesObjects: false };
}
