import { describe, step } from '../../graph/identity';
import { judgedReferences } from '../../graph/secrets/judged';
import { renamed } from '../../graph/secrets/renames';
import type { ClusterCheck } from '../check';

/** kustomize corrects references in the kinds that it knows; custom resources are none of them (kustomize api/internal/konfig/builtinpluginconsts/namereference.go). */
export const renamedTarget: ClusterCheck = {
  id: 'secrets/renamed',
  severity: 'error',
  title: 'Reference to a name that kustomize changes',
  atRunTime: 'the object looks for the name as written, but in the cluster it has a hash, a prefix or a suffix',
  remedy:
    'set generatorOptions: { disableNameSuffixHash: true }, write the name as kustomize changes it, or list the field in `configurations` (nameReference)',
  source: 'https://github.com/kubernetes-sigs/kustomize/issues/5129',
  *check(cluster) {
    for (const reference of judgedReferences(cluster)) {
      const { resource, path, kind, namespace, name } = reference;
      if (cluster.secrets.lookup(kind, namespace, name).state === 'found') continue;
      const target = renamed(cluster, reference);
      if (target === undefined) continue;
      yield {
        at: { resource, path },
        message: `kustomize renames ${describe(reference)} to ${target.name}, but does not change the reference in a ${resource.kind}`,
        chain: [step(resource), `${kind}/${name}`, `${kind}/${target.name} in ${target.document.file.path}`],
      };
    }
  },
};
