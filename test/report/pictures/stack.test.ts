import fc from 'fast-check';
import type { Picture } from '../../../lib/pictures/picture';
import { stacked } from '../../../lib/report/pictures/browser/stack';
import { draw } from '../../../lib/report/pictures/layout/draw';
import type { PagePicture } from '../../../lib/report/pictures/page/data';
import { pictureOf } from './made';

/** A picture as the page has it, as far as a column needs it. */
async function pageOf(picture: Picture): Promise<PagePicture> {
  const { nodes, edges, ...drawing } = await draw(picture);
  const index = new Map(picture.nodes.map(({ id }, i) => [id, i]));
  return {
    ...drawing,
    name: picture.name,
    tab: '',
    title: '',
    nodes: [],
    edges: picture.edges.map(({ from, to }) => [index.get(from) ?? -1, index.get(to) ?? -1, '', false]),
    drawnNodes: nodes,
    drawnEdges: edges.map((edge) => ({ ...edge, path: '' })),
  };
}

/** The numbers of a path: where it begins, and where each of its lines leads. */
function points(path: string): [x: number, y: number][] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MHV])([\d.]+)(?: ([\d.]+))?/g)].map(([, command, first, second]) => {
    if (command !== 'V') x = Number(first);
    if (command !== 'H') y = Number(command === 'V' ? first : second);
    return [x, y];
  });
}

describe('a picture for a phone', () => {
  it('has every node below the one before and every edge, and no line crosses a node', async () => {
    const random = fc.sample(fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 25 }), { numRuns: 40, seed: 3 });
    for (const pairs of random) {
      const ids = Array.from({ length: 15 }, (_, i) => `n${i}`);
      const unique = [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
      const picture = pictureOf(
        ids,
        unique.map(([a, b]): [string, string, string] => [`n${a}`, `n${b}`, `${a} ${b}`]),
      );
      const { drawnNodes, drawnEdges, blocks } = stacked(await pageOf(picture), undefined);
      expect(drawnNodes.map(({ node }) => node).sort((a, b) => a - b)).toEqual([...ids.keys()]);
      expect(drawnEdges.flatMap(({ edges }) => edges).sort((a, b) => a - b)).toEqual([...picture.edges.keys()]);
      for (const [i, { y }] of drawnNodes.slice(1).entries()) {
        const before = drawnNodes[i];
        expect(y).toBeGreaterThan((before?.y ?? 0) + (before?.height ?? 0));
      }
      for (const { path } of drawnEdges) {
        const line = points(path);
        for (const [i, [x, y]] of line.slice(1).entries()) {
          const [fromX, fromY] = line[i] as [number, number];
          const [left, right] = [Math.min(x, fromX), Math.max(x, fromX)];
          const [top, bottom] = [Math.min(y, fromY), Math.max(y, fromY)];
          const crossed = drawnNodes.filter(
            (box) => left < box.x + box.width && box.x < right && top < box.y + box.height && box.y < bottom,
          );
          const through = drawnNodes.filter(
            (box) =>
              left === right && box.x < left && left < box.x + box.width && top < box.y && box.y + box.height < bottom,
          );
          expect([crossed, through]).toEqual([[], []]);
        }
      }
      expect(blocks.flatMap(({ nodes: [from, to] }) => to - from).reduce((sum, n) => sum + n, 0)).toBe(15);
    }
  });

  it('has a chain straight down, and what hangs on one with others further right', async () => {
    const page = await pageOf(
      pictureOf(
        ['a', 'b', 'c', 'd', 'e'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['b', 'd'],
          ['c', 'e'],
          ['d', 'e'],
        ],
      ),
    );
    const { drawnNodes, drawnEdges } = stacked(page, undefined);
    expect(drawnNodes.map(({ node, x }) => [node, x])).toEqual([
      [0, 0],
      [1, 0],
      [2, 24],
      [3, 24],
      [4, 24],
    ]);
    // What hangs on two stands under the last of them, and has the line from the other at the right.
    const aside = drawnEdges.filter(({ path }) => points(path).length > 3);
    expect(aside.map(({ edges }) => edges)).toEqual([[3]]);
  });

  it('leaves no room for what is not shown', async () => {
    const page = await pageOf(
      pictureOf(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['b', 'c'],
        ],
      ),
    );
    const { drawnNodes, drawnEdges, height } = stacked(page, new Set([0, 1]));
    expect(drawnNodes.map(({ node }) => node)).toEqual([0, 1]);
    expect(drawnEdges.map(({ edges }) => edges)).toEqual([[0]]);
    expect(height).toBe((drawnNodes[1]?.y ?? 0) + (drawnNodes[1]?.height ?? 0));
  });
});
