import type { Graph } from '../../graph/graph';
import { isSuspended } from '../../graph/kustomization';
import { textAt } from '../../json/read';
import { nearest, onlyNear } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { setting } from '../meant';

export const pathMissing: ClusterCheck = {
  id: 'flux/path-missing',
  severity: 'error',
  title: 'Kustomization with a path that does not exist',
  atRunTime: 'Flux applies nothing of it: "kustomization path not found: stat …: no such file or directory"',
  remedy: 'correct spec.path: it starts at the root of the source, such as ./apps/backstage',
  fixes: 'write the one folder that is a slip away',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (reconcile)',
  *check({ kustomizations }, { tree }) {
    for (const kustomization of kustomizations) {
      const { contents, resource, spec } = kustomization;
      if (contents.type !== 'missing' || isSuspended(kustomization)) continue;
      const path = textAt(spec, 'path') ?? '';
      if (tree.everythingIn(contents.folder) !== undefined) {
        yield {
          at: { resource, path: ['spec', 'path'] },
          message: `Flux does not get the folder ${path}: .sourceignore or the spec of its source excludes it`,
          remedy:
            'remove the pattern that matches the folder from .sourceignore or spec.ignore, or include the folder again with a pattern that begins with !',
        };
        continue;
      }
      const ignored = tree.ignoredBy?.(contents.folder);
      if (ignored !== undefined) {
        yield {
          at: { resource, path: ['spec', 'path'] },
          message: `Git ignores the folder ${path} (${ignored}), so Flux does not get it`,
          remedy: `take that line out, then run: git add ${contents.folder}`,
        };
        continue;
      }
      const slip = slipIn(contents.folder, tree);
      const meant = slip && path.split('/').map((segment) => (segment === slip.written ? slip.meant : segment));
      yield {
        at: { resource, path: ['spec', 'path'] },
        message: `there is no folder ${path}${didYouMean(meant?.join('/'))}`,
        ...(slip?.sure && meant && setting(['spec', 'path'], meant.join('/'))),
      };
    }
  },
};

interface Slip {
  readonly written: string;
  readonly meant: string;
  /** Whether nothing else is near. */
  readonly sure: boolean;
}

/** The first missing part of a path, when it is a slip away from a folder that is there, and the rest of the path below that. */
function slipIn(folder: string, tree: Graph['tree']): Slip | undefined {
  const segments = folder.split('/');
  for (const [i, written] of segments.entries()) {
    const above = segments.slice(0, i).join('/');
    const folders = (tree.list(above) ?? []).flatMap(({ name, type }) => (type === 'folder' ? [name] : []));
    if (folders.includes(written)) continue;
    const meant = nearest(written, folders);
    if (meant === undefined) return undefined;
    const path = [...segments.slice(0, i), meant, ...segments.slice(i + 1)].join('/');
    return !tree.isFolder(path) ? undefined : { written, meant, sure: onlyNear(written, folders) === meant };
  }
  return undefined;
}
