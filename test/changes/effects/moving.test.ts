import { fluxKustomization, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { changesOf, database, deployment, effectsOf, source } from '../review-of';

interface Child {
  readonly name: string;
  readonly objects: string;
  readonly more?: string;
  readonly namespace?: string;
  readonly folder?: string;
}

/** Kustomizations below a root that prunes. */
const tree = (...children: readonly Child[]): Texts => ({
  'flux/source.yaml': source,
  'flux/root.yaml': fluxKustomization('root', './apps', 'prune: true'),
  ...Object.fromEntries(
    children.flatMap(({ name, objects, more = 'prune: true', namespace = 'flux-system', folder = name }) => [
      [`apps/${name}.yaml`, fluxKustomization(name, `./${folder}`, more, namespace)],
      [`${folder}/objects.yaml`, objects],
    ]),
  ),
});
const settings = object('v1', 'ConfigMap', 'settings', 'data: { a: b }');
const kept = settings.replace(
  'name: settings',
  "name: settings, annotations: { kustomize.toolkit.fluxcd.io/prune: 'disabled' }",
);

describe('an object that another Kustomization applies from now on', () => {
  test('may be deleted first by the one that has applied it', () => {
    expect(
      effectsOf(
        tree({ name: 'one', objects: deployment() + settings }, { name: 'two', objects: database() }),
        tree({ name: 'one', objects: deployment() }, { name: 'two', objects: database() + settings }),
      ),
    ).toEqual([
      'recreated high: ConfigMap shop/settings may be deleted by Kustomization flux-system/one before flux-system/two creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
    ]);
  });

  test('is at risk with its data', () => {
    expect(
      effectsOf(
        tree({ name: 'one', objects: deployment() + database() }, { name: 'two', objects: settings }),
        tree({ name: 'one', objects: deployment() }, { name: 'two', objects: settings + database() }),
      ),
    ).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi), if it is deleted first',
      'recreated critical: Cluster shop/db may be deleted by Kustomization flux-system/one before flux-system/two creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
    ]);
  });

  test('stays where its annotations, or the old Kustomization, keep it', () => {
    expect(
      effectsOf(
        tree({ name: 'one', objects: deployment() + kept }, { name: 'two', objects: database() }),
        tree({ name: 'one', objects: deployment() }, { name: 'two', objects: database() + kept }),
      ),
    ).toEqual([
      'other low: ConfigMap shop/settings stays in the cluster: Kustomization flux-system/two applies it from now on, and Kustomization flux-system/one does not delete it, because its annotations say so',
    ]);
    const more = 'prune: false';
    expect(
      effectsOf(
        tree({ name: 'one', objects: deployment() + settings, more }, { name: 'two', objects: database() }),
        tree({ name: 'one', objects: deployment(), more }, { name: 'two', objects: database() + settings }),
      ),
    ).toEqual([
      'other low: ConfigMap shop/settings stays in the cluster: Kustomization flux-system/two applies it from now on, and Kustomization flux-system/one does not delete it',
    ]);
  });

  test('stays where the old Kustomization has waited for the new one all along', () => {
    const waits = 'prune: true\ndependsOn: [{ name: two }]';
    const waitsBy = (more: string) =>
      tree({ name: 'one', objects: deployment() + settings, more }, { name: 'two', objects: database() });
    const after = tree(
      { name: 'one', objects: deployment(), more: waits },
      { name: 'two', objects: database() + settings },
    );
    expect(effectsOf(waitsBy(waits), after)).toEqual([
      'other low: ConfigMap shop/settings stays in the cluster: Kustomization flux-system/two applies it from now on, and Kustomization flux-system/one, which waits for it, does not delete it',
    ]);
    // That it is ready says nothing of what another source has brought.
    const [elsewhere, then] = [waitsBy(waits), after].map((texts) => ({
      ...texts,
      'flux/other.yaml': source.replaceAll('name: flux-system', 'name: other'),
      'apps/one.yaml': String(texts['apps/one.yaml']).replace('name: flux-system, name', 'name: other, name'),
    }));
    expect(effectsOf(elsewhere as Texts, then as Texts)[0]).toMatch(
      /^recreated high: ConfigMap shop\/settings may be deleted/,
    );
    // Flux may apply the new revision before it reads the new dependsOn.
    expect(effectsOf(waitsBy('prune: true'), after)[0]).toMatch(
      /^recreated high: ConfigMap shop\/settings may be deleted/,
    );
  });

  test('is deleted first, for sure, where the new Kustomization waits for the old one', () => {
    const more = 'prune: true\ndependsOn: [{ name: one }]';
    const found = effectsOf(
      tree({ name: 'one', objects: deployment() + database() }, { name: 'two', objects: settings, more }),
      tree({ name: 'one', objects: deployment() }, { name: 'two', objects: settings + database(), more }),
    );
    expect(found.map((effect) => effect.split('\n')[0])).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)',
      'recreated critical: Cluster shop/db is deleted by Kustomization flux-system/one, and created again by flux-system/two, which waits for it',
    ]);
  });

  test('is deleted and stays away while the new Kustomization is suspended', () => {
    const more = 'prune: true\nsuspend: true';
    expect(
      effectsOf(
        tree({ name: 'one', objects: deployment() + settings }, { name: 'two', objects: database(), more }),
        tree({ name: 'one', objects: deployment() }, { name: 'two', objects: database() + settings, more }),
      ),
    ).toEqual([
      'recreated high: ConfigMap shop/settings is deleted by Kustomization flux-system/one, and not created again for now: Kustomization flux-system/two is suspended\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
      'suspended medium: Kustomization flux-system/two is suspended: 1 change of what it applies does not happen until it is resumed\n  1. To apply the change: `flux resume kustomization two -n flux-system`.',
    ]);
  });

  test('is named once in the plan for all of them', () => {
    const three = [1, 2, 3].map((i) => settings.replace('name: settings', `name: settings-${i}`)).join('');
    const effects = effectsOf(
      tree({ name: 'one', objects: deployment() + three }, { name: 'two', objects: database() }),
      tree({ name: 'one', objects: deployment() }, { name: 'two', objects: database() + three }),
    );
    expect(effects.filter((effect) => effect.includes('In a commit of its own'))).toEqual([
      'recreated high: ConfigMap shop/settings-1 may be deleted by Kustomization flux-system/one before flux-system/two creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
      'recreated high: ConfigMap shop/settings-2 may be deleted by Kustomization flux-system/one before flux-system/two creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
      'recreated high: ConfigMap shop/settings-3 may be deleted by Kustomization flux-system/one before flux-system/two creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
    ]);
  });
});

