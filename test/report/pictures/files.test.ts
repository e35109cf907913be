import { DOMParser } from '@xmldom/xmldom';
import { renderDot } from '../../../lib/report/pictures/dot';
import { draw } from '../../../lib/report/pictures/layout/draw';
import { script } from '../../../lib/report/pictures/page/script.generated';
import { renderSvg } from '../../../lib/report/pictures/svg';
import { pageScript } from '../../../scripts/page';
import { hostile, pictureOf } from './made';

const picture = {
  ...pictureOf(
    hostile,
    hostile.slice(1).map((id, i) => [hostile[i] ?? '', id, id] as const),
  ),
  title: hostile.join(' '),
};

describe('a picture as SVG', () => {
  it('is XML whatever the tree holds, with text and no markup of the tree', async () => {
    const text = renderSvg(await draw(picture));
    const faults: string[] = [];
    const document = new DOMParser({
      onError: (level, message) => level === 'warning' || faults.push(message),
    }).parseFromString(text, 'image/svg+xml');
    expect(faults).toEqual([]);
    const names = new Set([...document.getElementsByTagName('*')].map(({ tagName }) => tagName));
    expect([...names].sort()).toEqual(['defs', 'g', 'marker', 'path', 'rect', 'style', 'svg', 'text', 'title']);
    expect(document.getElementsByTagName('title')[0]?.textContent).toContain(
      '</script><script>window.hacked = 1</script>',
    );
  });

  it('loads nothing', async () => {
    const text = renderSvg(await draw(pictureOf(['a', 'b'], [['a', 'b', 'env']])));
    expect(text.match(/(?:https?:|href|url\((?!#a\))|@import)\S*/g)).toEqual(['http://www.w3.org/2000/svg"']);
  });
});

describe('a picture as DOT', () => {
  it('is what Graphviz reads whatever the tree holds', async () => {
    const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
    const engine = await Graphviz.load();
    const read = JSON.parse(engine.layout(renderDot(picture), 'json', 'dot')) as {
      objects: { name: string }[];
      edges: unknown[];
    };
    expect(read.objects).toHaveLength(hostile.length);
    expect(read.edges).toHaveLength(hostile.length - 1);
  });

  it('is short and plain', () => {
    expect(renderDot(pictureOf(['a', 'b'], [['a', 'b', 'env "x"']]))).toBe(`digraph "made up" {
  graph [rankdir=LR, label="made up", labelloc=t, fontname="Helvetica", nodesep=0.3, ranksep=0.8]
  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica", fontsize=11]
  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7]
  "a" [label="ConfigMap a", color="#57606a"]
  "b" [label="ConfigMap b", color="#57606a"]
  "a" -> "b" [label="env \\"x\\""]
}
`);
  });
});

describe('the code of the page', () => {
  it('is what npm run page makes of its sources', () => {
    expect(pageScript()).toContain(JSON.stringify(script));
  });
});
