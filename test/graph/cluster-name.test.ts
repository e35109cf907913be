import { clusterNames, folderName } from '../../lib/graph/cluster-name';
import { fluxKustomization, graphOf, object } from './graph';

/** What the clusters are called whose first Kustomizations lie in these files. */
function names(files: readonly string[], annotation?: string): string[] {
  const said = annotation === undefined ? '' : `, annotations: { espalier/cluster: ${annotation} }`;
  const texts = Object.fromEntries(
    files.flatMap((file, i) => [
      [file, fluxKustomization(`root-${i}`, `./apps-${i}`).replace('flux-system }', `flux-system${said} }`)],
      [`apps-${i}/it.yaml`, object('v1', 'ConfigMap', 'it', 'data: { a: b }')],
    ]),
  );
  return [...clusterNames(graphOf(texts)).values()];
}

test.each([
  ['clusters/home/shop.yaml', 'home'],
  ['clusters/production/flux-system/gotk-sync.yaml', 'production'],
  ['kubernetes/flux/cluster/ks.yaml', 'cluster'],
  ['production/kubernetes/flux/cluster/ks.yaml', 'production'],
  ['our clusters/Nürnberg 2/ks.yaml', 'N-rnberg-2'],
])('the cluster of %s is called %s', (file, name) => {
  expect(names([file])).toEqual([name]);
});

test('what a tree says itself goes before its folders', () => {
  expect(names(['clusters/home/shop.yaml'], 'soyo')).toEqual(['soyo']);
  expect(names(['clusters/home/shop.yaml'], '"../../etc"')).toEqual(['etc']);
});

test('no two clusters are called the same', () => {
  expect(names(['a/home/ks.yaml', 'b/Home/ks.yaml', 'c/home/ks.yaml'])).toEqual(['home', 'Home-2', 'home-3']);
});

test.each([
  ['..', '_'],
  ['a/b', 'a-b'],
  ['nul', '_nul'],
  ['x'.repeat(300), 'x'.repeat(100)],
])('%j as a folder is %j', (name, folder) => {
  expect(folderName(name)).toBe(folder);
});
