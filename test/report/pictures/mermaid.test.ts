import { renderMermaid } from '../../../lib/report/pictures/mermaid';
import { parseMermaid } from '../../mermaid';
import { kinds, picture } from './picture-of';

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