test('a root whose path leads to a folder without its own file deletes itself and its source', () => {
  const tree = (path: string): Texts => ({
    'clusters/one/gotk-sync.yaml': source + fluxKustomization('flux-system', path, 'prune: true'),
    'clusters/two/a.yaml': object('v1', 'ConfigMap', 'a'),
  });
  const said =
    'is deleted, although its file stays: nothing applies it any more, and Kustomization flux-system/flux-system prunes it';
  const todo =
    '\n  1. Move clusters/one/gotk-sync.yaml into the folder that Kustomization flux-system/flux-system applies from now on.';
  expect(effectsOf(tree('./clusters/one'), tree('./clusters/two'))).toEqual([
    `deleted critical: Kustomization flux-system/flux-system ${said} and, when it is deleted, all that it has applied${todo}`,
    `deleted high: GitRepository flux-system/flux-system ${said}${todo}`,
  ]);
});

describe('a Kustomization with another name', () => {
  const objects = deployment() + settings;

  test('deletes its objects as it goes: the plan keeps them', () => {
    expect(effectsOf(tree({ name: 'shop', objects }), tree({ name: 'store', objects, folder: 'shop' }))).toEqual([
      "recreated high: Kustomization flux-system/shop becomes flux-system/store: if Flux deletes it before the new one has applied them, its 2 objects are deleted and created again\n  1. In a commit of its own, before this one, set `spec.deletionPolicy: Orphan` on Kustomization flux-system/shop.\n  2. Wait until Flux has applied that: `kubectl -n flux-system get kustomizations.kustomize.toolkit.fluxcd.io shop -o jsonpath='{.spec.deletionPolicy}'` prints `Orphan`.\n  3. Then merge this change: Kustomization flux-system/shop is deleted, but its objects stay, and flux-system/store applies them from then on.",
    ]);
    expect(effectsOf(tree({ name: 'shop', objects }), tree({ name: 'store', objects }))).toEqual([
      "recreated high: Kustomization flux-system/shop becomes flux-system/store: if Flux deletes it before the new one has applied them, its 2 objects are deleted and created again\n  1. In a commit of its own, before this one, set `spec.deletionPolicy: Orphan` on Kustomization flux-system/shop.\n  2. Wait until Flux has applied that: `kubectl -n flux-system get kustomizations.kustomize.toolkit.fluxcd.io shop -o jsonpath='{.spec.deletionPolicy}'` prints `Orphan`.\n  3. Then merge this change: Kustomization flux-system/shop is deleted, but its objects stay, and flux-system/store applies them from then on.",
    ]);
  });

  test('is another one in another namespace, too', () => {
    expect(
      effectsOf(tree({ name: 'shop', objects }), tree({ name: 'shop', objects, namespace: 'shop' })).slice(0, 1),
    ).toEqual([
      "recreated high: Kustomization flux-system/shop becomes shop/shop: if Flux deletes it before the new one has applied them, its 2 objects are deleted and created again\n  1. In a commit of its own, before this one, set `spec.deletionPolicy: Orphan` on Kustomization flux-system/shop.\n  2. Wait until Flux has applied that: `kubectl -n flux-system get kustomizations.kustomize.toolkit.fluxcd.io shop -o jsonpath='{.spec.deletionPolicy}'` prints `Orphan`.\n  3. Then merge this change: Kustomization flux-system/shop is deleted, but its objects stay, and shop/shop applies them from then on.",
    ]);
  });

  test('puts data at risk', () => {
    expect(
      effectsOf(
        tree({ name: 'shop', objects: database() }),
        tree({ name: 'store', objects: database(), folder: 'shop' }),
      ),
    ).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi), if Kustomization flux-system/shop is deleted before flux-system/store has applied it',
      "recreated critical: Kustomization flux-system/shop becomes flux-system/store: if Flux deletes it before the new one has applied it, its object is deleted and created again\n  1. In a commit of its own, before this one, set `spec.deletionPolicy: Orphan` on Kustomization flux-system/shop.\n  2. Wait until Flux has applied that: `kubectl -n flux-system get kustomizations.kustomize.toolkit.fluxcd.io shop -o jsonpath='{.spec.deletionPolicy}'` prints `Orphan`.\n  3. Then merge this change: Kustomization flux-system/shop is deleted, but its objects stay, and flux-system/store applies them from then on.",
    ]);
  });

  test('goes without its objects where its deletionPolicy is Orphan, as the plan says', () => {
    expect(
      effectsOf(
        tree({ name: 'shop', objects, more: 'prune: true\ndeletionPolicy: Orphan' }),
        tree({ name: 'store', objects, folder: 'shop' }),
      ),
    ).toEqual([
      'other low: ConfigMap shop/settings stays in the cluster: Kustomization flux-system/store applies it from now on, and Kustomization flux-system/shop does not delete it',
      'other low: Deployment shop/shop stays in the cluster: Kustomization flux-system/store applies it from now on, and Kustomization flux-system/shop does not delete it',
    ]);
  });

  test('may leave objects to two, and some to nobody', () => {
    const before = tree({ name: 'shop', objects: deployment() + settings + database() });
    const after = tree({ name: 'one', objects: deployment() }, { name: 'two', objects: settings });
    expect(effectsOf(before, after)).toEqual([
      'data critical: Cluster shop/db loses its databases: CloudNativePG deletes its volumes with it (1 instance of 1Gi)\n  1. Take a backup to another place, or keep it: put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a commit of its own, and wait until Flux has applied that.',
      'recreated high: ConfigMap shop/settings may be deleted by Kustomization flux-system/shop before flux-system/two creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
      'recreated high: Deployment shop/shop may be deleted by Kustomization flux-system/shop before flux-system/one creates it again\n  1. In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on what moves, and wait until Flux has applied that.\n  2. Then merge this change, and remove the annotation once the new Kustomization is ready.',
      'deleted high: Cluster shop/db is deleted: Kustomization flux-system/shop is deleted with all that it applies',
      'deleted high: Kustomization flux-system/shop is deleted, and 1 object with it; 2 objects move elsewhere',
    ]);
  });
});

