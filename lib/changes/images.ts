import { describe } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { containersOf, podTemplate } from '../graph/workload';
import { at, textAt } from '../json/read';
import { isCluster } from '../systems/cnpg/names';
import { chartImages } from './chart-images';
import type { Context } from './context';
import { tagOf } from './effects/charts';
import type { ImageChange } from './review';

/** Every image and chart that another version runs of, or that is new: by object, in the order of the changes. */
export function imageChanges({ changes }: Context): ImageChange[] {
  const found: ImageChange[] = [];
  for (const { before, after } of changes) {
    if (after === undefined) continue;
    const [old, now] = [imagesOf(before), imagesOf(after)];
    for (const what of new Set([...old.keys(), ...now.keys()])) {
      const [from, to] = [old.get(what), now.get(what)];
      if (from !== to) found.push({ object: describe(after), what, before: from, after: to });
    }
  }
  return found;
}

/** What an object runs: by container, or by the field that says it, of a chart's values by where it stands in them. */
function imagesOf(resource: Resource | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (resource === undefined) return found;
  const pod = podTemplate(resource);
  for (const { value, init } of pod === undefined ? [] : containersOf(pod)) {
    const image = textAt(value, 'image');
    const name = textAt(value, 'name') ?? '';
    if (image !== undefined) found.set(init ? `${name} (init)` : name, image);
  }
  const { group, kind, value } = resource;
  const add = (what: string, version: string | undefined) => version !== undefined && found.set(what, version);
  if (isCluster(resource)) add('imageName', textAt(value, 'spec', 'imageName'));
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    const chart = textAt(value, 'spec', 'chart', 'spec', 'chart');
    const version = textAt(value, 'spec', 'chart', 'spec', 'version');
    if (chart !== undefined && version !== undefined) found.set('chart', `${chart}:${version}`);
    for (const [where, image] of chartImages(at(value, 'spec', 'values'))) found.set(where, image);
  }
  if (group === 'source.toolkit.fluxcd.io' && kind === 'OCIRepository') {
    const tag = tagOf(resource);
    const url = textAt(value, 'spec', 'url');
    if (tag !== undefined) found.set('artifact', `${url?.replace(/^oci:\/\//, '') ?? ''}:${tag}`);
  }
  return found;
}
