import { withoutCommands } from '../log';
import { pageFor } from '../page';
import { isEmpty } from './digest/clusters';
import type { ReviewFormat } from './format';
import { changesSection } from './pretty/changes';
import { effectSections } from './pretty/effects';
import { checksSection, unknownSection } from './pretty/findings';
import { headline } from './pretty/headline';
import { blastSection, imagesSection } from './pretty/reach';

/** For people, on a terminal or in a log: what matters first, then every change. */
export const pretty: ReviewFormat = {
  render(review, options) {
    const page = pageFor(options);
    const sections = isEmpty(review)
      ? [headline(review, page)]
      : [
          headline(review, page),
          ...effectSections(review, page),
          ...imagesSection(review, page),
          ...blastSection(review, page),
          ...changesSection(review, page),
        ];
    const all = [...sections, ...checksSection(review, page), ...unknownSection(review, page)];
    return withoutCommands(`${all.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};
