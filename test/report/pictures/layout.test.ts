import fc from 'fast-check';
import type { Picture } from '../../../lib/pictures/picture';
import { draw } from '../../../lib/report/pictures/layout/draw';
import type { Box, Drawing } from '../../../lib/report/pictures/layout/drawing';
import { pictureOf } from './made';

function overlapping(boxes: readonly Box[]): number {
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const));
  return pairs.filter(
    ([a, b]) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
  ).length;
}

/** Whether all is there once, apart from what stands beside each of those that hang on it. */
function expectWhole(picture: Picture, drawing: Drawing): void {
  expect([...new Set(drawing.nodes.map(({ node }) => node))].sort((a, b) => a - b)).toEqual([...picture.nodes.keys()]);
  expect(drawing.edges.flatMap(({ edges }) => edges).sort((a, b) => a - b)).toEqual([...picture.edges.keys()]);
  expect(overlapping(drawing.nodes)).toBe(0);
  for (const { x, y, width, height } of drawing.nodes) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1);
    expect(x + width).toBeLessThanOrEqual(drawing.width + 1);
    expect(y + height).toBeLessThanOrEqual(drawing.height + 1);
  }
}

const letters = (count: number, prefix = 'n') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe('a drawing', () => {
  it('has a place for every node and edge, and no two nodes in one', async () => {
    const pictures = fc.sample(
      fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 }).map((pairs) =>
        pictureOf(
          letters(20),
          [...new Set(pairs.map(([a, b]) => `${a} ${b}`))].map((pair): [string, string, string] => {
            const [a = '', b = ''] = pair.split(' ');
            return [`n${a}`, `n${b}`, pair];
          }),
        ),
      ),
      { numRuns: 40, seed: 7 },
    );
    for (const picture of pictures) expectWhole(picture, await draw(picture));
  });

  it('calls a part after its app, and after what reads there where one app has several parts', async () => {
    const picture = pictureOf(
      ['a', 'b', 'c', 'd', 'e'],
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    );
    const titles = async (apps: readonly string[]) => {
      const nodes = picture.nodes.map((node, i) => ({ ...node, namespace: 'shop', app: apps[i] as string }));
      return (await draw({ ...picture, nodes })).blocks.map(({ title }) => title);
    };
    expect(await titles(['x/one', 'x/one', 'y/y', 'y/y', 'z/three'])).toEqual(['x/one', 'y', 'z/three']);
    expect(await titles(['x/one', 'x/one', 'x/two', 'x/two', 'x/three'])).toEqual(['one', 'two', 'three']);
    expect(await titles(['x/all', 'x/all', 'x/all', 'x/all', 'x/all'])).toEqual(['shop/b', 'shop/d', 'shop/e']);
  });

  it('is the same in every run', async () => {
    const picture = pictureOf(letters(6), [
      ['n0', 'n1', 'env'],
      ['n1', 'n2'],
      ['n0', 'n3'],
      ['n4', 'n5'],
    ]);
    expect(await draw(picture)).toEqual(await draw(picture));
  });

  it('leads its edges to the nodes that they mean, each with its own text', async () => {
    const picture = pictureOf(
      ['a', 'b', 'c', 'd'],
      [
        ['c', 'd', 'two'],
        ['a', 'b', 'one'],
        ['a', 'd', 'three'],
      ],
    );
    const { nodes, edges } = await draw(picture);
    for (const {
      edges: [index = -1],
      end,
      label,
    } of edges) {
      const edge = picture.edges[index];
      const target = nodes.find(({ node }) => picture.nodes[node]?.id === edge?.to);
      expect(label?.lines).toEqual([edge?.label]);
      expect(end.x).toBeGreaterThan((target?.x ?? 0) - 3);
      expect(end.y).toBeGreaterThan((target?.y ?? 0) - 3);
      expect(end.y).toBeLessThan((target?.y ?? 0) + (target?.height ?? 0) + 3);
    }
  });

  it('frames what hangs on the same others, with one edge for all', async () => {
    const apps = letters(200, 'app');
    const picture = pictureOf(
      ['flux', ...apps],
      apps.map((app) => ['flux', app] as const),
      'order',
    );
    const drawing = await draw(picture);
    expect(drawing.frames.map(({ text }) => text)).toEqual(['200 alike']);
    expect(drawing.edges).toHaveLength(1);
    expectWhole(picture, drawing);
  });

  it('shows what many parts hang on beside each of them', async () => {
    const apps = letters(80, 'app');
    const edges = apps.flatMap(
      (app) =>
        [
          ['shared', app],
          [app, `${app}-secret`],
        ] as const,
    );
    const picture = pictureOf(['shared', ...apps, ...apps.map((app) => `${app}-secret`)], edges);
    const drawing = await draw(picture);
    expect(drawing.blocks).toHaveLength(81);
    expect(drawing.nodes.filter(({ node }) => node === 0)).toHaveLength(81);
    expectWhole(picture, drawing);
  });

  it('is made of what somebody tangled on purpose, too', async () => {
    let state = 1;
    const next = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * below);
    };
    const pairs = new Set(Array.from({ length: 1500 }, () => `${next(400)} ${next(400)}`));
    const tangled = pictureOf(
      letters(400),
      [...pairs].map((pair) => {
        const [a = '', b = ''] = pair.split(' ');
        return [`n${a}`, `n${b}`] as const;
      }),
      'order',
    );
    expectWhole(tangled, await draw(tangled));
    const chain = pictureOf(
      letters(3000),
      letters(2999).map((id, i) => [id, `n${i + 1}`] as const),
    );
    expect((await draw(chain)).nodes).toHaveLength(3000);
  });

  it('of nothing is empty', async () => {
    expect(await draw(pictureOf([], []))).toMatchObject({ nodes: [], edges: [], blocks: [] });
  });
});
