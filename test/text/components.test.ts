import { cycleThrough, cyclicComponents } from '../../lib/text/components';

/** Nodes are letters; `a>bc` says that a leads to b and c. */
function graph(...lines: string[]) {
  const edges = new Map(lines.map((line) => [line[0] as string, [...line.slice(2)]]));
  const next = (node: string) => edges.get(node) ?? [];
  return { nodes: [...edges.keys()], next };
}

const components = (...lines: string[]) => {
  const { nodes, next } = graph(...lines);
  return cyclicComponents(nodes, next).map((component) => [...component].sort().join(''));
};

describe('the circles of a graph', () => {
  it('are none where every way ends', () => {
    expect(components('a>bc', 'b>d', 'c>d', 'd>')).toEqual([]);
  });

  it('are the nodes that lead to each other, and those that lead to themselves', () => {
    expect(components('a>b', 'b>c', 'c>ad', 'd>e', 'e>', 'f>f')).toEqual(['abc', 'f']);
  });

  it('keep apart what one way alone connects', () => {
    expect(components('a>b', 'b>ac', 'c>d', 'd>c').sort()).toEqual(['ab', 'cd']);
  });

  it('are found in long chains', () => {
    const length = 100_000;
    const next = (node: number) => [(node + 1) % length];
    expect(cyclicComponents([0], next).map((component) => component.length)).toEqual([length]);
  });

  it('are told the shortest way round', () => {
    const { next } = graph('a>bc', 'b>c', 'c>d', 'd>a');
    expect(cycleThrough('a', next)).toEqual(['a', 'c', 'd', 'a']);
    expect(cycleThrough('a', graph('a>b', 'b>').next)).toBeUndefined();
  });
});
