import { fluxKustomization, object } from '../graph/graph';
import type { Texts } from '../tree/kustomize/memory';
import { database, deployment, effectsOf, reviewOf, source } from './review-of';

const kustomization = (...resources: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
const tree = (files: Texts = {}, more = ''): Texts => ({
  'flux/source.yaml': source,
  'flux/shop.yaml': fluxKustomization('shop', './shop', `prune: true\n${more}`),
  'shop/kustomization.yaml': kustomization('shop.yaml', 'db.yaml'),
  'shop/shop.yaml': deployment(),
  'shop/db.yaml': database(),
  ...files,
});

const cannot = 'Kustomization flux-system/shop cannot be built';
const fix = '\n  1. Fix this before the merge: until then, nothing that it applies changes.';

describe('a Kustomization that cannot be built any more', () => {
  test('deletes nothing of what is missing from it, and nothing of it changes', () => {
    expect(
      effectsOf(tree(), tree({ 'shop/db.yaml': 'a: [', 'shop/shop.yaml': deployment('tty: true') })).map((effect) =>
        effect.replace(/cannot be read.*$/m, 'cannot be read …'),
      ),
    ).toEqual([
      `blocked high: ${cannot}, so Flux applies and deletes nothing of it: \`shop/db.yaml\` cannot be read …${fix}`,
      'data low: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)\n  held: ' +
        cannot,
      `deleted low: Cluster shop/db is deleted: Kustomization flux-system/shop prunes it\n  held: ${cannot}`,
      `restart low: Deployment shop/shop restarts its pods one after the other: \`containers[shop].tty\` changes\n  held: ${cannot}`,
    ]);
  });

  test('says why', () => {
    const why = (after: Texts) =>
      effectsOf(tree(), after).flatMap((effect) => /^blocked .* deletes nothing of it: (.*)$/m.exec(effect)?.[1] ?? []);
    expect(why(tree({ 'shop/kustomization.yaml': kustomization('shop.yaml', 'gone.yaml') }))).toEqual([
      'shop/gone.yaml does not exist; add it, or correct the entry',
    ]);
    const variables = 'postBuild: { substitute: { a: b } }';
    expect(why(tree({ 'shop/shop.yaml': deployment("command: ['${B}']") }, variables))).toEqual([
      'the variable `B` of Deployment shop/shop has no value',
    ]);
    expect(why(tree({ 'shop/shop.yaml': deployment("command: ['${B-c}']") }, variables))).toEqual([
      'a `${` in Deployment shop/shop is no variable that Flux can read',
    ]);
    expect(why(tree({}, 'postBuild: { substituteFrom: [{ kind: ConfigMap, name: gone }] }'))).toEqual([
      'nothing creates ConfigMap/gone, from which it takes variables',
    ]);
    expect(why(tree({}, "postBuild: { substitute: { 'a-b': c } }"))).toEqual([
      '`a-b` is not a valid name of a variable',
    ]);
  });

  test('is no news where it was so before: somebody may have a reason', () => {
    const made = 'postBuild: { substituteFrom: [{ kind: Secret, name: by-hand }] }';
    expect(effectsOf(tree({}, made), tree({ 'shop/shop.yaml': deployment('tty: true') }, made))).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].tty` changes',
    ]);
  });

  test('does not delete the Kustomizations beneath it, nor these what they applied', () => {
    const above = (files: Texts): Texts => ({
      'flux/source.yaml': source,
      'flux/root.yaml': fluxKustomization('root', './all', 'prune: true'),
      'shop/settings.yaml': object('v1', 'ConfigMap', 'settings'),
      'all/kustomization.yaml': kustomization('shop.yaml'),
      ...files,
    });
    const shop = { 'all/shop.yaml': fluxKustomization('shop', './shop', 'prune: true') };
    expect(effectsOf(above(shop), above({})).filter((effect) => effect.startsWith('deleted'))).toEqual([
      'deleted low: ConfigMap shop/settings is deleted: Kustomization flux-system/shop is deleted with all that it applies\n  held: Kustomization flux-system/root cannot be built',
      'deleted low: Kustomization flux-system/shop is deleted, and 1 object with it\n  held: Kustomization flux-system/root cannot be built',
    ]);
  });
});

test('what one has applied that could not be built before is not known', () => {
  expect(reviewOf(tree({ 'shop/db.yaml': 'a: [' }), tree()).unknown).toEqual([
    'What Kustomization flux-system/shop applied before: it could not be built.',
  ]);
});
