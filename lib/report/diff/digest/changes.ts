import type { Change, FieldChange, Review } from '../../../changes/review';
import { codeLine } from '../../../graph/masking/printable';
import { push } from '../../../text/group-by';

/** The changes that one Kustomization of one cluster applies. */
export interface ChangesOfKustomization {
  /** Undefined where a review has one cluster alone. */
  readonly cluster: string | undefined;
  /** `backstage/backstage`; undefined for what nothing applies. */
  readonly kustomization: string | undefined;
  readonly changes: readonly Change[];
}

/**
 * Changes by the Kustomization that applies them or, where they are deleted, did; clusters and Kustomizations as they come. What charts
 * make is told by chart.
 */
export function changesByKustomization({ clusters }: Review): readonly ChangesOfKustomization[] {
  return clusters.flatMap(({ name, changes }) => {
    const groups = new Map<string | undefined, Change[]>();
    for (const change of changes) {
      if (change.madeBy === undefined) push(groups, (change.after ?? change.before)?.kustomization, change);
    }
    return [...groups].map(([kustomization, ofIt]) => ({
      cluster: clusters.length > 1 ? name : undefined,
      kustomization,
      changes: ofIt,
    }));
  });
}

/** `external-secrets/stores`, with its cluster where a review has several. */
export function nameOf({ cluster, kustomization }: Omit<ChangesOfKustomization, 'changes'>): string {
  const name = kustomization ?? 'applied by no Kustomization';
  return cluster === undefined ? name : `${cluster}: ${name}`;
}

/** What becomes of an object in the tree. Whether Flux deletes from the cluster what is removed here, effects tell. */
export const typeTexts: Readonly<Record<Change['type'], string>> = {
  created: 'created',
  changed: 'changed',
  moved: 'moved',
  deleted: 'removed',
};

/** `2 created, 5 changed, 1 moved, 1 removed`. */
export function changeCounts(changes: Iterable<Change>): string {
  const counts = { created: 0, changed: 0, moved: 0, deleted: 0 };
  for (const { type } of changes) counts[type]++;
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([type, number]) => `${number} ${typeTexts[type as Change['type']]}`)
    .join(', ');
}

/** Where a change is written: its file, or from where to where it moved. */
export function whereaboutsOf({ before, after }: Change): readonly string[] {
  const at = after ?? before;
  if (at === undefined) return [];
  if (before === undefined || after === undefined) return [at.file];
  const file = before.file === after.file ? after.file : `${before.file} → ${after.file}`;
  if (before.kustomization === after.kustomization) return [file];
  const none = 'no Kustomization';
  return [file, `applied by ${before.kustomization ?? none} → ${after.kustomization ?? none}`];
}

/** One line of a field's value or difference, for every format: what it is in front, its text without what a terminal obeys. */
export interface MarkedLine {
  readonly mark: '+' | '-' | ' ';
  readonly text: string;
}

/** What a field was and is, line by line. */
export function markedLines({ before, after, lines }: FieldChange): readonly MarkedLine[] {
  if (lines === undefined) return [...valueLines('-', before), ...valueLines('+', after)];
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => {
      const mark = line.charAt(0);
      if (mark === '+' || mark === '-' || mark === ' ') return { mark, text: shown(line.slice(1)) };
      return { mark: ' ', text: shown(line) };
    });
}

function valueLines(mark: '+' | '-', value: string | undefined): readonly MarkedLine[] {
  if (value === undefined) return [];
  return value
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ mark, text: shown(line) }));
}

/** A tab takes two columns, as in a frame of code. */
function shown(line: string): string {
  return codeLine(line).replaceAll('\t', '  ');
}
