import { fluxKustomization, object } from '../graph/graph';
import { committedTrees } from '../robust/seeds';
import type { Texts } from '../tree/kustomize/memory';
import { changesOf, checkedReviewOf, database, deployment, effectsOf, reviewOf, shop, source } from './review-of';

const empty: Texts = {};
const moved = (texts: Texts, folder: string): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      `${folder}/${path}`,
      String(text).replace(/path: \.\//g, `path: ./${folder}/`),
    ]),
  );

describe('a tree and itself', () => {
  const trees = committedTrees();

  test.each(['dist', 'examples/fleet/dist', 'test/checks/trees/by-hand'])(
    '%s has no changes, effects or findings',
    (name) => {
      const texts = trees.get(name) ?? {};
      expect(Object.keys(texts).length).toBeGreaterThan(0);
      const { danger, clusters, found, mended } = checkedReviewOf(texts, texts);
      expect({ danger, clusters, found, mended }).toEqual({ danger: 'none', clusters: [], found: [], mended: [] });
    },
  );

  test('nor has one with other formatting and another order', () => {
    const text = deployment() + object('v1', 'ConfigMap', 'a', 'data: { a: b, c: d }');
    const other = object('v1', 'ConfigMap', 'a', '# A comment\ndata:\n  c: \'d\'\n  a: "b"') + deployment();
    expect(reviewOf(shop(text), shop(other))).toMatchObject({ danger: 'none', clusters: [] });
  });
});

test('a renamed Kustomization makes no finding a new one', () => {
  const claim = object('v1', 'PersistentVolumeClaim', 'data', 'spec: { accessModes: [ReadWriteOnce] }', 'shop');
  const before = shop(claim);
  const after = { ...before, 'flux/ks.yaml': fluxKustomization('store', './shop', 'prune: true') };
  const about = 'prunes';
  const said = ({ found, mended, noLongerReported }: ReturnType<typeof checkedReviewOf>) =>
    [found, mended, noLongerReported].map((all) => all.filter(({ message }) => message.includes(about)).length);
  expect(said(checkedReviewOf({}, after))).toEqual([1, 0, 0]);
  expect(said(checkedReviewOf(before, after))).toEqual([0, 0, 0]);
});

describe('sides that change places', () => {
  const one = shop(deployment() + object('v1', 'ConfigMap', 'a') + object('v1', 'Secret', 'b', 'stringData: { a: b }'));
  const two = shop(deployment('tty: true') + database() + object('v1', 'Secret', 'b', 'stringData: { a: c }'));
  const swapped = { created: 'deleted', deleted: 'created', changed: 'changed', moved: 'moved' };

  test('turn what is created into what is deleted, and back', () => {
    const back = reviewOf(two, one).clusters[0]?.changes ?? [];
    expect(reviewOf(one, two).clusters[0]?.changes.map(({ type, object: on }) => [swapped[type], on])).toEqual(
      back.map(({ type, object: on }) => [type, on]),
    );
    expect(changesOf(one, two)).toEqual([
      'created Cluster shop/db',
      'deleted ConfigMap shop/a',
      'changed Deployment shop/shop',
      'changed Secret shop/b',
    ]);
  });

  test('turn every field around', () => {
    const fields = (before: Texts, after: Texts) =>
      reviewOf(before, after).clusters[0]?.changes.flatMap(({ fields: all }) => all) ?? [];
    expect(fields(one, two).map(({ path, before, after }) => [path, after, before])).toEqual(
      fields(two, one).map(({ path, before, after }) => [path, before, after]),
    );
  });
});

describe('what there is on one side only', () => {
  const tree = shop(deployment() + database());

  test('a cluster that is made', () => {
    const review = reviewOf(empty, tree);
    expect(review.clusters.map(({ type, name, danger, changes }) => [type, name, danger, changes.length])).toEqual([
      ['created', 'cluster', 'low', 4],
    ]);
    expect(effectsOf(empty, tree)).toEqual([]);
  });

  test('a cluster that goes', () => {
    expect(reviewOf(tree, empty).clusters.map(({ type, danger }) => [type, danger])).toEqual([['deleted', 'critical']]);
    expect(effectsOf(tree, empty)).toEqual([
      'deleted critical: Cluster shop/db may be deleted with its data: Kustomization flux-system/shop deletes it when it is deleted itself, and what applies it is not in the tree',
      'deleted high: Kustomization flux-system/shop may be deleted, and 2 objects with it: what applies it is not in the tree\n  1. Before the merge, find out what applies it, and whether that deletes what it no longer finds.',
      'deleted medium: Deployment shop/shop may be deleted: Kustomization flux-system/shop deletes it when it is deleted itself, and what applies it is not in the tree',
      'deleted medium: GitRepository flux-system/flux-system may be deleted: what applies it is not in the tree',
    ]);
  });

  test('nothing at all', () => {
    expect(reviewOf(empty, empty)).toEqual({
      base: 'before',
      head: 'after',
      danger: 'none',
      compared: [],
      clusters: [],
      found: [],
      mended: [],
      noLongerReported: [],
      unknown: [],
    });
  });
});

