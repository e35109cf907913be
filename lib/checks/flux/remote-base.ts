import { controllersIn, isOnEverywhere } from '../../graph/flux/controllers';
import { nameOf } from '../../graph/kustomization';
import { textAt } from '../../json/read';
import { lockdownFlags } from '../../systems/flux/controllers';
import { isRemote, withoutCredentials } from '../../tree/kustomize/place';
import type { ClusterCheck } from '../check';

export const remoteBase: ClusterCheck = {
  id: 'flux/remote-base',
  severity: 'error',
  title: 'Remote base that locked down controllers refuse',
  atRunTime: 'kustomize-controller runs with --no-remote-bases, fails to build the folder, and applies nothing of it',
  remedy: 'copy the base into the repository, or apply it by a source and a Kustomization of its own',
  source: 'kustomize-controller main.go (no-remote-bases), fluxcd/pkg kustomize/kustomize_generator.go (SecureBuild)',
  *check(cluster, graph) {
    const controllers = controllersIn(cluster, graph);
    if (!isOnEverywhere(controllers, 'kustomize-controller', lockdownFlags.noRemoteBases)) return;
    for (const kustomization of cluster.kustomizations) {
      const { contents } = kustomization;
      for (const { document, path } of contents.type === 'built' ? contents.built.unresolved : []) {
        const entry = textAt(document.value, ...path) ?? '';
        if (!isCloned(entry)) continue;
        yield {
          at: { document, path },
          message: `${withoutCredentials(entry)} is a remote base, and kustomize-controller runs with --${lockdownFlags.noRemoteBases}`,
          kustomizations: [nameOf(kustomization)],
        };
      }
    }
  },
};

/** Whether kustomize clones a repository for it, into a folder that is refused: a file it gets as it is, even then. */
function isCloned(entry: string): boolean {
  return isRemote(entry) && !(/^https?:/.test(entry) && /\.(?:ya?ml|json)(?:\?|$)/.test(entry));
}
