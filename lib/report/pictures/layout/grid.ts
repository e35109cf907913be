import type { Card } from './card';
import type { Box } from './drawing';

/** Pixels around the cards of a frame, above them for its text, and between them. */
const margin = { around: 12, above: 20, between: 10 } as const;
/** A frame is about so many times as wide as it is high. */
const proportion = 1.6;

/** Cards in rows and columns within a frame; one card alone has none. */
export function grid(cards: readonly Card[]): { width: number; height: number; cells: readonly Box[] } {
  const width = Math.max(...cards.map((card) => card.width));
  const height = Math.max(...cards.map((card) => card.height));
  if (cards.length === 1) return { width, height, cells: [{ x: 0, y: 0, width, height }] };
  const [across, down] = [width + margin.between, height + margin.between];
  const columns = Math.max(
    1,
    Math.min(cards.length, Math.round(Math.sqrt((cards.length * proportion * down) / across))),
  );
  const lines = Math.ceil(cards.length / columns);
  return {
    width: columns * across - margin.between + 2 * margin.around,
    height: lines * down - margin.between + margin.above + margin.around,
    cells: cards.map((_, i) => ({
      x: margin.around + (i % columns) * across,
      y: margin.above + Math.floor(i / columns) * down,
      width,
      height,
    })),
  };
}
