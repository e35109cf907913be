import type { Box, Point } from './drawing';

/** What is to be placed: rectangles, and edges between them that may have room for a text. */
export interface Layered {
  readonly direction: 'right' | 'down';
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly label: { readonly width: number; readonly height: number } | undefined;
  }[];
}

/** Where everything is: rectangles by their top left corners, edges as curves. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly edges: readonly {
    readonly curve: readonly Point[];
    readonly end: Point;
    readonly label: Point | undefined;
  }[];
}
