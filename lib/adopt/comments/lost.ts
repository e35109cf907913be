import { deepEqual } from '../../json/deep-equal';
import { pathText } from '../../json/path-text';
import type { Tree } from '../../tree/tree';
import type { Program } from '../program';
import type { DocumentComments } from './read';

/** The comments that a tree lacks and that its program meant it to have. */
export function lostComments({ modules }: Program, { files }: Tree): DocumentComments[] {
  const made = new Map(files.map((file) => [file.path, file]));
  const kept = modules.flatMap(({ constructions }) => constructions.flatMap(({ keeps = [] }) => keeps));
  return kept
    .filter(({ document, fields }) => {
      const file = made.get(document.file.path);
      if (file === undefined || fields.length === 0) return false;
      const i = file.documents.length === 1 ? 0 : file.documents.findIndex((one) => deepEqual(one, document.value));
      const there = file.comments?.[i]?.fields ?? [];
      return !fields.every(({ path, lines }) =>
        there.some((one) => pathText(one.path) === pathText(path) && one.text.includes(lines.join('\n'))),
      );
    })
    .map(({ comments }) => comments);
}