describe('what is no move between Kustomizations', () => {
  const objects = deployment();

  test('another folder, or another file', () => {
    const before = tree({ name: 'shop', objects });
    expect(effectsOf(before, tree({ name: 'shop', objects, folder: 'store' }))).toEqual([]);
    expect(changesOf(before, tree({ name: 'shop', objects, folder: 'store' }))).toEqual([
      'changed Kustomization flux-system/shop',
      'moved Deployment shop/shop',
    ]);
    const { 'shop/objects.yaml': text = '', ...rest } = before;
    expect(changesOf(before, { ...rest, 'shop/other.yaml': text })).toEqual(['moved Deployment shop/shop']);
    const { 'apps/shop.yaml': kustomization = '', ...others } = before;
    expect(changesOf(before, { ...others, 'apps/moved.yaml': kustomization })).toEqual([
      'moved Kustomization flux-system/shop',
    ]);
  });
});

test('a renamed Kustomization keeps what its annotations keep', () => {
  const objects = deployment() + kept;
  expect(effectsOf(tree({ name: 'shop', objects }), tree({ name: 'store', objects, folder: 'shop' }))).toEqual([
    "recreated high: Kustomization flux-system/shop becomes flux-system/store: if Flux deletes it before the new one has applied it, 1 of its 2 objects is deleted and created again\n  1. In a commit of its own, before this one, set `spec.deletionPolicy: Orphan` on Kustomization flux-system/shop.\n  2. Wait until Flux has applied that: `kubectl -n flux-system get kustomizations.kustomize.toolkit.fluxcd.io shop -o jsonpath='{.spec.deletionPolicy}'` prints `Orphan`.\n  3. Then merge this change: Kustomization flux-system/shop is deleted, but its objects stay, and flux-system/store applies them from then on.",
    'other low: ConfigMap shop/settings stays in the cluster: Kustomization flux-system/store applies it from now on, and Kustomization flux-system/shop does not delete it, because its annotations say so',
  ]);
});

test('a renamed Kustomization leaves to nobody what has left its folder', () => {
  const more = object('v1', 'ConfigMap', 'more');
  expect(
    effectsOf(
      tree({ name: 'shop', objects: deployment() + settings + more }),
      tree({ name: 'store', objects: deployment() + settings, folder: 'shop' }),
    ),
  ).toEqual([
    "recreated high: Kustomization flux-system/shop is deleted, and flux-system/store applies some of its objects: if Flux deletes it before the new one has applied them, 2 of its 3 objects are deleted and created again\n  1. In a commit of its own, before this one, set `spec.deletionPolicy: Orphan` on Kustomization flux-system/shop.\n  2. Wait until Flux has applied that: `kubectl -n flux-system get kustomizations.kustomize.toolkit.fluxcd.io shop -o jsonpath='{.spec.deletionPolicy}'` prints `Orphan`.\n  3. Then merge this change: Kustomization flux-system/shop is deleted, but its objects stay, and flux-system/store applies them from then on.\n  4. Afterwards, delete by hand what no Kustomization applies any more: ConfigMap shop/more.",
    'deleted medium: ConfigMap shop/more is deleted: Kustomization flux-system/shop is deleted with all that it applies',
  ]);
});
