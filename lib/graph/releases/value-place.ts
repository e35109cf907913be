import { isJsonObject, type Json, type Path } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { locate } from '../../tree/source';
import { parseFile } from '../../tree/source/parse';
import type { Cluster } from '../cluster';
import type { Resource, ValuePlace } from '../resource';
import { contentOf, keyOf } from './values';

/**
 * Where a value of a HelmRelease is written: in `spec.values`, or in what `spec.valuesFrom` names; of what nobody has written, what is
 * around it.
 */
export function placeOfValue(release: Resource, cluster: Cluster, path: Path): ValuePlace {
  for (let length = path.length; length > 0; length -= 1) {
    const found = writtenIn(release, cluster, path.slice(0, length));
    if (found !== undefined) return found;
  }
  const hasValues = at(release.value, 'spec', 'values') !== undefined;
  return { resource: release, path: hasValues ? ['spec', 'values'] : ['metadata', 'name'], secret: false };
}

function writtenIn(release: Resource, cluster: Cluster, path: Path): ValuePlace | undefined {
  if (at(release.value, 'spec', 'values', ...path) !== undefined) {
    return { resource: release, path: ['spec', 'values', ...path], secret: false };
  }
  // The last that has it counts.
  const entries = [...listAt(release.value, 'spec', 'valuesFrom').entries()].reverse();
  for (const [i, entry] of entries) {
    const found = ofEntry(entry as Json, path, release, cluster);
    if (found === 'entry') {
      return {
        resource: release,
        path: ['spec', 'valuesFrom', i, 'targetPath'],
        secret: textAt(entry, 'kind') === 'Secret',
      };
    }
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofEntry(entry: Json, path: Path, release: Resource, cluster: Cluster): ValuePlace | 'entry' | undefined {
  const target = textAt(entry, 'targetPath') ?? '';
  if (target !== '') return path.join('.') === target ? 'entry' : undefined;
  const kind = textAt(entry, 'kind') ?? '';
  const content = contentOf(entry, release.namespace, cluster);
  const [resource] = cluster.find({ group: '', kind, namespace: release.namespace, name: textAt(entry, 'name') ?? '' });
  if (content.state !== 'known' || resource === undefined) return undefined;
  const [document] = parseFile('values.yaml', content.text).documents;
  if (!isJsonObject(document?.value) || at(document.value, ...path) === undefined) return undefined;
  const { line } = locate(document, path, 'key');
  const part = content.text.split('\n')[line - 1]?.trim() ?? '';
  const field = at(resource.value, 'stringData', keyOf(entry)) === undefined ? 'data' : 'stringData';
  return { resource, path: [field, keyOf(entry)], part, secret: kind === 'Secret' };
}
