import type { Graph } from '../../graph/graph';
import { describe, isObject } from '../../graph/identity';
import { textAt } from '../../graph/json';
import { shownPath } from '../../graph/shown-path';
import { folderOf } from '../../tree/paths';
import type { SourceDocument, SourceFile } from '../../tree/source/source';
import type { TreeCheck } from '../check';

/** Beside a kustomization.yaml, Flux applies only what that lists (https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml). */
export const unreached: TreeCheck = {
  id: 'tree/unreached',
  severity: 'warning',
  title: 'File that no Kustomization applies',
  atRunTime: 'its objects are never applied, and what somebody changes in it has no effect',
  remedy:
    'list the file in the kustomization.yaml beside it, or delete it; a comment there that names it keeps it as it is',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml',
  *checkTree(graph) {
    const listing = listings(graph);
    const said = new Set<string>();
    for (const document of graph.unreached) {
      const { path } = document.file;
      if (said.has(path)) continue;
      said.add(path);
      const kustomization = nearest(path, listing, graph);
      // Named in a comment, it was taken out on purpose.
      if (kustomization === undefined || names(kustomization.file, path)) continue;
      const { value } = document;
      const object = isObject(value)
        ? describe({
            kind: value.kind,
            name: value.metadata.name,
            namespace: textAt(value, 'metadata', 'namespace') ?? '',
          })
        : path;
      yield {
        at: { document, path: ['metadata', 'name'] },
        message: `${object} is never applied: ${shownPath(graph.tree, kustomization.file.path)} does not list ${path.slice(folderOf(kustomization.file.path).length).replace(/^\//, '')}`,
      };
    }
  },
};

/** The kustomizations that take part in a build, by the folder that they lie in. */
function listings({ builds }: Graph): ReadonlyMap<string, SourceDocument> {
  return new Map(
    builds.flatMap(({ kustomizations }) => kustomizations.map((document) => [folderOf(document.file.path), document])),
  );
}

/** The kustomization beside a file, or in the nearest folder above that has one. */
function nearest(
  path: string,
  listing: ReadonlyMap<string, SourceDocument>,
  { tree }: Graph,
): SourceDocument | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const found = listing.get(folder);
    if (found !== undefined) return found;
    // A folder with a kustomization of its own that takes no part is a choice, such as an overlay of another cluster.
    const own = tree.list(folder)?.some(({ name }) => /^(?:kustomization\.ya?ml|Kustomization)$/.test(name));
    if (folder === '' || own) return undefined;
  }
}

/** Whether a kustomization's text names a file, or a folder that it lies in: in a comment, since it does not list it. */
function names({ path: kustomization, text }: SourceFile, path: string): boolean {
  const segments = path
    .slice(folderOf(kustomization).length)
    .split('/')
    .filter((segment) => segment !== '');
  const ways = segments.map((_, i) => segments.slice(0, i + 1).join('/'));
  return text.split(/[\s"'[\],#]+/).some((word) => ways.includes(word.replace(/^\.\/|\/$/g, '')));
}
