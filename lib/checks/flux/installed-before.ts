import { checkedFolders } from '../../graph/checked-folders';
import type { SourceTree } from '../../tree/source/source';

/** Folders that start a cluster, and those that may hold them. */
const starting = /bootstrap/i;
const above = /^(?:kubernetes|infrastructure|clusters?|scripts|hack|talos)$/i;
/** Files that bring definitions into a cluster without Flux. */
const telling = /^helmfile|^(?:\d+-)?crds?\b|bootstrap.*\.(?:sh|py|just)$/i;

/**
 * Whether the repository starts a cluster with definitions of its own, as in bootstrap/helmfile.d/00-crds.yaml or
 * scripts/bootstrap-apps.sh: then the order in which Flux applies charts matters no more.
 */
export function installsBeforeFlux(tree: SourceTree): boolean {
  return [...new Set(['', ...checkedFolders(tree)])].some((folder) => brings(folder, false, tree));
}

function brings(folder: string, started: boolean, tree: SourceTree): boolean {
  return (tree.list(folder) ?? []).some(({ name, type }) => {
    if (type === 'file') return started && telling.test(name);
    if (!started && !starting.test(name) && !above.test(name)) return false;
    return brings(
      folder === '' ? name : `${folder}/${name}`,
      started || starting.test(name) || /^scripts$/i.test(name),
      tree,
    );
  });
}
