import { gitAttributes } from '../../lib/tree';

test.each([
  ['.', undefined, ['/.espalier.sha256 text eol=lf merge=union']],
  ['./', true, ['/.espalier.sha256 text eol=lf merge=union']],
  ['kubernetes/', undefined, ['/kubernetes/.espalier.sha256 text eol=lf merge=union']],
  ['my tree', false, ['"/my tree/.espalier.sha256" text eol=lf merge=union']],
  [
    'dist',
    undefined,
    [
      '/dist/** text eol=lf',
      '/dist/**/kustomization.yaml merge=union',
      '/dist/.espalier.sha256 text eol=lf merge=union',
    ],
  ],
])('of %j, alone: %j', (outdir, alone, lines) => {
  expect(gitAttributes(outdir, alone)).toEqual(lines);
});
