import type { Box, Point, Size } from './drawing';

/** What is to be placed: rectangles, and edges between them that may have room for a text. */
export interface Layered {
  readonly direction: 'right' | 'down';
  readonly sizes: readonly Size[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly label: Size | undefined;
  }[];
}

/** Where everything is: rectangles by their top left corners, edges as curves. */
export interface Placed extends Size {
  readonly boxes: readonly Box[];
  readonly edges: readonly {
    readonly curve: readonly Point[];
    readonly end: Point;
    readonly label: Point | undefined;
  }[];
}
