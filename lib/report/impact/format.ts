import type { Impact } from '../../changes/impact';
import type { RenderOptions } from '../format';

export type ImpactFormatName = 'text' | 'json' | 'markdown';

/** What a format may need to know beside what is told. */
export interface ImpactOptions extends Pick<RenderOptions, 'color' | 'width'> {
  /** How many lines of each list are shown. */
  readonly most: number;
}

/** One form of the answer: a file that exports this object, and a line in index.ts. */
export interface ImpactFormat {
  /** @returns the whole report; its last line ends with a line feed */
  render(impacts: readonly Impact[], options: ImpactOptions): string;
}
