import { object } from '../../graph/graph';
import { attacked, htmlOf } from './page-of';
import { shop } from './trees';

describe('the page', () => {
  it('holds no value of a Secret, and is the same in every run', async () => {
    const texts = {
      ...shop,
      'shop/secret.yaml': object('v1', 'Secret', 'lost', 'stringData: { a: hunter2 }\ndata: { b: aHVudGVyMg== }'),
    };
    const html = await htmlOf(texts);
    expect(html).toContain('Secret shop/lost');
    expect(html).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(await htmlOf(texts)).toBe(html);
  });

  it('hides the values of Secrets wherever they are repeated', async () => {
    const html = await htmlOf({
      ...shop,
      'shop/secret.yaml': object('v1', 'Secret', 'lost', 'stringData: { a: hunter2 }'),
      'shop/pod.yaml': object(
        'v1',
        'Pod',
        'repeats',
        'spec: { containers: [{ name: a, args: [hunter2], envFrom: [{ secretRef: { name: lost } }] }] }',
      ),
    });
    expect(html).toContain('Pod shop/repeats');
    expect(html).not.toContain('hunter2');
  });

  it('lets nothing in the tree end its data', async () => {
    const html = await htmlOf(attacked);
    expect(html.match(/<\/?script/g)).toEqual(['<script', '</script', '<script', '</script']);
    expect(html).not.toContain('<!--');
  });
});
