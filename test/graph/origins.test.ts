import { fluxKustomization, graphOf, object } from './graph';

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { colour: blue }');

/** A Kustomization of an artifact, and an ArtifactGenerator that copies into it. */
const ofArtifact = (name: string, path: string) =>
  fluxKustomization(name, path).replace(
    'kind: GitRepository, name: flux-system',
    `kind: ExternalArtifact, name: ${name}`,
  );
const generator = (artifact: string, ...copies: string[]) =>
  object(
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    'split',
    `spec:
  sources: [{ alias: repo, kind: GitRepository, name: flux-system }]
  artifacts: [{ name: ${artifact}, copy: [${copies.join(', ')}] }]`,
    'flux-system',
  );

/** What the Kustomization `shop` applies. */
function contents(path: string, ...copies: string[]) {
  const graph = graphOf({
    'clusters/prod/root.yaml': fluxKustomization('flux-system', './clusters/prod'),
    'clusters/prod/split.yaml': generator('shop', ...copies),
    'clusters/prod/shop.yaml': ofArtifact('shop', path),
    'shop/base/settings.yaml': configMap('base'),
    'shop/prod/settings.yaml': configMap('prod'),
  });
  const found = graph.clusters[0]?.kustomization('flux-system', 'shop')?.contents;
  return found?.type === 'built' ? found.folder : found;
}

describe('a Kustomization of what an ArtifactGenerator copies', () => {
  it.each([
    ['a folder without its name', './prod', '{ from: "@repo/shop/**", to: "@artifact/" }'],
    ['a folder with its name', './shop/prod', '{ from: "@repo/shop/", to: "@artifact/" }'],
    ['a folder of the name of the cluster, too', './', '{ from: "@repo/shop/prod/**", to: "@artifact/" }'],
    ['the one folder that its path holds', './shop', '{ from: "@repo/shop/prod/", to: "@artifact/shop/" }'],
    ['a folder below another', 'apps/shop/prod', '{ from: "@repo/shop", to: "@artifact/apps/" }'],
  ])('builds %s where the repository has it', (_, path, copy) => {
    expect(contents(path, copy)).toBe('shop/prod');
  });

  it('builds the folder of the copy that its path means', () => {
    const copies = [
      '{ from: "@repo/shop/base/**", to: "@artifact/base/" }',
      '{ from: "@repo/shop/prod/**", to: "@artifact/live/" }',
    ];
    expect(contents('./live', ...copies)).toBe('shop/prod');
  });

  it.each([
    [
      'of several folders',
      './',
      '{ from: "@repo/shop/base/**", to: "@artifact/base/" }, { from: "@repo/shop/prod/**", to: "@artifact/prod/" }',
    ],
    ['of some files', './', '{ from: "@repo/shop/*.yaml", to: "@artifact/" }'],
    ['of what nothing is copied to', './other', '{ from: "@repo/shop/**", to: "@artifact/shop/" }'],
  ])('leaves open what it applies %s', (_, path, copy) => {
    expect(contents(path, copy)).toEqual({
      type: 'elsewhere',
      why: 'its files are put together in ExternalArtifact flux-system/shop',
    });
  });

  it('says where a folder is missing', () => {
    expect(contents('./stage', '{ from: "@repo/shop/**", to: "@artifact/" }')).toEqual({
      type: 'missing',
      folder: 'shop/stage',
    });
  });

  it('takes the artifact of its own cluster', () => {
    const tree = (cluster: string) => ({
      [`clusters/${cluster}/root.yaml`]: fluxKustomization('flux-system', `./clusters/${cluster}`),
      [`clusters/${cluster}/split.yaml`]: generator('shop', `{ from: "@repo/shop/${cluster}/**", to: "@artifact/" }`),
      [`clusters/${cluster}/shop.yaml`]: ofArtifact('shop', './'),
      [`shop/${cluster}/settings.yaml`]: configMap(cluster),
    });
    const { clusters } = graphOf({ ...tree('prod'), ...tree('stage') });
    expect(clusters.map(({ name, resources }) => [name, resources.at(-1)?.name])).toEqual([
      ['clusters/prod', 'prod'],
      ['clusters/stage', 'stage'],
    ]);
  });
});
