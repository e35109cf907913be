import { gitAttributes } from '../../lib/tree';

const baseline = 'espalier.baseline merge=union';

test.each([
  ['.', undefined, ['/.espalier.sha256 text eol=lf merge=union', baseline]],
  ['./', true, ['/.espalier.sha256 text eol=lf merge=union', baseline]],
  ['kubernetes/', undefined, ['/kubernetes/.espalier.sha256 text eol=lf merge=union', baseline]],
  ['my tree', false, ['"/my tree/.espalier.sha256" text eol=lf merge=union', baseline]],
  [
    'dist',
    undefined,
    [
      '/dist/** text eol=lf',
      '/dist/**/kustomization.yaml merge=union',
      '/dist/.espalier.sha256 text eol=lf merge=union',
      baseline,
    ],
  ],
])('of %j, alone: %j', (outdir, alone, lines) => {
  expect(gitAttributes(outdir, alone)).toEqual(lines);
});
