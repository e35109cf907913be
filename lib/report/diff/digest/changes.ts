import type { Change, FieldChange, Review } from '../../../changes/review';
import { codeLine } from '../../../graph/masking/printable';
import { count } from '../../../text/count';
import { clustersText } from './cluster-names';

/** A change; of one that is the same in several clusters, as the first of them has it. */
export interface ToldChange extends Change {
  /** How many other files it is written in, since each cluster has one of its own. @default 0 */
  readonly otherFiles?: number;
}

/** The changes that one Kustomization applies, of one cluster or of several in which they are the same. */
export interface ChangesOfKustomization {
  /** Empty where a review has one cluster alone. */
  readonly clusters: readonly string[];
  /** `backstage/backstage`; undefined for what nothing applies. */
  readonly kustomization: string | undefined;
  readonly changes: readonly ToldChange[];
}

/**
 * Changes by the Kustomization that applies them or, where they are deleted, did, as they come; those that several clusters have alike
 * once, and first. What charts make is told by chart.
 */
export function changesByKustomization({ clusters }: Review): readonly ChangesOfKustomization[] {
  const several = clusters.length > 1;
  const groups = new Map<
    string,
    { clusters: readonly string[]; kustomization: string | undefined; changes: ToldChange[] }
  >();
  for (const { change, names, files } of alike(clusters)) {
    const kustomization = (change.after ?? change.before)?.kustomization;
    const key = JSON.stringify([names, kustomization]);
    const group = groups.get(key) ?? { clusters: several ? names : [], kustomization, changes: [] };
    groups.set(key, group);
    group.changes.push(files.size > 1 ? { ...change, otherFiles: files.size - 1 } : change);
  }
  return [...groups.values()].sort((a, b) => b.clusters.length - a.clusters.length);
}

interface Alike {
  readonly change: Change;
  readonly names: string[];
  readonly files: Set<string>;
}

/** Changes that are the same but for the files that they are written in, with the clusters that have them. */
function alike(clusters: Review['clusters']): Iterable<Alike> {
  const seen = new Map<string, Alike>();
  for (const { name, changes } of clusters) {
    for (const change of changes) {
      if (change.madeBy !== undefined) continue;
      const { type, object, before, after, fields, effects } = change;
      let key = JSON.stringify([type, object, before?.kustomization, after?.kustomization, fields, effects]);
      // Two kinds may have one name: within a cluster each is told.
      while (seen.get(key)?.names.at(-1) === name) key += ' ';
      const known = seen.get(key) ?? { change, names: [], files: new Set() };
      seen.set(key, known);
      known.names.push(name);
      known.files.add(`${before?.file} ${after?.file}`);
    }
  }
  return seen.values();
}

/** `external-secrets/stores`, with its clusters where a review has several. */
export function nameOf({ clusters, kustomization }: Omit<ChangesOfKustomization, 'changes'>): string {
  const name = kustomization ?? 'applied by no Kustomization';
  return clusters.length === 0 ? name : `${clustersText(clusters)}: ${name}`;
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
export function whereaboutsOf({ before, after, otherFiles = 0 }: ToldChange): readonly string[] {
  const at = after ?? before;
  if (at === undefined) return [];
  const others = otherFiles === 0 ? [] : [`and ${count(otherFiles, 'other file')}`];
  if (before === undefined || after === undefined) return [at.file, ...others];
  const file = before.file === after.file ? after.file : `${before.file} → ${after.file}`;
  if (before.kustomization === after.kustomization) return [file, ...others];
  const none = 'no Kustomization';
  return [file, ...others, `applied by ${before.kustomization ?? none} → ${after.kustomization ?? none}`];
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
