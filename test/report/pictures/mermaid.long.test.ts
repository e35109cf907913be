import fc from 'fast-check';
import { renderMermaid } from '../../../lib/report/pictures/mermaid';
import { parseMermaid } from '../../mermaid';
import { kinds, picture } from './picture-of';

test('a flowchart is taken by Mermaid whatever texts a tree holds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom('style', 'classDef', ':', '#', ';', '"', '%%', '{', '}', '-->', '\n', '`', ']', ')', '<', ' '),
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
