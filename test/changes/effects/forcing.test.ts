import { database, deployment, effectsOf, shop } from '../review-of';

test('a Kustomization may remake what it applies', () => {
  const forced = 'prune: true\nforce: true';
  expect(effectsOf(shop(deployment()), shop(deployment(), forced))).toEqual([
    'other medium: Kustomization flux-system/shop may delete and remake what it applies from now on, wherever a change is refused',
  ]);
  expect(effectsOf(shop(deployment() + database()), shop(deployment() + database(), forced))).toEqual([
    'other high: Kustomization flux-system/shop may delete and remake what it applies from now on, wherever a change is refused: Cluster shop/db with the data, too',
  ]);
  expect(effectsOf(shop(deployment(), forced), shop(deployment()))).toEqual([]);
});
