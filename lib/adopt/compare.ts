import { deepEqual } from '../json/deep-equal';
import { isJsonObject, type Json, type JsonObject, type Path } from '../json/json';
import { pathText } from '../json/path-text';
import { listAt, textAt } from '../json/read';
import { joinPath } from '../text/join-path';
import type { Tree } from '../tree/tree';
import type { Moving } from './moving';
import { plainEntry } from './places';
import type { KustomizedFolder, ObjectFile, Survey, WrittenObject } from './survey';

/** What a tree has otherwise than the original. */
export interface Difference {
  /** What to take back: the object, the folder or, where its documents are not the same ones, the file. */
  readonly of: WrittenObject | KustomizedFolder | ObjectFile;
  /** Where, in words. */
  readonly what: string;
}

/** A document of a tree, and the file that it is in. */
export interface Made {
  readonly path: string;
  readonly document: Json;
}

/**
 * Compares what a program makes with the original, document by document.
 *
 * @param moved what lies elsewhere than in the original
 */
export function compare(survey: Survey, tree: Tree, moved: Moving = new Set()): Difference[] {
  const { files, folders } = survey;
  const made = new Map(tree.files.map((file) => [file.path, file.documents]));
  const elsewhere = madeElsewhere(survey, tree, moved);
  const differences: Difference[] = [];
  const compareObject = (object: WrittenObject, document: Json) => {
    const path = firstDifference(object.value, document);
    if (path !== undefined) differences.push({ of: object, what: `${pathText(path) || 'it'} would differ` });
  };
  for (const file of files) {
    if (moved.has(file)) {
      for (const object of file.objects) {
        const found = elsewhere.get(object);
        if (found) compareObject(object, found.document);
        else differences.push({ of: object, what: 'nothing would make it' });
      }
      continue;
    }
    const documents = made.get(file.path);
    if (documents === undefined) {
      differences.push({ of: file, what: 'nothing would make it' });
      continue;
    }
    if (documents.length !== file.objects.length) {
      differences.push({ of: file, what: `it would have ${documents.length} documents` });
      continue;
    }
    const found = documents.map((document) => ({ path: file.path, document }));
    for (const [object, { document }] of paired(file.objects, found)) compareObject(object, document);
  }
  const old = new Set([...moved].map(pathOf));
  const now = new Set([...elsewhere.values()].map(({ path }) => path));
  for (const folder of folders) {
    const [document] = made.get(moved.has(folder) ? usualPath(folder) : pathOf(folder)) ?? [];
    const listed = (value: JsonObject, others: ReadonlySet<string>) =>
      normal(value, (entry) => !others.has(joinPath(folder.path, entry)));
    const different = isJsonObject(document)
      ? firstDifference(listed(folder.value, old), listed(document, now))
      : document === undefined
        ? undefined
        : [];
    if (different !== undefined) differences.push({ of: folder, what: `${pathText(different) || 'it'} would differ` });
  }
  return differences;
}

/** Where the kustomization.yaml of a folder lies that has no name of its own. */
export function usualPath({ path }: KustomizedFolder): string {
  return joinPath(path, 'kustomization.yaml');
}

export function pathOf(one: ObjectFile | KustomizedFolder): string {
  return 'source' in one ? one.path : one.document.file.path;
}

/** Where a tree has the objects that lie elsewhere than in the original: in files that are nobody else's. */
export function madeElsewhere({ files, folders }: Survey, tree: Tree, moved: Moving): ReadonlyMap<WrittenObject, Made> {
  if (moved.size === 0) return new Map();
  const kustomized = folders.map((folder) => (moved.has(folder) ? usualPath(folder) : pathOf(folder)));
  const stay = new Set([...files.filter((file) => !moved.has(file)).map(pathOf), ...kustomized]);
  const free = tree.files.flatMap(({ path, documents }) =>
    stay.has(path) ? [] : documents.map((document) => ({ path, document })),
  );
  return new Map(
    paired(
      files.filter((file) => moved.has(file)).flatMap(({ objects }) => objects),
      free,
    ),
  );
}

/** Documents by the objects that they are of: in which order they stand is nothing to Flux. */
function paired(objects: readonly WrittenObject[], documents: readonly Made[]): [WrittenObject, Made][] {
  const left = new Set(documents);
  const find = (object: WrittenObject, isIt: (document: Json) => boolean): [WrittenObject, Made][] => {
    const made = [...left].find(({ document }) => isIt(document));
    if (made === undefined) return [];
    left.delete(made);
    return [[object, made]];
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

/** The way to what differs; undefined where nothing does. */
function firstDifference(one: Json | undefined, other: Json | undefined): Path | undefined {
  if (deepEqual(one, other)) return undefined;
  const [a, b] = [one, other];
  if (!isJsonObject(a) || !isJsonObject(b)) return [];
  const key = [...Object.keys(a), ...Object.keys(b)].find((each) => !deepEqual(a[each], b[each])) as string;
  return [key, ...(firstDifference(a[key], b[key]) ?? [])];
}

/** In whatever order the resources are listed, with `./` or without: kustomize makes the same of them. */
function normal(
  { apiVersion = 'kustomize.config.k8s.io/v1beta1', kind = 'Kustomization', resources, ...fields }: JsonObject,
  isCompared: (entry: string) => boolean,
): JsonObject {
  const entries = listAt({ resources: resources ?? [] }, 'resources')
    .map((entry) => plainEntry(String(entry)))
    .filter(isCompared);
  return { ...fields, apiVersion, kind, resources: entries.sort() };
}
