import type { Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { shorten } from '../../limited-text';
import { imagesOf, imageTexts } from './images';

/** Images that a summary names; the others are counted. */
const fewImages = 3;

/** What runs in another version, and how far the change reaches, in a sentence each, code between backticks; those there are. */
export function reachOf(review: Review): readonly string[] {
  return [imagesIn(review), waitingIn(review)].filter((sentence) => sentence !== '');
}

function imagesIn(review: Review): string {
  const changed = imagesOf(review).filter(({ before, after }) => before !== undefined && after !== undefined);
  if (changed.length === 0) return '';
  const shown = changed.slice(0, fewImages).map((group) => {
    const { name, before, after } = imageTexts(group);
    const from = `\`${shorten(before ?? '', 80)}\` → \`${shorten(after ?? '', 80)}\``;
    return name === undefined ? from : `\`${shorten(name, 80)}\` ${from}`;
  });
  const more = changed.length - shown.length;
  return `${changed.length === 1 ? 'Image' : 'Images'}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** Who waits for a Kustomization that changes, and who reads what it makes. */
function waitingIn({ clusters }: Review): string {
  const waiting = new Set<string>();
  const readers = new Set<string>();
  for (const { name, blast } of clusters) {
    for (const { dependents, readers: reading } of blast) {
      for (const dependent of dependents) waiting.add(`${name} ${dependent}`);
      // One that reads two Secrets is one object.
      for (const reader of reading) readers.add(`${name} ${reader.replace(/ reads .*$/, '')}`);
    }
  }
  const parts = [
    ...(waiting.size > 0
      ? [`${count(waiting.size, 'Kustomization')} ${waiting.size === 1 ? 'waits' : 'wait'} for what changes`]
      : []),
    ...(readers.size > 0
      ? [
          `${count(readers.size, 'object')} elsewhere ${readers.size === 1 ? 'reads' : 'read'} a Secret or ConfigMap of it`,
        ]
      : []),
  ];
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

/** A Kustomization that changes, who waits for it and who reads what it makes. */
export interface BlastRow {
  /** With its cluster, where a review has several. */
  readonly name: string;
  readonly changes: number;
  /** "2 Kustomizations waiting for it"; empty for none. */
  readonly waiting: string;
  readonly dependents: readonly string[];
  readonly readers: readonly string[];
}

/** Those that somebody waits for or reads. */
export function blastRows({ clusters }: Review): readonly BlastRow[] {
  return clusters.flatMap(({ name, blast }) =>
    blast
      .filter(({ dependents, readers }) => dependents.length + readers.length > 0)
      .map(({ kustomization, changes, dependents, readers }) => ({
        name: clusters.length > 1 ? `${name}: ${kustomization}` : kustomization,
        changes,
        waiting: dependents.length === 0 ? '' : `${count(dependents.length, 'Kustomization')} waiting for it`,
        dependents,
        readers,
      })),
  );
}
