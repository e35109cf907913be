import { deepEqual } from '../json/deep-equal';
import { isJsonObject, type Json, type JsonObject, type Path } from '../json/json';
import { pathText } from '../json/path-text';
import { listAt, textAt } from '../json/read';
import type { Tree } from '../tree/tree';
import type { KustomizedFolder, ObjectFile, Survey, WrittenObject } from './survey';

/** What a tree has otherwise than the original. */
export interface Difference {
  /** What to take back: the object, the folder or, where its documents are not the same ones, the file. */
  readonly of: WrittenObject | KustomizedFolder | ObjectFile;
  /** Where, in words. */
  readonly what: string;
}

/** Compares what a program makes with the original, document by document. */
export function compare({ files, folders }: Survey, tree: Tree): Difference[] {
  const made = new Map(tree.files.map((file) => [file.path, file.documents]));
  const differences: Difference[] = [];
  for (const file of files) {
    const documents = made.get(file.path);
    if (documents === undefined) {
      differences.push({ of: file, what: 'nothing would make it' });
      continue;
    }
    if (documents.length !== file.objects.length) {
      differences.push({ of: file, what: `it would have ${documents.length} documents` });
      continue;
    }
    for (const [object, document] of paired(file, documents)) {
      const path = firstDifference(object.value, document);
      if (path !== undefined) differences.push({ of: object, what: `${pathText(path) || 'it'} would differ` });
    }
  }
  for (const folder of folders) {
    const [document] = made.get(folder.document.file.path) ?? [];
    const different = document === undefined ? undefined : differenceOfKustomizations(folder.value, document);
    if (different !== undefined) differences.push({ of: folder, what: `${pathText(different) || 'it'} would differ` });
  }
  return differences;
}

/** The documents of a file by the objects that they are of: in which order they stand is nothing to Flux. */
function paired({ objects }: ObjectFile, documents: readonly Json[]): [WrittenObject, Json][] {
  const left = new Set(documents);
  const find = (object: WrittenObject, isIt: (document: Json) => boolean): [WrittenObject, Json][] => {
    const document = [...left].find(isIt);
    if (document === undefined) return [];
    left.delete(document);
    return [[object, document]];
  };
  const equal = objects.flatMap((object) => find(object, (document) => deepEqual(object.value, document)));
  const done = new Set(equal.map(([object]) => object));
  const rest = objects.filter((object) => !done.has(object));
  const alike = rest.flatMap((object) => find(object, (document) => identityOf(document) === identityOf(object.value)));
  const paired = new Set(alike.map(([object]) => object));
  return [
    ...equal,
    ...alike,
    ...rest.filter((object) => !paired.has(object)).flatMap((object) => find(object, () => true)),
  ];
}

function identityOf(value: Json): string {
  return ['metadata.namespace', 'metadata.name', 'kind', 'apiVersion']
    .map((path) => textAt(value, ...path.split('.')))
    .join(' ');
}

/** In whatever order the resources are listed, with `./` or without: kustomize makes the same of them. */
function differenceOfKustomizations(original: JsonObject, made: Json): Path | undefined {
  return isJsonObject(made) ? firstDifference(normal(original), normal(made)) : [];
}

/** The way to what differs; undefined where nothing does. */
function firstDifference(one: Json | undefined, other: Json | undefined): Path | undefined {
  if (deepEqual(one, other)) return undefined;
  const [a, b] = [one, other];
  if (!isJsonObject(a) || !isJsonObject(b)) return [];
  const key = [...Object.keys(a), ...Object.keys(b)].find((each) => !deepEqual(a[each], b[each])) as string;
  return [key, ...(firstDifference(a[key], b[key]) ?? [])];
}

function normal({
  apiVersion = 'kustomize.config.k8s.io/v1beta1',
  kind = 'Kustomization',
  resources,
  ...fields
}: JsonObject): JsonObject {
  const entries = listAt({ resources: resources ?? [] }, 'resources').map((entry) =>
    String(entry)
      .replace(/^(?:\.\/)+/, '')
      .replace(/\/$/, ''),
  );
  return { ...fields, apiVersion, kind, resources: entries.sort() };
}
