import type { Graph } from '../../graph/graph';
import { describe, isObject } from '../../graph/identity';
import { shownPath } from '../../graph/shown-path';
import { textAt } from '../../json/read';
import type { RuleOptions } from '../../rules/rule';
import { kustomizationNames } from '../../systems/flux/kustomization-names';
import { fitsWildcards } from '../../text/wildcards';
import { resolveEntry } from '../../tree/kustomize/place';
import { folderOf, foldersOf } from '../../tree/paths';
import type { SourceDocument } from '../../tree/source/source';
import type { TreeCheck } from '../check';

interface Options extends RuleOptions {
  /** Folders that nothing needs to apply: `*` stands for any characters. */
  readonly ignore: readonly string[];
}

/** Beside a kustomization.yaml, Flux applies only what that lists (https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml). */
export const unreached: TreeCheck<Options> = {
  id: 'tree/unreached',
  severity: 'warning',
  title: 'File that no Kustomization applies',
  atRunTime: 'its objects are never applied, and changes to the file have no effect',
  remedy:
    'list the file in the kustomization.yaml of its folder, or delete it; to keep it unlisted, name it in a comment there',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml',
  options: { ignore: [] },
  *checkTree(graph, { ignore }) {
    const listing = listings(graph);
    const named = namedIn(graph);
    const others = foldersOfOthers(graph);
    const said = new Set<string>();
    for (const document of graph.unreached) {
      const { path } = document.file;
      if (said.has(path)) continue;
      said.add(path);
      if (foldersOf(path).some((folder) => ignore.some((pattern) => fitsWildcards(pattern, folder)))) continue;
      const kustomization = nearest(path, listing, graph);
      if (kustomization === undefined) continue;
      const ways = waysBelow(folderOf(kustomization.file.path), path);
      // Named in a comment, it was taken out on purpose.
      if (ways.some((way) => named.has(way)) || ways.some((way) => others.has(way) || forTests.test(way))) continue;
      if (forPeople.test(path)) continue;
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
    const own = tree.list(folder)?.some(({ name }) => kustomizationNames.includes(name));
    if (folder === '' || own) return undefined;
  }
}

/** The file and the folders that it lies in, below a kustomization's. */
function waysBelow(folder: string, path: string): string[] {
  return [...foldersOf(path), path].filter((way) => way.length > folder.length);
}

/** What the texts of kustomizations name, in comments, too: of a base its overlay may say what is left out. */
function namedIn({ builds }: Graph): ReadonlySet<string> {
  const texts = new Map(
    builds.flatMap(({ kustomizations }) => kustomizations.map(({ file }) => [file.path, file.text])),
  );
  const named = new Set<string>();
  for (const [path, text] of texts) {
    for (const word of text.split(/[\s"'[\],#]+/)) {
      const found = /[\w-]/.test(word) && !word.includes(':') ? resolveEntry(folderOf(path), word) : undefined;
      if (found !== undefined) named.add(found);
    }
  }
  return named;
}

/** Folders whose files are for tests and examples, not for a cluster. */
const forTests = /(?:^|\/)(?:tests?|e2e|test-?data|fixtures?|examples?|samples?|[\w.-]+[-_.]tests?)$/i;

/** Files that say themselves that they are to be read, or applied by hand: `restore-example.yaml`, `manual-claim.yaml`. */
const forPeople = /(?:^|[/._-])(?:examples?|samples?|manual)(?:[._-][^/]*)?\.ya?ml$/i;

/** What only other tools read: their tests, and the packages that they build. */
const ofOthers = /^(?:cli\.kyverno\.io|chainsaw\.kyverno\.io|kuttl\.dev|meta\.pkg\.crossplane\.io|kpt\.dev|skaffold)\//;

/** The folders in which something says that another tool reads what lies there. */
function foldersOfOthers({ tree }: Graph): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path, documents } of tree.files.values()) {
    const isTheirs = documents.some(({ value }) => ofOthers.test(textAt(value, 'apiVersion') ?? ''));
    if (isTheirs) folders.add(folderOf(path));
  }
  return folders;
}
