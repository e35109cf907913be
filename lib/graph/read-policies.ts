import { isJsonObject } from '../json/json';
import { readFolder } from '../tree/source';
import type { Resource } from './resource';
import { resourceOf } from './resource-of';

/**
 * The objects of folders besides the tree, whose policies the cluster has, too.
 *
 * @throws EspalierError when one is no folder
 */
export function readPolicies(folders: readonly string[]): readonly Resource[] {
  return folders.flatMap((folder) =>
    [...readFolder(folder).files.values()].flatMap(({ documents }) =>
      documents.flatMap((document) =>
        isJsonObject(document.value) ? (resourceOf(document.value, { document }) ?? []) : [],
      ),
    ),
  );
}
