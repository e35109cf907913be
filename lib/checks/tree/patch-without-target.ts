import type { Graph } from '../../graph/graph';
import { deepEqual } from '../../json/deep-equal';
import type { Path } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import type { SourceDocument } from '../../tree/source/source';
import type { TreeCheck } from '../check';
import { buildProblems } from './build-faults';

/** A patch with a target is applied to whatever the target selects: when that is nothing, nobody is told. */
export const patchWithoutTarget: TreeCheck = {
  id: 'tree/patch-without-target',
  severity: 'warning',
  title: 'Patch, or entry of images, that matches nothing',
  atRunTime:
    'it has no effect, and nothing reports it; a patch without a target whose object is missing fails the build',
  remedy: 'correct the name or the target, or remove the entry',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  *checkTree(graph) {
    for (const problem of buildProblems(graph, ['empty-patch'])) {
      const fails = problem.severity !== 'warning';
      if (fails || !('document' in problem.at) || !isForAny(problem.at, graph)) yield problem;
    }
  },
};

/** Whether a patch is written for whatever there may be, so that it is no fault of its own where that is nothing. */
function isForAny(
  { document, path }: { readonly document: SourceDocument; readonly path: Path },
  graph: Graph,
): boolean {
  if (isGiven(document, graph)) return true;
  const patch = at(document.value, ...path);
  const target = objectAt(patch, 'target');
  // A label is how objects ask for it, or ask to be left out.
  if ((textAt(target, 'labelSelector') ?? textAt(target, 'annotationSelector') ?? '') !== '') return true;
  if (textAt(document.value, 'kind') === 'Component' && (textAt(target, 'name') ?? '') === '') return true;
  return graph.builds.some(
    ({ kustomizations, faults }) =>
      kustomizations.includes(document) &&
      !faults.some((fault) => fault.document === document && deepEqual(fault.path, path)),
  );
}

/** Whether a patch of the parent gave it to its Kustomizations, to all of which it is the same. */
function isGiven(document: SourceDocument, { builds, clusters }: Graph): boolean {
  const isOwn = ({ kustomizations }: Graph['clusters'][number]) =>
    kustomizations.some(({ resource }) => resource.document === document);
  return !clusters.some(isOwn) && !builds.some(({ kustomizations }) => kustomizations.includes(document));
}
