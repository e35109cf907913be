import type { Cluster } from '../../graph/cluster';
import { step } from '../../graph/identity';
import { nearest } from '../../graph/schema/suggest';
import { isKnown } from '../../graph/substitution';
import type { ClusterCheck } from '../check';
import { type GeneratorRef, generatorGroup, generatorRefs } from './generators';
import { externalSecrets, pushSecrets } from './specs';

export const generatorMissing: ClusterCheck = {
  id: 'eso/generator-missing',
  severity: 'error',
  title: 'Generator that does not exist',
  atRunTime:
    'Nothing is synced: "unable to get generator: … not found". Generators are looked for in the same namespace.',
  remedy: 'Correct kind and name, add the generator to the namespace, or use a ClusterGenerator.',
  source: 'external-secrets runtime/esutils/resolvers/generator.go',
  *check(cluster) {
    for (const asked of [...externalSecrets(cluster), ...pushSecrets(cluster)]) {
      const { resource, path } = asked;
      for (const ref of generatorRefs(asked)) {
        const { kind, name } = ref;
        if (!isKnown(name) || !isKnown(kind)) continue;
        const namespace = (kind === 'ClusterGenerator' ? [''] : asked.namespaces).find(
          (at) => cluster.lookup({ group: generatorGroup, kind, namespace: at, name }).state === 'absent',
        );
        if (namespace === undefined) continue;
        const where = namespace === '' ? '' : ` in namespace ${namespace}`;
        yield {
          at: { resource, path: [...path, ...ref.path, 'name'] },
          message: `there is no generator ${kind} ${name}${where}${hint(cluster, ref, namespace)}`,
          chain: [step(resource), `${kind}/${name}`],
        };
      }
    }
  },
};

function hint(cluster: Cluster, { kind, name }: GeneratorRef, namespace: string): string {
  const all = cluster.ofKind(generatorGroup, kind);
  const elsewhere = all.find((generator) => generator.name === name);
  if (elsewhere !== undefined) return `; it is in namespace ${elsewhere.namespace}`;
  const here = all.filter((generator) => generator.namespace === namespace).map((generator) => generator.name);
  const near = nearest(name, here);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
