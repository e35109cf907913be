import { basename, dirname, join } from 'node:path/posix';
import { isJsonObject, type Json, type Path } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { locate } from '../../tree/source';
import { parseFile } from '../../tree/source/parse';
import type { SourceDocument, SourceTree } from '../../tree/source/source';
import type { Cluster } from '../cluster';
import type { Resource, ValuePlace } from '../resource';
import { contentOf, keyOf } from './values';

/**
 * Where a value of a HelmRelease is written: in `spec.values`, or in what `spec.valuesFrom` names; of what nobody has written, what is
 * around it.
 */
export function placeOfValue(release: Resource, cluster: Cluster, tree: SourceTree, path: Path): ValuePlace {
  for (let length = path.length; length > 0; length -= 1) {
    const found = writtenIn(release, cluster, tree, path.slice(0, length));
    if (found !== undefined) return found;
  }
  const hasValues = at(release.value, 'spec', 'values') !== undefined;
  return { resource: release, path: hasValues ? ['spec', 'values'] : ['metadata', 'name'], secret: false };
}

function writtenIn(release: Resource, cluster: Cluster, tree: SourceTree, path: Path): ValuePlace | undefined {
  if (at(release.value, 'spec', 'values', ...path) !== undefined) {
    return { resource: release, path: ['spec', 'values', ...path], secret: false };
  }
  // The last that has it counts.
  const entries = [...listAt(release.value, 'spec', 'valuesFrom').entries()].reverse();
  for (const [i, entry] of entries) {
    const found = ofEntry(entry as Json, path, release, cluster, tree);
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

function ofEntry(
  entry: Json,
  path: Path,
  release: Resource,
  cluster: Cluster,
  tree: SourceTree,
): ValuePlace | 'entry' | undefined {
  const target = textAt(entry, 'targetPath') ?? '';
  if (target !== '') return path.join('.') === target ? 'entry' : undefined;
  const kind = textAt(entry, 'kind') ?? '';
  const content = contentOf(entry, release.namespace, cluster);
  const [given] = cluster.find({ group: '', kind, namespace: release.namespace, name: textAt(entry, 'name') ?? '' });
  if (content.state !== 'known' || given === undefined) return undefined;
  const [document] = parseFile('values.yaml', content.text).documents;
  if (!isJsonObject(document?.value) || at(document.value, ...path) === undefined) return undefined;
  const key = keyOf(entry);
  const secret = kind === 'Secret';
  const file = generatedOf(given, key, tree);
  if (file !== undefined && at(file.value, ...path) !== undefined) return { document: file, path, given, secret };
  const { line } = locate(document, path, 'key');
  const part = content.text.split('\n')[line - 1]?.trim() ?? '';
  const field = at(given.value, 'stringData', key) === undefined ? 'data' : 'stringData';
  return { resource: given, path: [field, key], part, given, secret };
}

/** The document of the file that a generator puts under a key. */
function generatedOf(
  { generated, document, path }: Resource,
  key: string,
  tree: SourceTree,
): SourceDocument | undefined {
  if (!generated) return undefined;
  const files = listAt(document.value, ...path, 'files').filter((file) => typeof file === 'string');
  const file = files.find((one) => (one.includes('=') ? one.slice(0, one.indexOf('=')) : basename(one)) === key);
  if (file === undefined) return undefined;
  const documents = tree.file(join(dirname(document.file.path), file.slice(file.indexOf('=') + 1)))?.documents;
  return documents?.length === 1 ? documents[0] : undefined;
}