describe('clusters', () => {
  const cluster = (name: string, objects: string): Texts => ({
    [`clusters/${name}/ks.yaml`]: source + fluxKustomization('shop', `./apps/${name}`, 'prune: true'),
    [`apps/${name}/shop.yaml`]: objects,
  });

  test('are compared each with itself', () => {
    const before = { ...cluster('one', deployment()), ...cluster('two', deployment()) };
    const after = {
      ...cluster('one', deployment('tty: true')),
      ...cluster('two', deployment()),
      ...cluster('three', deployment()),
    };
    expect(reviewOf(before, after).clusters.map(({ name, type, danger }) => [name, type, danger])).toEqual([
      ['one', 'changed', 'medium'],
      ['three', 'created', 'low'],
    ]);
  });

  test('are the same in another folder, where there is but one', () => {
    const before = cluster('one', deployment());
    const review = reviewOf(before, moved(before, 'kubernetes'));
    expect(
      review.clusters.map(({ name, type, danger, changes }) => [
        name,
        type,
        danger,
        ...new Set(changes.map((change) => change.type)),
      ]),
    ).toEqual([['one', 'changed', 'high', 'moved', 'changed']]);
  });
});

describe('what the checks find', () => {
  const leaky = (value: string) => object('v1', 'ConfigMap', 'a', `data: { API_TOKEN: ${value} }`);

  test('is new, or fixed, wherever its line is', () => {
    const clean = shop(deployment());
    const faulty = shop(`# A line\n${deployment('envFrom: [{ configMapRef: { name: gone } }]')}`);
    const rules = (before: Texts, after: Texts) => {
      const { found, mended } = checkedReviewOf(before, after);
      return [found.map(({ rule }) => rule), mended.map(({ rule }) => rule)];
    };
    const [found = []] = rules(clean, faulty);
    expect(found.length).toBeGreaterThan(0);
    expect(rules(faulty, clean)).toEqual([[], ['secrets/missing']]);
    expect(rules(faulty, { ...faulty, 'shop/shop.yaml': `# Another\n${faulty['shop/shop.yaml']}` })).toEqual([[], []]);
    expect(checkedReviewOf(clean, faulty).danger).toBe('high');
  });

  test('is not fixed, but no longer reported, where what it was about is deleted', () => {
    const broken = object(
      'v1',
      'Pod',
      'a',
      'spec: { containers: [{ name: a, envFrom: [{ configMapRef: { name: gone } }] }] }',
    );
    const { mended, noLongerReported } = checkedReviewOf(shop(deployment() + broken), shop(deployment()));
    expect([mended.map(({ rule }) => rule), noLongerReported.map(({ rule }) => rule)]).toEqual([
      [],
      expect.arrayContaining(['secrets/missing']),
    ]);
  });

  test('is none the newer for another hash at the end of a generated name', () => {
    const generating = (value: string): Texts => ({
      ...shop(''),
      'shop/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nsecretGenerator: [{ name: env, namespace: shop, literals: [API_KEY=${value}] }]\n`,
    });
    const { 'shop/shop.yaml': _, ...before } = generating('first-of-them');
    const { 'shop/shop.yaml': __, ...after } = generating('second-of-them');
    expect(checkedReviewOf(before, after)).toMatchObject({ danger: 'low', found: [], mended: [] });
  });

  test('shows no credential', () => {
    expect(
      JSON.stringify(checkedReviewOf(shop(deployment()), shop(deployment() + leaky('hunter22hunter22')))),
    ).not.toContain('hunter22');
  });
});

describe('a Kustomization that nobody can build', () => {
  test('is said, and what it has applied is not taken for deleted', () => {
    const before = shop(deployment());
    const after = { ...before, 'flux/ks.yaml': fluxKustomization('shop', './gone', 'prune: true') };
    expect(effectsOf(before, after)).toEqual([
      `blocked high: Kustomization flux-system/shop fails, and what it has applied stays as it is: there is no folder ./gone
  1. Correct spec.path: it starts at the root of the source, such as ./apps/backstage.`,
      'orphaned low: Deployment shop/shop is deleted later, not now: Kustomization flux-system/shop fails, because its folder is not there',
    ]);
    expect(reviewOf(before, after).unknown).toEqual([
      'What Kustomization flux-system/shop applies: the tree has no folder `gone`.',
    ]);
  });

  test('reads from elsewhere: what has become of its objects is not known', () => {
    const before = shop(deployment());
    const elsewhere = fluxKustomization('shop', './shop', 'prune: true').replace(
      'kind: GitRepository, name: flux-system',
      'kind: OCIRepository, name: shop',
    );
    expect(effectsOf(before, { ...before, 'flux/ks.yaml': elsewhere })).toEqual([
      'other high: Kustomization flux-system/shop reads from OCIRepository flux-system/shop instead of GitRepository flux-system/flux-system: that may hold another revision, which is not compared here',
    ]);
  });
});

