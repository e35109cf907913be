import type { RenderOptions } from '../format';
import type { ClusterOrder } from './told';

export type OrderFormatName = 'text' | 'json' | 'markdown';

/** One form of the answer: a file that exports this object, and a line in index.ts. */
export interface OrderFormat {
  /** @returns the whole report; its last line ends with a line feed */
  render(orders: readonly ClusterOrder[], options: Pick<RenderOptions, 'color' | 'width'>): string;
}
