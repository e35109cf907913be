import { deepEqual } from '../json/deep-equal';
import { isJsonObject, type Json, type JsonObject } from '../json/json';
import { listAt } from '../json/read';
import type { Tree } from '../tree/tree';
import type { KustomizedFolder, ObjectFile, Survey, WrittenObject } from './survey';

/** What a tree has otherwise than the original. */
export interface Difference {
  /** What to take back: the object, the folder or, where its documents are not the same ones, the file. */
  readonly of: WrittenObject | KustomizedFolder | ObjectFile;
}

/** Compares what a program makes with the original, document by document. */
export function compare({ files, folders }: Survey, tree: Tree): Difference[] {
  const made = new Map(tree.files.map((file) => [file.path, file.documents]));
  const differences: Difference[] = [];
  for (const file of files) {
    const documents = made.get(file.path);
    if (documents === undefined) continue;
    if (documents.length !== file.objects.length) differences.push({ of: file });
    else {
      for (const [i, object] of file.objects.entries()) {
        if (!deepEqual(object.value, documents[i])) differences.push({ of: object });
      }
    }
  }
  for (const folder of folders) {
    const path = folder.path === '' ? 'kustomization.yaml' : `${folder.path}/kustomization.yaml`;
    const [document] = made.get(path) ?? [];
    if (document !== undefined && !isSameKustomization(folder.value, document)) differences.push({ of: folder });
  }
  return differences;
}

/** In whatever order the resources are listed, with `./` or without: kustomize makes the same of them. */
function isSameKustomization(original: JsonObject, made: Json): boolean {
  return isJsonObject(made) && deepEqual(normal(original), normal(made));
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
