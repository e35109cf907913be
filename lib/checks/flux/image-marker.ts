import type { Cluster } from '../../graph/cluster';
import { imageMarker as everyMarker } from '../../systems/image-pin';
import { nearest } from '../../text/nearest';
import { isKnown } from '../../text/symbolic';
import type { Problem, TreeCheck } from '../check';
import { didYouMean } from '../hint';

const group = 'image.toolkit.fluxcd.io';

const marker = new RegExp(everyMarker.source, 'g');

export const imageMarker: TreeCheck = {
  id: 'flux/image-marker',
  severity: 'error',
  title: 'Marker of an image policy that does not exist',
  atRunTime: 'the ImageUpdateAutomation passes over the line, and its image is never updated',
  remedy: 'write namespace:name of an ImagePolicy, with :tag, :name or :digest behind where only that part is meant',
  source: 'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',
  *checkTree({ tree, clusters }) {
    // Without an automation nobody reads them.
    const updated = clusters.filter(({ ofKind }) => ofKind(group, 'ImageUpdateAutomation').length > 0);
    if (updated.length === 0) return;
    for (const { path, text } of tree.files.values()) {
      if (!text.includes('$imagepolicy')) continue;
      for (const [i, line] of text.split('\n').entries()) {
        for (const found of line.matchAll(marker)) {
          const fault = faultOf(found[1] ?? '', updated);
          if (fault === undefined) continue;
          const column = (found.index ?? 0) + found[0].indexOf(found[1] ?? '') + 1;
          yield { at: { file: path, line: i + 1, column }, message: fault } satisfies Problem;
        }
      }
    }
  },
};

function faultOf(text: string, clusters: readonly Cluster[]): string | undefined {
  const [namespace = '', name = '', part, ...more] = text.split(':');
  if (!isKnown(text) || /[$*]/.test(text)) return undefined;
  if (namespace === '' || name === '' || more.length > 0 || (part !== undefined && !/^(?:tag|name|digest)$/.test(part)))
    return `the marker ${text} names no ImagePolicy: it is to be namespace:name, with :tag, :name or :digest behind if need be`;
  if (!clusters.every((cluster) => isAbsent(cluster, namespace, name))) return undefined;
  const all = clusters.flatMap(({ ofKind }) => ofKind(group, 'ImagePolicy'));
  const near = nearest(
    `${namespace}:${name}`,
    all.map((policy) => `${policy.namespace}:${policy.name}`),
  );
  return `the marker names ImagePolicy ${namespace}/${name}, which does not exist${didYouMean(near)}`;
}

function isAbsent(cluster: Cluster, namespace: string, name: string): boolean {
  return cluster.lookup({ group, kind: 'ImagePolicy', namespace, name }).state === 'absent';
}
