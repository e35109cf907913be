import { commentLimit, LimitedText } from '../limited-text';
import type { ReviewFormat } from './format';
import { addChanges } from './markdown/changes';
import { addEffects } from './markdown/effects';
import { addFindings, addUnknown } from './markdown/findings';
import { addBlast, addClusters, addImages } from './markdown/reach';
import { top } from './markdown/top';

/** Kept for the lines that say how much was left out: two for each of at most 21 sections. */
const reserve = 5000;

/**
 * For one comment on a pull request, of any size of change: what matters first, each section within its share; then every change,
 * folded by Kustomization, in as much detail as there is room for.
 */
export const markdown: ReviewFormat = {
  render(review, { repository }) {
    const text = new LimitedText(commentLimit, reserve);
    text.end(top(review));
    addClusters(text, review);
    addEffects(text, review, repository);
    addImages(text, review);
    addBlast(text, review);
    addFindings(text, review, repository);
    addUnknown(text, review);
    addChanges(text, review, repository);
    return text.toString();
  },
};
