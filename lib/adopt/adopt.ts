import type { Tree } from '../tree/tree';
import { lostComments } from './comments/lost';
import { compare, type Difference } from './compare';
import { type ComposeOptions, compose } from './compose';
import type { Demotions, Item } from './demotions';
import { type Form, formsOf } from './forms';
import type { Moving } from './moving';
import type { Program } from './program';
import { type ReferencesSaid, referencesSaid } from './references-said';
import { runProgram } from './run';
import type { LeftFile, Survey, WrittenObject } from './survey';
import { type Tidied, tidy } from './tidy';

/** A program that makes what was found, and how far each object came. */
export interface Adopted extends Tidied {
  /** By object, the form in which it is said. */
  readonly forms: ReadonlyMap<WrittenObject, Form>;
  readonly references: ReferencesSaid;
  /** Files that stay as they are, with the reason. */
  readonly left: readonly LeftFile[];
  /** Why an object is not said in a better form: what the construct answered, or that the result differed. */
  readonly reasons: ReadonlyMap<Item, string>;
}

/** Each round takes something back, so it ends; no tree has needed more than a few. */
const mostRounds = 50;

/**
 * Makes a program whose tree equals what was found: all in the best form first, and what is refused or differs in the next, until
 * nothing does.
 *
 * @param effects what a tree whose documents are all equal changes in the clusters nevertheless, by what does it
 * @param mentions what else in the repository names a file; where it is given, files are moved to where constructs put them
 */
export function adopt(
  survey: Survey,
  options: ComposeOptions,
  effects: (tree: Tree, moved: Moving) => readonly Difference[] = () => [],
  mentions?: (path: string) => string | undefined,
): Adopted {
  const demotions = new Map<Item, number>();
  const reasons = new Map<Item, string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const found = { ...survey, files: survey.files.filter((file) => !demotions.has(file)) };
    const program = compose(found, demotions, options);
    const { tree, failed } = runProgram(program);
    const lost = tree === undefined ? [] : lostComments(program, tree);
    const unequal = tree === undefined ? [] : compare(found, tree);
    const isEqual = tree !== undefined && unequal.length + lost.length === 0;
    const different = isEqual ? effects(tree, new Set()) : unequal;
    if (isEqual && different.length === 0) {
      const untidied = { program, tree, moved: new Map(), kept: [] };
      const tidied = mentions ? tidy(found, demotions, options, effects, mentions) : untidied;
      return { ...result(survey, tidied.program, demotions, reasons), ...tidied };
    }
    for (const { comments } of lost) takeBack(comments, 'a comment would be lost', demotions, reasons);
    for (const [{ of, id, keeps = [] }, error] of failed) {
      if (of === undefined) throw error;
      const inPlace = keeps.find(({ comments, fields }) => fields.length > 0 && !demotions.has(comments));
      if (inPlace) takeBack(inPlace.comments, error.message, demotions, reasons);
      else {
        takeBack(of as WrittenObject, error.message || id, demotions, reasons);
        // Its next form may take them where they stand.
        for (const { comments } of keeps) demotions.delete(comments);
      }
    }
    for (const { of, what } of different) takeBack(of, what, demotions, reasons);
  }
  throw new Error('adopting does not come to an end');
}

function takeBack(item: Item, reason: string, demotions: Map<Item, number>, reasons: Map<Item, string>): void {
  const level = (demotions.get(item) ?? 0) + 1;
  demotions.set(item, level);
  if (!reasons.has(item)) reasons.set(item, reason);
  // Of an object that no form makes, the whole file stays.
  if ('file' in item && level >= formsOf(item).length) {
    demotions.set(item.file, 1);
    reasons.set(item.file, reason);
  }
}

function result(
  survey: Survey,
  program: Program,
  demotions: Demotions,
  reasons: Adopted['reasons'],
): Omit<Adopted, 'tree' | 'moved' | 'kept'> {
  const forms = new Map<WrittenObject, Form>();
  const left = [...survey.left];
  for (const file of survey.files) {
    if (demotions.has(file)) {
      left.push({ path: file.path, why: reasons.get(file) ?? 'it would differ' });
      continue;
    }
    for (const object of file.objects) forms.set(object, formsOf(object)[demotions.get(object) ?? 0] as Form);
  }
  return { program, forms, references: referencesSaid(survey, program), left, reasons };
}
