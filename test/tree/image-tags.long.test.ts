import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkSynthesized, synthesizedGraph } from '../../lib/checks/check-synthesized';
import { keyOf } from '../../lib/cli/cache-key';
import type { Json } from '../../lib/json/json';
import type { Tree, TreeFile } from '../../lib/tree';
import { mindsTags, withoutTags } from '../../lib/tree/image-tags';
import { renderTree } from '../../lib/tree/render';
import { readFolder } from '../../lib/tree/source';
import { repository } from '../repository';

const pod = (...images: readonly Json[]): Json => ({ containers: images.map((image) => ({ name: 'a', image })) });
const deployment = (image: Json): Json => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: { replicas: 2, template: { metadata: { labels: { app: 'shop' } }, spec: pod(image) } },
});
const file = (...documents: Json[]): TreeFile => ({ path: 'apps/shop.yaml', madeBy: 'Shop at shop', documents });

describe('an image without its tag', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  test.each([
    ['ghcr.io/acme/shop:1.2.3', 'ghcr.io/acme/shop:', ':1.2.3'],
    ['shop:v2.0.0-rc.1', 'shop:', ':v2.0.0-rc.1'],
    ['shop:sha-3f2a9c1', 'shop:', ':sha-3f2a9c1'],
    ['registry:5000/shop:main-20260101', 'registry:5000/shop:', ':main-20260101'],
    [`shop@${digest}`, 'shop@', `@${digest}`],
    [`shop:1@${digest}`, 'shop:@', `:1@${digest}`],
  ])('%s', (image, name, tag) => {
    expect(withoutTags(file(deployment(image)))).toEqual({ documents: [deployment(name)], tags: [tag] });
  });

  test.each([
    'shop',
    'registry:5000/shop',
    'shop:latest',
    'shop:1.0-backstage',
    'shop:${TAG}',
    '12:30',
    `shop@sha256:0a`,
    'shop:1 ',
    'Shop:1',
    '',
    7,
    null,
    ['shop:1'],
  ])('is not made of %j, which may mean something', (image) => {
    expect(withoutTags(file(deployment(image)))).toBeUndefined();
  });

  test('tells which of several images had which tag', () => {
    const two = (...images: string[]) =>
      withoutTags(file({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod(...images) }));
    expect(two('a:1', 'b:')?.tags).toEqual([':1', '']);
    expect(two('a:', 'b:1')?.tags).toEqual(['', ':1']);
    expect(two('a:', 'b')).toBeUndefined();
  });

  test('is found in every kind that runs pods, in all their containers, and nowhere else', () => {
    const metadata = { name: 'shop' };
    const spec = { ...(pod('a:1', 'b:2') as object), initContainers: [{ name: 'i', image: 'c:3' }], volumes: [] };
    const job = { template: { spec } };
    const documents: Json[] = [
      { apiVersion: 'v1', kind: 'Pod', metadata, spec },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: job },
      { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: job },
      { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: job },
      { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate: { spec: job } } },
    ];
    const found = withoutTags(file(...documents));
    expect(found?.tags).toEqual(documents.flatMap(() => [':1', ':2', ':3']));
    expect(JSON.stringify(found?.documents)).toBe(
      JSON.stringify(documents).replaceAll('a:1', 'a:').replaceAll('b:2', 'b:').replaceAll('c:3', 'c:'),
    );
    const other = { apiVersion: 'acme.org/v1', kind: 'Deployment', metadata, spec: job };
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'pod.yaml': 'image: a:1' } };
    expect(
      withoutTags(file(other, config, { apiVersion: 'apps/v1', kind: 'Deployment', spec: 'a:1' })),
    ).toBeUndefined();
  });
});

