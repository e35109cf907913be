import type { Json, JsonObject } from '../../../lib/json/json';
import type { RenderedObject, RenderInput } from '../../../lib/tree/charts';
import { postRender } from '../../../lib/tree/charts/post-render';
import { input } from './helm';

const object = (
  kind: string,
  name: string,
  more: JsonObject = {},
  template = 'templates/all.yaml',
): RenderedObject => ({
  value: { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, metadata: { name }, ...more },
  template,
  hooks: [],
});

const web = object('Deployment', 'web', {
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'web', image: 'example.org/web:v1' }] } } },
});
const migrate: RenderedObject = { ...object('Pod', 'migrate', {}, 'templates/hook.yaml'), hooks: ['pre-install'] };
const definition: RenderedObject = { ...object('CustomResourceDefinition', 'webs.example.org', {}, 'crds/webs.yaml') };

const valuesOf = (objects: readonly RenderedObject[], more: Partial<RenderInput>) => {
  const made = postRender(objects, { ...input, ...more });
  if ('type' in made) throw new Error(made.message);
  return made.map(({ value }) => value);
};

test('patches and images are taken in the order of the post-renderers', () => {
  const postRenderers: Json = [
    {
      kustomize: {
        patches: [
          { patch: '- { op: replace, path: /spec/replicas, value: 3 }', target: { kind: 'Deployment' } },
          { patch: 'apiVersion: v1\nkind: Pod\nmetadata: { name: migrate }\n$patch: delete\n' },
        ],
      },
    },
    { kustomize: { images: [{ name: 'example.org/web', newName: 'example.net/web', newTag: 'v2' }] } },
  ];
  expect(valuesOf([web, migrate], { postRenderers })).toEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 3, template: { spec: { containers: [{ name: 'web', image: 'example.net/web:v2' }] } } },
    },
  ]);
});

test('what is made keeps the file that it is from', () => {
  const postRenderers = [
    { kustomize: { patches: [{ patch: '- { op: add, path: /spec, value: {} }', target: { kind: 'Pod' } }] } },
  ];
  const made = postRender([web, migrate], { ...input, postRenderers });
  expect(made).toEqual([
    expect.objectContaining({ template: 'templates/all.yaml', hooks: [] }),
    expect.objectContaining({ template: 'templates/hook.yaml', hooks: ['pre-install'] }),
  ]);
});

test('the labels of the HelmRelease win over common ones, and definitions have no others', () => {
  const metadata = {
    origin: { name: 'web', namespace: 'flux' },
    commonMetadata: {
      labels: { team: 'a', 'helm.toolkit.fluxcd.io/name': 'other' },
      annotations: { note: 'b' },
    },
  };
  const labels = { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'flux' };
  expect(valuesOf([object('Secret', 'a'), definition], metadata)).toEqual([
    expect.objectContaining({ kind: 'CustomResourceDefinition', metadata: { name: 'webs.example.org', labels } }),
    expect.objectContaining({
      kind: 'Secret',
      metadata: { name: 'a', labels: { team: 'a', ...labels }, annotations: { note: 'b' } },
    }),
  ]);
});

test('hooks are left alone by the strategy nohooks', () => {
  const commonMetadata = { labels: { team: 'a' } };
  const labelsOf = (postRenderStrategy?: string) =>
    valuesOf([object('Secret', 'a'), migrate], { commonMetadata, postRenderStrategy }).map(
      ({ metadata }) => (metadata as JsonObject).labels,
    );
  expect(labelsOf()).toEqual([{ team: 'a' }, { team: 'a' }]);
  expect(labelsOf('nohooks')).toEqual([{ team: 'a' }, undefined]);
});

test('a patch that fails is told at its place in the HelmRelease', () => {
  const patches: Json = [
    { patch: '- { op: replace, path: /spec/replicas, value: 3 }', target: { kind: 'Deployment' } },
    { patch: 'apiVersion: v1\nkind: Pod\nmetadata: { name: nobody }\nspec: {}\n' },
  ];
  expect(postRender([web], { ...input, postRenderers: [{ kustomize: { patches } }] })).toEqual({
    type: 'failed',
    path: ['spec', 'postRenderers', 0, 'kustomize', 'patches', 1],
    message: expect.stringContaining('Pod nobody'),
  });
});

test('an object may be a hook as well, and not made twice', () => {
  const pod = object('Pod', 'migrate');
  expect(valuesOf([pod, migrate], {})).toHaveLength(2);
  expect(postRender([pod, object('Pod', 'migrate', {}, 'charts/b/templates/pod.yaml')], input)).toEqual({
    type: 'failed',
    template: 'charts/b/templates/pod.yaml',
    message:
      'Pod migrate is made by templates/all.yaml and by charts/b/templates/pod.yaml, and Flux installs none of it',
  });
});
