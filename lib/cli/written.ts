import { isAbsolute, relative } from 'node:path';
import type { WrittenFolder } from '../report/outcomes';
import { count } from '../text/count';
import { type Comparison, diffPlan, isUpToDate, ownershipFile, type Plan } from '../tree';
import { paint, print, printError } from './terminal';

/** Of what a comparison speaks. */
export interface Compared {
  /** The folder as the user would name it. */
  readonly folder: string;
  /** What its files follow from: `main.ts`. */
  readonly source: string;
  /** What the user runs to write it. */
  readonly command: string;
  /** False for pages, which may speak of Secrets. @default true */
  readonly manifests?: boolean;
}

/** Whether nothing of a folder is to be written. */
export function isAllThere(plan: Comparison): boolean {
  return isUpToDate(plan) && plan.ownershipCurrent;
}

/** What became of a folder, or would, for programs. */
export function writtenFolder(plan: Plan, folder: string, upToDate: boolean): WrittenFolder {
  const paths = (changes: Plan['created']) => changes.map(({ path }) => path);
  const { created, changed, pruned, unchanged, foreign } = plan;
  return {
    ...{ folder, upToDate, created: paths(created), changed: paths(changed), deleted: paths(pruned) },
    ...{ unchanged: unchanged.length, kept: foreign },
  };
}

/** Says whether a folder is what its source yields; where it is not, with the difference. */
export function isCurrent(plan: Comparison, { folder, source, command, manifests }: Compared): boolean {
  if (isAllThere(plan)) {
    print(`${folder} is up to date with ${source}: ${count(plan.unchanged.length, 'file')}.`);
    return true;
  }
  const { maskedFile } = require('../graph/masking') as typeof import('../graph/masking');
  const difference = diffPlan(plan, { manifests, ...(manifests !== false && { mask: maskedFile }) }).trimEnd();
  if (difference !== '') print(difference);
  const why = plan.incomplete ? 'a run was interrupted' : changes(plan) || `${ownershipFile} is missing or was changed`;
  printError(`error: ${folder} is not up to date with ${source} (${why}). Run ${command} and commit the result.`);
  return false;
}

/** What was written, as a reader of the terminal wants it: the count, then each change on a line. */
export function summary(plan: Plan, folder: string, files: number): string {
  const lines = [
    ...plan.created.map(({ path }) => paint('green', `  + ${path}`)),
    ...plan.changed.map(({ path }) => paint('yellow', `  ~ ${path}`)),
    ...plan.pruned.map(({ path }) => paint('red', `  - ${path}`)),
  ];
  const foreign = plan.foreign.slice(0, mostNamed).join(', ');
  const more = plan.foreign.length > mostNamed ? ` and ${plan.foreign.length - mostNamed} more` : '';
  return [
    `${folder}: ${count(files, 'file')}, ${changes(plan) || 'nothing to change'}`,
    ...lines,
    ...(plan.foreign.length > 0 ? [`  kept, not written by espalier: ${foreign}${more}`] : []),
  ].join('\n');
}

const mostNamed = 10;

function changes({ created, changed, pruned }: Plan): string {
  const parts: [number, string][] = [
    [created.length, 'created'],
    [changed.length, 'changed'],
    [pruned.length, 'deleted'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}

/** A folder as the user would name it. */
export function shown(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === '' ? './' : `${path.startsWith('..') || isAbsolute(path) ? folder : path}/`;
}
