import { deepEqual } from '../../json/deep-equal';
import type { Json, Path } from '../../json/json';
import { pathText } from '../../json/path-text';
import { at } from '../../json/read';
import type { SourceDocument } from '../../tree/source/source';
import type { Tree } from '../../tree/tree';
import type { KeptComments, Program } from '../program';

/**
 * The comments that a tree lacks and that its program meant it to have.
 *
 * @param moved where documents are that lie elsewhere than in the original
 */
export function lostComments(
  { modules }: Program,
  { files }: Tree,
  moved: ReadonlyMap<SourceDocument, string> = new Map(),
): KeptComments[] {
  const made = new Map(files.map((file) => [file.path, file]));
  const kept = modules.flatMap(({ constructions }) => constructions.flatMap(({ keeps = [] }) => keeps));
  return kept.filter(({ document, value, fields }) => {
    const file = made.get(moved.get(document) ?? document.file.path);
    if (file === undefined || fields.length === 0) return false;
    const i = file.documents.length === 1 ? 0 : file.documents.findIndex((one) => deepEqual(one, document.value));
    const there = file.comments?.[i]?.fields ?? [];
    return !fields.every(({ path, lines }) =>
      there.some(
        (one) => one.text.includes(lines.join('\n')) && isSamePlace(value, path, file.documents[i] as Json, one.path),
      ),
    );
  });
}

/** Whether two paths lead to the same field, or to equal items of a list: that of a kustomization.yaml may have another order. */
function isSamePlace(one: Json, path: Path, other: Json, otherPath: Path): boolean {
  if (pathText(path.slice(0, -1)) !== pathText(otherPath.slice(0, -1))) return false;
  if (typeof path.at(-1) !== 'number') return path.at(-1) === otherPath.at(-1);
  return deepEqual(at(one, ...path) ?? null, at(other, ...otherPath) ?? null);
}
