import type { Resource } from '../../graph/resource';
import type { SetFault } from '../../graph/resource-sets/contents';
import { keysAt, listAt } from '../../json/read';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';

export const resourceSetFails: ClusterCheck = {
  id: 'flux/resource-set-fails',
  severity: 'error',
  title: 'ResourceSet that the Flux Operator cannot build',
  atRunTime:
    'the operator stops at the template: the ResourceSet is stalled, and none of its objects is applied or updated',
  remedy: 'write a template that works with every input: `<< get inputs "NAME" >>` reads one that may be missing',
  source: 'flux-operator 0.58 internal/builder/resourceset.go, internal/inputs',
  *check(cluster) {
    for (const [set, contents] of cluster.resourceSets) {
      if (contents.type !== 'fails') continue;
      const told = new Set<string>();
      for (const { path, part, message } of contents.faults) {
        const key = JSON.stringify([path, part, message]);
        if (told.has(key)) continue;
        told.add(key);
        yield {
          at: { resource: set, path, ...(part !== undefined && { part }) },
          message: `${message}${hint(set, message)}`,
          ...(message.includes('no YAML') && { remedy: 'quote what is filled in, as in << inputs.name | quote >>' }),
        };
      }
    }
  },
};

/** Of an input that is missing: one of a name like it. */
function hint(set: Resource, message: SetFault['message']): string {
  const key = /^map has no entry for key "(.*)"$/.exec(message)?.[1];
  if (key === undefined) return '';
  const keys = listAt(set.value, 'spec', 'inputs').flatMap((input) => keysAt(input));
  return didYouMean(nearest(key, [...new Set(keys)]));
}
