import { locate } from '../tree/source';
import type { SourceTree } from '../tree/source/source';
import { type ResourcePath, writtenAt } from './resource';
import { shownPath } from './shown-path';

/** Where something stands, as it is named from where the command runs; nothing of what stands in no file. */
export function shownPlace(
  at: ResourcePath | undefined,
  tree: SourceTree,
): { readonly file?: string; readonly line?: number } {
  if (at === undefined) return {};
  const { document, path } = writtenAt(at.resource, at.path);
  return { file: shownPath(tree, document.file.path), line: locate(document, path).line };
}
