import fc from 'fast-check';
import { renderMermaid } from '../../../lib/report/pictures';
import type { NodeKind, Picture, PictureNode } from '../../../lib/report/pictures/picture';
import { parseMermaid } from '../../mermaid';

/** A picture of one node for each text, in a group and on an edge of that text. */
function picture(texts: readonly string[], kinds: readonly NodeKind[] = ['secret']): Picture {
  const nodes = texts.map(
    (label, i): PictureNode => ({
      id: `${i}`,
      kind: kinds[i % kinds.length] as NodeKind,
      label,
      details: [label],
      keys: { known: [label], open: false },
      group: i % 2 === 0 ? 'g' : undefined,
      object: { group: '', kind: 'Secret', namespace: label, name: label, file: label },
      namespace: label,
      app: label,
      state: 'present',
      outside: false,
    }),
  );
  const edges = nodes.slice(1).map(({ id, label }, i) => {
    return { from: `${i}`, to: id, kind: 'flow' as const, label, optional: i % 3 === 0, implied: false };
  });
  const groups = [{ id: 'g', label: texts[0] ?? '' }];
  return { name: 'secrets', title: texts[0] ?? '', direction: 'right', groups, nodes, edges };
}

const kinds: readonly NodeKind[] = [
  'remote',
  'generator',
  'external-secret',
  'push-secret',
  'store',
  'secret',
  'database',
  'workload',
  'object',
  'flux',
  'kustomization',
];

describe('a Mermaid flowchart', () => {
  it('shows texts that mean something to Mermaid, HTML or Markdown as they are', () => {
    const texts = [
      'a "quoted" name',
      '</script><script>alert(1)</script>',
      '%%{init: {"theme": "dark"}}%%',
      '%% comment',
      'end',
      'style a fill:#fff; classDef x',
      'subgraph x',
      'click a href "javascript:alert(1)"',
      '#quot; #35; &lt; &amp;',
      '`markdown` **bold** _it_ $$x^2$$',
      'a]b[c)d(e}f{g|h\\i',
      '1. list',
      '- list',
      '---',
      '@{ shape: circle }',
      'fa:fa-car',
      'snow☃man 日本 Größe',
    ];
    const [parsed] = parseMermaid([renderMermaid(picture(texts, kinds))]);
    expect(parsed?.error).toBeUndefined();
    const byText = [...(parsed?.labels ?? [])].sort();
    expect(byText).toEqual(
      texts
        .map((text, i) => (kinds[i % kinds.length] === 'remote' ? `${text}\n${text}` : `${text}\n${text}\n${text}`))
        .sort(),
    );
  });

  it('is taken by Mermaid whatever texts a tree holds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            'style',
            'classDef',
            ':',
            '#',
            ';',
            '"',
            '%%',
            '{',
            '}',
            '-->',
            '\n',
            '`',
            ']',
            ')',
            '<',
            ' ',
          ),
        )
        .map((all) => all.join('')),
    );
    const trees = fc.sample(fc.array(text, { minLength: 1, maxLength: 12 }), { numRuns: 150, seed: 20 });
    const diagrams = trees.map((texts) => renderMermaid(picture(texts, kinds)));
    const faults = parseMermaid(diagrams).flatMap(({ error, labels }, i) =>
      error === undefined && labels?.length === trees[i]?.length ? [] : [{ error, diagram: diagrams[i] }],
    );
    expect(faults).toEqual([]);
  });

  it('tells nodes apart whose names differ in what an id cannot hold', () => {
    const text = renderMermaid(picture(['a.b', 'a-b', 'a b']));
    expect(text.match(/^ +secret_\w+(?=\(\[)/gm)).toEqual([
      '    secret_a_b_a_b',
      '    secret_a_b_a_b_3',
      '  secret_a_b_a_b_2',
    ]);
  });

  it('cuts what is longer than anybody reads', () => {
    const text = renderMermaid(picture(['x'.repeat(5000)]));
    expect(text.length).toBeLessThan(1500);
  });
});
