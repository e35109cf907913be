import type { Review } from '../../changes/review';
import { jsonText } from '../../graph/masking/printable';
import { findingData } from '../json';
import type { ReviewFormat } from './format';

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface JsonReview extends Review {
  readonly version: 1;
}

/** For programs: what lib/changes/review.ts describes, as it is. */
export const json: ReviewFormat = {
  render({ base, head, danger, compared, clusters, found, mended, noLongerReported, unknown }) {
    const report: JsonReview = {
      version: 1,
      base,
      head,
      danger,
      compared,
      clusters,
      found: found.map(findingData),
      mended: mended.map(findingData),
      noLongerReported: noLongerReported.map(findingData),
      unknown,
    };
    return jsonText(report);
  },
};
