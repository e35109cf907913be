import { posix } from 'node:path';
import type { Graph } from '../graph/graph';
import { writtenAt } from '../graph/resource';
import { textAt, textsIn } from '../json/read';
import { isKustomizationFile, kustomizationNames } from '../systems/flux/kustomization-names';
import type { Place } from '../tree/kustomize/origin';
import { folderOf } from '../tree/paths';
import type { Position, SourceTree } from '../tree/source';
import { isOn, type Span, spanOf } from './places';
import type { Suggestion } from './suggestion';

/** A field that names a file or a folder. */
export interface FileLink {
  readonly span: Span;
  /** The file in the tree; of a folder its kustomization. */
  readonly target: string;
}

/** The fields of a kustomization that list files or folders, from kustomize's api/types/kustomization.go. */
const lists =
  /^(?:resources|components|bases|crds|configurations|generators|transformers|validators|patchesStrategicMerge)\/\d+$|^(?:patches|patchesJson6902|replacements)\/\d+\/path$|^(?:configMapGenerator|secretGenerator)\/\d+\/(?:files|envs)\/\d+$/;

/** The files that a file names: of a kustomization what it lists, of a Flux Kustomization the folder that it applies. */
export function linksIn({ tree, clusters }: Graph, path: string): readonly FileLink[] {
  const links: FileLink[] = [];
  const add = (place: Place, target: string | undefined) => {
    if (target !== undefined) links.push({ span: spanOf(place, false), target });
  };
  for (const document of isKustomizationFile(path) ? (tree.file(path)?.documents ?? []) : []) {
    for (const { text, path: at } of textsIn(document.value)) {
      if (!lists.test(at.join('/'))) continue;
      add({ document, path: at }, fileAt(tree, posix.join(folderOf(path), fileIn(text))));
    }
  }
  for (const { resource, contents } of clusters.flatMap(({ kustomizations }) => kustomizations)) {
    const place = writtenAt(resource, ['spec', 'path']);
    if (contents.type !== 'built' || place.document.file.path !== path) continue;
    if (textAt(resource.value, 'spec', 'path') !== undefined) add(place, fileAt(tree, contents.folder));
  }
  return links;
}

/** The file that a position names. */
export function linkAt(graph: Graph, path: string, position: Position): FileLink | undefined {
  return linksIn(graph, path).find(({ span }) => isOn(span, position));
}

/** A generator may give a file another name: `key=path`. */
function fileIn(text: string): string {
  return text.slice(text.indexOf('=') + 1);
}

function fileAt(tree: SourceTree, path: string): string | undefined {
  if (tree.typeOf(folderOf(path), posix.basename(path)) === 'file') return path;
  const folder = path === '.' ? '' : path.replace(/\/$/, '');
  const name = kustomizationNames.find((one) => tree.typeOf(folder, one) === 'file');
  return name && posix.join(folder, name);
}

/**
 * Files and folders that a kustomization, or a Flux Kustomization, may name.
 *
 * @param written what of the path is written already
 */
export function suggestedPaths({ tree }: Graph, { document, path }: Place, written: string): readonly Suggestion[] {
  const { file, value } = document;
  const isList = isKustomizationFile(file.path) && lists.test(path.join('/'));
  const isFlux = textAt(value, 'kind') === 'Kustomization' && path.join('/') === 'spec/path' && !isList;
  if (!isList && !isFlux) return [];
  const begun = written.slice(0, written.lastIndexOf('/') + 1);
  const own = isList ? folderOf(file.path) : '';
  const folder = posix.join(own, begun).replace(/\/$/, '');
  const entries = tree.list(folder === '.' ? '' : folder) ?? [];
  const listed = new Set(textsIn(value).flatMap((one) => (lists.test(one.path.join('/')) ? posix.join(one.text) : [])));
  return entries
    .filter(({ name, type }) => type === 'folder' || (isList && /\.ya?ml$/.test(name) && !isKustomizationFile(name)))
    .map(({ name, type }) => ({ text: `${begun || './'}${name}`, detail: type }))
    .filter(({ text }) => !listed.has(posix.join(text)));
}
