import type { Graph } from '../../graph/graph';
import { textAt } from '../../graph/json';
import { nearest } from '../../graph/schema/suggest';
import type { ClusterCheck } from '../check';
import { isSuspended } from './kustomization';

export const pathMissing: ClusterCheck = {
  id: 'flux/path-missing',
  severity: 'error',
  title: 'Kustomization of a folder that does not exist',
  atRunTime: 'Flux applies nothing of it: "kustomization path not found: stat …: no such file or directory".',
  remedy: 'Correct spec.path: it begins at the root of the source, such as ./apps/backstage.',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (reconcile)',
  *check({ kustomizations }, { tree }) {
    for (const kustomization of kustomizations) {
      const { contents, resource, spec } = kustomization;
      if (contents.type !== 'missing' || isSuspended(kustomization)) continue;
      const other = similar(contents.folder, tree);
      yield {
        at: { resource, path: ['spec', 'path'] },
        message: `there is no folder ${textAt(spec, 'path')}${other === undefined ? '' : `; did you mean ${other}?`}`,
      };
    }
  },
};

/** The folder that was meant, when the first missing part of the path is a slip away from one that is there. */
function similar(folder: string, tree: Graph['tree']): string | undefined {
  const segments = folder.split('/');
  for (const [i, segment] of segments.entries()) {
    const above = segments.slice(0, i).join('/');
    const folders = (tree.list(above) ?? []).flatMap(({ name, type }) => (type === 'folder' ? [name] : []));
    if (folders.includes(segment)) continue;
    const meant = nearest(segment, folders);
    if (meant === undefined) return undefined;
    const path = [...segments.slice(0, i), meant, ...segments.slice(i + 1)].join('/');
    return tree.list(path) === undefined ? undefined : path;
  }
  return undefined;
}
