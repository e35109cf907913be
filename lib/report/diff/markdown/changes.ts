import type { Change, Review } from '../../../changes/review';
import type { LimitedText } from '../../limited-text';
import { changeCounts, changesByKustomization } from '../digest/changes';
import { type Level, levels, textOf } from './change-levels';

/** Every change folded by Kustomization, in as much detail as all of them have room for; else names of some, then counts. */
export function addChanges(text: LimitedText, review: Review, repository: string | undefined): void {
  const groups = changesByKustomization(review);
  if (groups.length === 0) return;
  text.end(`${text.gap}### Changes by Kustomization\n\n`);
  const all = (level: Level) => {
    let { room } = text;
    const texts: string[] = [];
    for (const group of groups) {
      const part = textOf(group, level, repository);
      room -= part.length;
      if (room < 0) return undefined;
      texts.push(part);
    }
    return texts;
  };
  for (const level of levels) {
    const texts = all(level);
    if (texts === undefined) continue;
    for (const part of texts) text.end(part);
    return;
  }

  // Not even all names: of the first Kustomizations, and how much differs in the others.
  const counts = groups.map((group) => textOf(group, 'counts', repository));
  let rest = counts.reduce((sum, { length }) => sum + length, 0);
  const left: Change[] = [];
  for (const [i, group] of groups.entries()) {
    const short = counts[i] as string;
    rest -= short.length;
    const named = textOf(group, 'objects', repository);
    const isWritten = named.length + rest <= text.room ? text.add(named) : text.add(short);
    if (!isWritten) left.push(...group.changes);
  }
  if (left.length > 0) {
    const more = left.length === 1 ? 'object' : 'objects';
    text.end(`${text.gap}… and ${left.length} more ${more}: ${changeCounts(left)}.\n`);
  }
}
