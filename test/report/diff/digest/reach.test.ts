import { imageTexts } from '../../../../lib/report/diff/digest/reach';

const [a, b] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);

test.each([
  ['a new tag: its digest says nothing more', `acme/shop:1.0@${a}`, `acme/shop:1.1@${b}`, ['acme/shop', '1.0', '1.1']],
  [
    'the same tag: a digest as far as people tell them apart by it',
    `acme/shop:main@${a}`,
    `acme/shop:main@${b}`,
    ['acme/shop', 'main@sha256:aaaaaaaaaaaa…', 'main@sha256:bbbbbbbbbbbb…'],
  ],
  ['no tag', `acme/shop@${a}`, `acme/shop:1.1@${b}`, ['acme/shop', 'sha256:aaaaaaaaaaaa…', '1.1']],
  ['a new image', undefined, `acme/shop:1.1@${b}`, ['acme/shop', undefined, '1.1@sha256:bbbbbbbbbbbb…']],
  ['the version of a chart', '0.19.2', '2.9.0', [undefined, '0.19.2', '2.9.0']],
])('%s', (_, before, after, [name, from, to]) => {
  expect(imageTexts({ before, after })).toEqual({ name, before: from, after: to });
});
