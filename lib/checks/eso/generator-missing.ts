import type { Cluster } from '../../graph/cluster';
import { allAsked } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { misspelt } from '../../graph/misspelt';
import { isKnown } from '../../graph/substitution';
import { type GeneratorRef, generatorRefs } from '../../systems/external-secrets/generators';
import { generatorGroup } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { hintFor } from '../hint';
import { missingUnless } from '../unless';

export const generatorMissing: ClusterCheck = {
  id: 'eso/generator-missing',
  severity: 'error',
  title: 'Generator that does not exist',
  atRunTime:
    'nothing is synced: ESO looks for the generator in the same namespace ("unable to get generator: … not found")',
  remedy: 'correct the kind or the name, add the generator to the namespace, or use a ClusterGenerator',
  source: 'external-secrets runtime/esutils/resolvers/generator.go',
  *check(cluster) {
    for (const asked of allAsked(cluster)) {
      const { resource, path } = asked;
      for (const ref of generatorRefs(asked.spec)) {
        const { kind, name } = ref;
        if (!isKnown(name) || !isKnown(kind)) continue;
        for (const namespace of kind === 'ClusterGenerator' ? [''] : asked.namespaces) {
          const found = cluster.lookup({ group: generatorGroup, kind, namespace, name });
          const certain = found.state === 'absent';
          const meant = misspelt(cluster, found, name, () => namesIn(cluster, kind, namespace));
          const unless = meant === undefined ? missingUnless(found, { kind, namespace, name }) : {};
          if (unless === undefined) continue;
          const where = namespace === '' ? '' : ` in namespace ${namespace}`;
          yield {
            at: { resource, path: [...path, ...ref.path, 'name'] },
            severity: certain ? 'error' : 'warning',
            message: `there is no generator ${kind} ${name}${where}${hint(cluster, ref, namespace)}`,
            chain: [step(resource), `${kind}/${name}`],
            ...unless,
          };
          break;
        }
      }
    }
  },
};

function namesIn(cluster: Cluster, kind: string, namespace: string): string[] {
  const all = cluster.ofKind(generatorGroup, kind);
  return all.flatMap((generator) => (generator.namespace === namespace ? [generator.name] : []));
}

function hint(cluster: Cluster, { kind, name }: GeneratorRef, namespace: string): string {
  return hintFor({ namespace, name }, cluster.ofKind(generatorGroup, kind));
}