describe('blast radius', () => {
  test('says who waits for what changes, and who reads it', () => {
    const tree = (value: string): Texts => ({
      'flux/source.yaml': source,
      'flux/base.yaml': fluxKustomization('base', './base', 'prune: true'),
      'flux/shop.yaml': fluxKustomization('shop', './shop', 'prune: true\ndependsOn: [{ name: base }]'),
      'flux/last.yaml': fluxKustomization('last', './last', 'prune: true\ndependsOn: [{ name: shop }]'),
      'base/a.yaml': object('v1', 'ConfigMap', 'settings', `data: { a: ${value} }`),
      'shop/shop.yaml': deployment('envFrom: [{ configMapRef: { name: settings } }]'),
      'last/a.yaml': object('v1', 'ConfigMap', 'other'),
    });
    expect(reviewOf(tree('a'), tree('b')).clusters[0]?.blast).toEqual([
      {
        kustomization: 'flux-system/base',
        changes: 1,
        dependents: ['flux-system/shop', 'flux-system/last'],
        readers: ['Deployment shop/shop reads ConfigMap shop/settings'],
      },
    ]);
  });

  test('says what refers to an object that changes', () => {
    const tree = (verb: string): Texts => ({
      'flux/source.yaml': source,
      'flux/base.yaml': fluxKustomization('base', './base', 'prune: true'),
      'flux/shop.yaml': fluxKustomization('shop', './shop', 'prune: true'),
      'base/role.yaml': object('rbac.authorization.k8s.io/v1', 'Role', 'reader', `rules: [{ verbs: [${verb}] }]`),
      'shop/binding.yaml': object(
        'rbac.authorization.k8s.io/v1',
        'RoleBinding',
        'reader',
        'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }',
      ),
    });
    expect(reviewOf(tree('get'), tree('list')).clusters[0]?.blast.map(({ readers }) => readers)).toEqual([
      ['RoleBinding shop/reader refers to Role shop/reader'],
    ]);
  });
});

test('images are listed by container, with those that come and go', () => {
  const before = shop(deployment('', '', "      initContainers: [{ name: init, image: 'acme/init:1' }]"));
  const after = shop(deployment().replace('shop:1', 'shop:2') + database("instances: 1, imageName: 'x/postgresql:17'"));
  expect(reviewOf(before, after).clusters[0]?.images).toEqual([
    { object: 'Deployment shop/shop', what: 'init (init)', before: 'acme/init:1' },
    { object: 'Deployment shop/shop', what: 'shop', before: 'acme/shop:1', after: 'acme/shop:2' },
    { object: 'Cluster shop/db', what: 'imageName', after: 'x/postgresql:17' },
  ]);
});

test('images in the values of a chart are listed, however the chart has them', () => {
  const release = (values: string) =>
    object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', `spec: { interval: 1h, values: ${values} }`);
  const images = (before: string, after: string) =>
    reviewOf(shop(release(before)), shop(release(after))).clusters.flatMap((cluster) =>
      cluster.images.map(({ what, before: old, after: now }) => `${what}: ${old} → ${now}`),
    );
  expect(
    images(
      "{ app: { image: { repository: acme/shop, tag: '1' } } }",
      '{ app: { image: { repository: acme/shop, tag: 2 } } }',
    ),
  ).toEqual(['app.image: acme/shop:1 → acme/shop:2']);
  expect(
    images(
      '{ image: { registry: ghcr.io, repository: acme/shop, tag: a, digest: "sha256:1" } }',
      '{ image: { registry: ghcr.io, repository: acme/shop, tag: a, digest: "sha256:2" } }',
    ),
  ).toEqual(['image: ghcr.io/acme/shop:a@sha256:1 → ghcr.io/acme/shop:a@sha256:2']);
  expect(images("{ jobs: [{ image: 'acme/shop:1' }] }", "{ jobs: [{ image: 'acme/shop:2' }] }")).toEqual([
    'jobs.0.image: acme/shop:1 → acme/shop:2',
  ]);
  const other = (tag: string) => `{ git: { repository: 'https://user:word@example.com/a', tag: ${tag} } }`;
  expect(images(other('a'), other('b'))).toEqual([]);
  expect(
    images('{ backup: { repository: a }, image: { tag: a } }', '{ backup: { repository: b }, image: { tag: b } }'),
  ).toEqual([]);
});
