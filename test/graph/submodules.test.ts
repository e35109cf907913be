import { fluxKustomization, graphOf } from './graph';

const gitmodules = '[submodule "shared"]\n\tpath = vendor/shared\n\turl = https://example.org/shared.git\n';
const contents = (path: string) =>
  graphOf({ '.gitmodules': gitmodules, 'ks.yaml': fluxKustomization('apps', path) }).clusters.flatMap(
    ({ kustomizations }) => kustomizations.map((one) => one.contents),
  );

test('what a Kustomization applies of a submodule is another repository, which is not known here', () => {
  const elsewhere = { type: 'elsewhere', why: 'its files are those of the submodule vendor/shared' };
  expect(contents('./vendor/shared/apps')).toEqual([elsewhere]);
  expect(contents('./vendor/shared')).toEqual([elsewhere]);
});

test('a folder beside it that is not there is missing', () => {
  expect(contents('./vendor/shared-too')).toEqual([{ type: 'missing', folder: 'vendor/shared-too' }]);
});