describe('what minds the tags of images', () => {
  const flux = (spec: Json): Json => ({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', spec });
  const kustomization = (fields: object): TreeFile => ({
    path: 'apps/kustomization.yaml',
    madeBy: '',
    documents: [{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [], ...fields }],
  });
  const list = { apiVersion: 'v1', kind: 'List', items: [flux({ path: 'a', images: [] })] };
  test.each<[string, TreeFile]>([
    ['a generator, which may read a file', kustomization({ configMapGenerator: [{ name: 'a', files: ['b.yaml'] }] })],
    ['a list, which may hold a Kustomization', file(list)],
    ['a list of a kind of its own', file({ ...list, kind: 'KustomizationList' })],
    ['a kind that is filled in', file({ ...(flux({ path: 'a' }) as object), kind: '${KIND}' })],
    ['a group that is filled in', file({ apiVersion: '${GROUP}/v1', kind: 'Kustomization', spec: {} })],
    ['a field that is filled in', file(flux({ path: 'a', '${FIELD}': [] }))],
    ['a spec that is filled in', file(flux('${SPEC}'))],
    ['a prefix', file(flux({ path: 'a', namePrefix: 'a-' }))],
    ['a kustomization.yaml of another name', { ...kustomization({ patches: [] }), path: 'apps/Kustomization' }],
    ['a patch, which may test one', kustomization({ patches: [] })],
    ['images that kustomize sets', kustomization({ images: [] })],
    ['a replacement', kustomization({ replacements: [] })],
    ['a component of another folder', kustomization({ components: ['../a'] })],
    ['a field that nobody knows', kustomization({ more: 1 })],
    ['a patch of Flux', file(flux({ path: 'a', patches: [] }))],
    ['images that Flux sets', file(flux({ path: 'a', images: [] }))],
    ['a transformer', file({ apiVersion: 'kustomize.config.k8s.io/v1', kind: 'Component' })],
    ['the Flux Operator', file({ apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance' })],
    ['no object', file('a')],
  ])('%s', (_, one) => {
    expect(mindsTags({ files: [kustomization({}), one] })).toBe(true);
  });

  test('is not what lists and names', () => {
    const files = [kustomization({ namespace: 'shop', labels: [] }), file(flux({ path: 'a', prune: true }))];
    expect(mindsTags({ files: [...files, file(deployment('a:1'))] })).toBe(false);
  });
});

/** The trees that rules are tested with: whatever a rule looks at is in one of them. */
const trees = readdirSync(join(repository, 'test', 'checks', 'rules'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^(?:clean|flagged)[\w-]*$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

test('no rule finds anything else where images have other tags', () => {
  let compared = 0;
  for (const folder of trees) {
    const files = [...readFolder(folder).files.values()].map(({ path, documents }) => ({
      path,
      madeBy: '',
      documents: documents.map(({ value }) => value),
    }));
    const tree: Tree = { files: files.filter(({ documents }) => documents.length > 0) };
    if (mindsTags(tree)) continue;
    const other: Tree = { files: tree.files.map((one) => retagged(one)) };
    if (JSON.stringify(other) === JSON.stringify(tree)) continue;
    compared += 1;
    expect({ folder, found: found(other) }).toEqual({ folder, found: found(tree) });
    const [one, two] = [tree, other].map((it) => key(it));
    expect(two?.hash).toBe(one?.hash);
    expect(two?.tags).not.toBe(one?.tags);
  }
  expect(compared).toBeGreaterThan(50);
});

function retagged(one: TreeFile): TreeFile {
  const documents = withoutTags(one)?.documents ?? one.documents;
  const other = JSON.stringify(documents, (field, value) => {
    if (field !== 'image' || !/[:@]$/.test(value)) return value;
    return value.endsWith('@') ? `${value}sha256:${'0f'.repeat(32)}` : `${value}v99.0.0-rc.1`;
  });
  return { ...one, documents: JSON.parse(other) };
}

/** Where a tree could be rendered: some of the rules' trees have an object twice. */
function texts(tree: Tree): ReadonlyMap<string, string> {
  return new Map(tree.files.map((one) => [one.path, renderTree({ files: [one] }).get(one.path) ?? '']));
}

function found(tree: Tree): unknown {
  const { findings, unknowns, counts } = checkSynthesized(synthesizedGraph(tree, texts(tree), { outdir: 'dist' }));
  return { findings: findings.map(({ frame, ...finding }) => finding), unknowns, counts };
}

function key(tree: Tree) {
  const seen = { prefix: 'dist', inside: '' };
  return keyOf({ tree, own: texts(tree), seen, check: {}, rules: undefined, program: 'a' });
}
