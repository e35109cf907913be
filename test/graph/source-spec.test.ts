import { fluxKustomization, graphOf, object } from './graph';

const settings = object('v1', 'ConfigMap', 'settings', 'data: { colour: blue }');

/** What each Kustomization of a tree applies whose source says something of its files; undefined where the folder is not there. */
function applied(spec: string): Record<string, string | undefined> {
  const graph = graphOf({
    'flux/source.yaml': object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'flux-system',
      `spec: { url: https://git.example.com/x, ${spec} }`,
      'flux-system',
    ),
    'flux/root.yaml': fluxKustomization('root', './flux'),
    'flux/ks.yaml': fluxKustomization('apps', './apps') + fluxKustomization('other', './other'),
    'flux/theirs.yaml': fluxKustomization('theirs', './theirs/app'),
    'apps/kustomization.yaml': 'configMapGenerator: [{ name: icons, files: [logo.png] }]\n',
    'apps/logo.png': 'x',
    'other/settings.yaml': settings,
  });
  const kustomizations = graph.clusters.flatMap((cluster) => cluster.kustomizations);
  return Object.fromEntries(
    kustomizations
      .slice(1)
      .map(({ name, contents }) => [
        name,
        contents.type === 'built'
          ? contents.built.faults.map(({ message }) => message).join() || 'built'
          : contents.type === 'elsewhere'
            ? contents.why
            : undefined,
      ]),
  );
}

const absent =
  "Flux does not get apps/logo.png: .sourceignore, the spec of its source or Flux's default exclusions exclude it; include it again with a pattern that begins with !";

describe('of its source, a Kustomization has', () => {
  it.each([
    ['all but what Flux leaves behind, where nothing is said', '', { apps: absent, other: 'built', theirs: undefined }],
    [
      'what spec.ignore leaves, in place of what Flux does',
      'ignore: "/*\\n!/apps\\n!/flux\\n"',
      { apps: 'built', other: undefined, theirs: undefined },
    ],
    [
      'the folders of spec.sparseCheckout',
      'sparseCheckout: [flux, ./apps]',
      { apps: absent, other: undefined, theirs: undefined },
    ],
    [
      'what spec.include brings, which is not known',
      'include: [{ repository: { name: theirs } }]',
      { apps: absent, other: 'built', theirs: 'its source includes the folder from another repository' },
    ],
    [
      'all of it, where spec.ignore left out where it begins',
      'ignore: "/flux"',
      { apps: absent, other: 'built', theirs: undefined },
    ],
  ])('%s', (_, spec, expected) => {
    expect(applied(spec)).toEqual(expected);
  });
});
