import type { SourceDocument } from '../tree/source/source';
import type { Tree } from '../tree/tree';
import { lostComments } from './comments/lost';
import { compare, type Difference, madeElsewhere, pathOf, usualPath } from './compare';
import { type ComposeOptions, compose } from './compose';
import type { Demotions } from './demotions';
import { type Moving, movable } from './moving';
import type { Program } from './program';
import { runProgram } from './run';
import type { KustomizedFolder, LeftFile, ObjectFile, Survey } from './survey';

/** A program whose files lie where constructs put them by themselves, as far as the clusters stay the same. */
export interface Tidied {
  readonly program: Program;
  readonly tree: Tree;
  /** By path in the original, where its objects are now. */
  readonly moved: ReadonlyMap<string, readonly string[]>;
  /** Files that would lie elsewhere, and why they do not. */
  readonly kept: readonly LeftFile[];
}

/**
 * Moves files: all first, and then those back that are not made right, or without which something would change.
 *
 * @param effects what a tree changes in the clusters, by what does it
 * @param mentions what else in the repository names a file, such as a workflow
 */
export function tidy(
  survey: Survey,
  demotions: Demotions,
  options: ComposeOptions,
  effects: (tree: Tree, moved: Moving) => readonly Difference[],
  mentions: (path: string) => string | undefined,
): Tidied {
  // As if nothing stood in the way, to tell what does.
  const wanted = compose(survey, demotions, {
    ...options,
    moving: new Set([...survey.files, ...survey.folders]),
  }).moved;
  const { moving: all, kept } = movable(survey, demotions, mentions);
  const moving = new Set(all);
  const reasons = new Map<ObjectFile | KustomizedFolder, string>(kept);
  for (;;) {
    const program = compose(survey, demotions, { ...options, moving });
    const { moved = new Set() } = program;
    const { tree, failed } = runProgram(program);
    const back: Back[] = [...failed].map(([{ of }, { message }]) => ({ of, what: message }));
    if (tree !== undefined) {
      const elsewhere = madeElsewhere(survey, tree, moved);
      const paths = new Map([...elsewhere].map(([{ document }, { path }]) => [document, path] as const));
      for (const one of moved) if (!('source' in one)) paths.set(one.document, usualPath(one));
      for (const { document } of lostComments(program, tree, paths))
        back.push({ of: survey.folders.find((folder) => folder.document === document) ?? document, what: lost });
      back.push(...compare(survey, tree, moved));
      if (back.length === 0) back.push(...effects(tree, moved));
      if (back.length === 0) {
        const stays = [...reasons].filter(([one]) => wanted?.has(one));
        return {
          program,
          tree,
          moved: new Map([...moved].map((one) => [pathOf(one), pathsOf(one, paths)])),
          kept: stays.map(([one, why]) => ({ path: pathOf(one), why })),
        };
      }
    }
    const size = moving.size;
    for (const { of, what } of back) {
      for (const one of concerned(of, moved)) {
        moving.delete(one);
        if (!reasons.has(one)) reasons.set(one, what);
      }
    }
    if (size === 0) throw new Error('what was proven is not made again');
    if (moving.size === size) moving.clear();
  }
}

const lost = 'a comment would be lost';

interface Back {
  readonly of: object | undefined;
  readonly what: string;
}

/** What of the moved is to be put back: a file for its objects; for a kustomization.yaml, what lies in or below its folder. */
function concerned(of: object | undefined, moved: Moving): (ObjectFile | KustomizedFolder)[] {
  return [...moved].filter((one) => {
    if (one === of) return true;
    if (documentsOf(one).includes(of as SourceDocument)) return true;
    if (of === undefined || !('value' in of)) return false;
    if ('file' in of) return of.file === one;
    return 'path' in of && `/${pathOf(one)}`.startsWith(`/${of.path}/`);
  });
}

function documentsOf(one: ObjectFile | KustomizedFolder): readonly SourceDocument[] {
  return 'source' in one ? one.source.documents : [one.document];
}

function pathsOf(one: ObjectFile | KustomizedFolder, paths: ReadonlyMap<SourceDocument, string>): string[] {
  return [...new Set(documentsOf(one).flatMap((document) => paths.get(document) ?? []))];
}
