import { htmlDocument } from '../html-document';
import type { ReviewFormat } from './format';
import { effectSections } from './html/effects';
import { findingSections } from './html/findings';
import { objectsSection } from './html/objects';
import { reachSections } from './html/reach';
import { script } from './html/script';
import { style } from './html/style';
import { summary } from './html/summary';
import { text } from './html/text';

/** One file to look at a large change: all of the review is in its HTML and works without a script, which adds filters. */
export const html: ReviewFormat = {
  render(review) {
    return htmlDocument({
      title: `espalier diff: ${text(review.danger)} danger`,
      style,
      body: [
        summary(review),
        '<main>',
        ...effectSections(review),
        ...reachSections(review),
        ...findingSections(review),
        ...objectsSection(review),
        '</main>',
      ].join('\n'),
      script,
    });
  },
};
