import type { Impact, ImpactEffect } from '../../changes/impact';
import { effectKinds } from '../../changes/review';
import { sentence } from '../../text/sentence';
import { kindTexts } from '../diff/kinds';

/** How much happens, by kind and in its words: "1 object restarts, 2 objects keep old values". */
export function countsOf(effects: readonly ImpactEffect[]): string {
  const texts = effectKinds.flatMap((kind) => {
    const objects = new Set(effects.flatMap((effect) => (effect.kind === kind ? [effect.object] : [])));
    return objects.size === 0 ? [] : [kindTexts[kind].counted(objects.size)];
  });
  return sentence(texts.join('; '));
}

/** What both readers' formats say where a list is empty. */
export const nothing = {
  readers: 'Nothing in the tree reads it or refers to it',
  ifChanged: 'Nothing else changes, as far as the tree tells. What one change of it does, espalier diff tells.',
  ifGone: 'Nothing fails, as far as the tree tells.',
} as const;

/** Whether an answer is about a tree of several clusters, which then are named. */
export function hasSeveralClusters(impacts: readonly Impact[]): boolean {
  return new Set(impacts.map(({ cluster }) => cluster)).size > 1;
}
