import type { Graph } from '../../graph/graph';
import { nameOf } from '../../graph/kustomization';
import { at, listAt } from '../../json/read';
import { push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import { onlyNear } from '../../text/nearest';
import type { BuildFault, Built } from '../../tree/kustomize/built';
import { resolveEntry } from '../../tree/kustomize/place';
import { folderOf } from '../../tree/paths';
import type { Problem, TreeCheck } from '../check';
import { didYouMean } from '../hint';
import { type MayHaveFix, quotedIn } from '../meant';

type Table = readonly (Omit<TreeCheck, 'checkTree' | 'severity'> & { readonly takes: readonly BuildFault['kind'][] })[];

const rules: Table = [
  {
    // kustomize loads every entry of `resources`, `components` and the like, and fails at the first that is not there.
    takes: ['missing'],
    id: 'tree/resource-missing',
    title: 'Entry of a kustomization file that does not exist',
    atRunTime: 'the build fails with "no such file or directory", and nothing of the whole Kustomization is applied',
    remedy: 'correct the path, commit the file, or remove the entry',
    fixes: 'write the one file or folder that is a slip away, and that is not listed',
    source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  },
  {
    // The controller builds within the artifact of the source (fluxcd/pkg kustomize, build.go: a file system with the source as its root).
    takes: ['outside'],
    id: 'tree/outside-source',
    title: 'Entry of a kustomization file that leads out of its source',
    atRunTime: "the build fails: Flux reads nothing outside the source's artifact",
    remedy: 'move the file into the repository, or name a folder inside it',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  },
  {
    // One object is one in a build: group, kind, namespace and name.
    takes: ['duplicate'],
    id: 'tree/duplicate-object',
    title: 'One object twice in a build',
    atRunTime:
      'the build fails with "may not add resource with an already registered id", and nothing of the whole Kustomization is applied',
    remedy: 'keep one of the two, or rename one',
    source: 'kubernetes-sigs/kustomize api/resmap/reswrangler.go',
  },
  {
    takes: ['cycle'],
    id: 'tree/circle',
    title: 'Kustomizations that include each other in a circle',
    atRunTime: 'the build fails with "cycle detected", and nothing of the whole Kustomization is applied',
    remedy: 'remove one of the entries',
    source: 'kubernetes-sigs/kustomize api/internal/target/kusttarget.go',
  },
  {
    // Everything else that kustomize refuses: unknown fields, documents that are no objects, empty kustomizations.
    takes: ['invalid', 'failed', 'helm'],
    id: 'tree/build-fails',
    title: 'Folder that kustomize cannot build',
    atRunTime: 'the build fails, and nothing of the whole Kustomization is applied',
    remedy: 'fix what the message names; `kustomize build` on the folder reports the same',
    fixes: 'write the one field that is a slip away, and put numbers that are to be text in quotes',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  },
];

/** The rules that report what makes kustomize fail, or what it passes over in silence. */
export const buildRules: readonly TreeCheck[] = rules.map(({ takes, ...rule }) => ({
  ...rule,
  severity: 'error',
  checkTree: (graph) => buildProblems(graph, takes),
}));

export function* buildProblems(graph: Graph, kinds: readonly BuildFault['kind'][]): Generator<Problem> {
  for (const built of graph.builds) {
    const kustomizations = builtBy(graph).get(built) ?? [];
    for (const fault of built.faults) {
      const { kind, document, path, message, fails } = fault;
      // What builds a tree without Flux, such as Argo CD, may have Helm.
      if (!kinds.includes(kind) || (kind === 'helm' && !hasFlux(graph))) continue;
      const entry = kind === 'missing' ? entryMeant(fault, built, graph) : undefined;
      yield {
        at: { document, path },
        message: `${message}${didYouMean(entry)}`,
        ...(entry === undefined ? fixOf(fault) : writing(fault, entry)),
        severity: fails ? 'error' : 'warning',
        kustomizations,
      };
    }
  }
}

function fixOf({ document, path, meant }: BuildFault): MayHaveFix {
  if (meant === undefined) return {};
  if (meant === 'text') return quotedIn(document, path);
  return { fix: { title: `write ${meant.field} for ${path.at(-1)}`, changes: [{ path, rename: meant.field }] } };
}

function writing({ document, path }: BuildFault, entry: string): MayHaveFix {
  return { fix: { title: `write ${entry} for ${at(document.value, ...path)}`, changes: [{ path, set: entry }] } };
}

/** What the only file or folder near is called, as an entry that leads to nothing would have it; another ending is as near. */
function entryMeant({ document, path }: BuildFault, built: Built, { tree }: Graph): string | undefined {
  const entry = at(document.value, ...path);
  if (typeof entry !== 'string' || !/^[\w./-]+$/.test(entry) || !built.kustomizations.includes(document))
    return undefined;
  const where = resolveEntry(folderOf(document.file.path), entry);
  if (where === undefined || isThere(where, tree)) return undefined;
  const isFile = /\.\w+$/.test(where);
  const all = tree.list(folderOf(where)) ?? [];
  const listed = new Set(listAt(document.value, ...path.slice(0, -1)).map((one) => fileName(String(one))));
  const names = all.flatMap(({ name, type }) => ((type === 'folder') !== isFile && !listed.has(name) ? [name] : []));
  const written = fileName(where);
  const others = names.filter((name) => /\.ya?ml$/.test(name) && withoutEnd(name) === withoutEnd(written));
  const meant = others.length === 1 ? others[0] : onlyNear(written, names);
  return meant === undefined ? undefined : `${entry.slice(0, entry.lastIndexOf(written))}${meant}`;
}

/** Whether it is there, and Flux does not get it. */
function isThere(path: string, tree: Graph['tree']): boolean {
  return tree.everythingIn(folderOf(path))?.some(({ name }) => name === fileName(path)) === true;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutEnd(name: string): string {
  return name.replace(/\.ya?ml$/, '');
}

function hasFlux({ clusters }: Graph): boolean {
  return clusters.some(({ flux }) => flux);
}

/** The Kustomizations that apply what was built. */
const builtBy = memoize(({ clusters }: Graph): ReadonlyMap<Built, readonly string[]> => {
  const found = new Map<Built, string[]>();
  for (const { kustomizations } of clusters) {
    for (const kustomization of kustomizations) {
      const { contents } = kustomization;
      if (contents.type === 'built') push(found, contents.built, nameOf(kustomization));
    }
  }
  return found;
});
