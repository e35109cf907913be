import type { Point, Size } from './drawing';

/** Pixels between blocks. */
const gap = 56;
/** A picture is about so many times as wide as it is high. */
const proportion = 1.6;

/** Blocks in rows, in their order, so that one finds them: the rows about as long as makes the whole the shape of a screen. */
export function rows(blocks: readonly Size[]): Size & { readonly spots: readonly Point[] } {
  const area = blocks.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(0, ...blocks.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * proportion));
  const spots: Point[] = [];
  let [x, y, high, width] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > limit) [x, y, high] = [0, y + high + gap, 0];
    spots.push({ x, y });
    x += block.width + gap;
    high = Math.max(high, block.height);
    width = Math.max(width, x - gap);
  }
  return { width, height: y + high, spots };
}
