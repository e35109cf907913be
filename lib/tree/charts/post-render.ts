import type { JsonObject } from '../../json/json';
import { listAt, objectAt } from '../../json/read';
import { makeBuild } from '../kustomize';
import { idOf, keyOf, nameOf } from '../kustomize/item';
import { sourceOfTree } from '../source';
import type { RenderedObject, RenderInput } from './chart';
import { type Failed, isOfCrds } from './documents';
import { type Added, withMetadata } from './release';

/**
 * What helm-controller does with what a chart makes (1.6 internal/postrender): `spec.postRenderers` in their order, then
 * `spec.commonMetadata`, then the labels that say which HelmRelease it is from. The definitions of `crds/` get the labels alone
 * (internal/action/crds.go); hooks all of it, unless the strategy leaves them out.
 */
export function postRender(
  objects: readonly RenderedObject[],
  { postRenderers = [], postRenderStrategy, commonMetadata, origin }: RenderInput,
): readonly RenderedObject[] | Failed {
  const isIncluded = ({ template, hooks }: RenderedObject) =>
    !isOfCrds(template) && !(postRenderStrategy === 'nohooks' && hooks.length > 0);
  let included: readonly RenderedObject[] = objects.filter(isIncluded);
  const twice = madeTwice(included);
  if (twice !== undefined) return twice;
  for (const [i, renderer] of listAt(postRenderers).entries()) {
    const kustomize = objectAt(renderer, 'kustomize');
    const made = kustomize && kustomized(included, kustomize, i);
    if (made === undefined) continue;
    if ('type' in made) return made;
    included = made;
  }
  const ofRelease = origin && {
    'helm.toolkit.fluxcd.io/name': origin.name,
    'helm.toolkit.fluxcd.io/namespace': origin.namespace,
  };
  const common = objectAt(commonMetadata, 'labels');
  const labels = common || ofRelease ? { ...common, ...ofRelease } : undefined;
  const annotations = objectAt(commonMetadata, 'annotations');
  const definitions = objects.filter(({ template }) => isOfCrds(template)).map(adding({ labels: ofRelease }));
  const others = objects.filter((object) => !isOfCrds(object.template) && !isIncluded(object));
  return [...definitions, ...included.map(adding({ labels, annotations })), ...others];
}

function adding(added: Added): (object: RenderedObject) => RenderedObject {
  return ({ value, template, hooks }) => ({ value: withMetadata(value, added), template, hooks });
}

/** kustomize has no object twice; what is a hook as well may stand beside it, as Helm 3 and other strategies allow. */
function madeTwice(objects: readonly RenderedObject[]): Failed | undefined {
  const known = new Map<string, RenderedObject>();
  for (const object of objects) {
    if (object.hooks.length > 0) continue;
    const id = idOf(object.value);
    const key = keyOf(id);
    const other = known.get(key);
    if (other === undefined) {
      known.set(key, object);
      continue;
    }
    const where =
      other.template === object.template
        ? `twice by ${other.template}`
        : `by ${other.template} and by ${object.template}`;
    return {
      type: 'failed',
      template: object.template,
      message: `${nameOf(id)} is made ${where}, and Flux installs none of it`,
    };
  }
  return undefined;
}

const input = 'helm-output.yaml';

/** The objects as kustomize builds them with the patches and images of the post-renderer at an index. */
function kustomized(
  objects: readonly RenderedObject[],
  { patches, images }: JsonObject,
  index: number,
): readonly RenderedObject[] | Failed {
  const kustomization = { resources: [input], ...(patches && { patches }), ...(images && { images }) };
  const files = [
    { path: 'kustomization.yaml', madeBy: '', documents: [kustomization] },
    { path: input, madeBy: '', documents: objects.map(({ value }) => value) },
  ];
  const built = makeBuild(sourceOfTree({ files }, new Map(), '.'))('');
  const fault = built.faults.find(({ fails }) => fails);
  if (fault === undefined) {
    return built.objects.map(({ value, document }) => ({ ...(objects[document.index] as RenderedObject), value }));
  }
  const { template } = (fault.document.file.path === input && objects[fault.document.index]) || {};
  const within = template === undefined ? fault.path : [];
  const path = ['spec', 'postRenderers', index, 'kustomize', ...within];
  return { type: 'failed', message: fault.message, path, ...(template !== undefined && { template }) };
}
