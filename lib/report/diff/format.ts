import type { Review } from '../../changes/review';
import type { RenderOptions } from '../format';

export type ReviewFormatName = 'pretty' | 'json' | 'markdown' | 'html';

/** What a format may need to know beside the review: colours and width of the terminal, where a forge shows the files, how long Markdown may be. */
export type ReviewOptions = Pick<RenderOptions, 'color' | 'width' | 'repository' | 'limit'>;

/** One form of the review: a file that exports this object, and a line in index.ts. */
export interface ReviewFormat {
  /** @returns the whole report, the same for the same review; its last line ends with a line feed */
  render(review: Review, options: ReviewOptions): string;
}
