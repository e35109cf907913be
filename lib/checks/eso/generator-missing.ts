import { allAsked } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { isMisspelt } from '../../graph/misspelt';
import { isKnown } from '../../graph/substitution';
import { generatorRefs } from '../../systems/external-secrets/generators';
import { generatorGroup } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { hintFor } from '../hint';
import { namesWritten, respelled } from '../meant';
import { missingUnless } from '../unless';

export const generatorMissing: ClusterCheck = {
  id: 'eso/generator-missing',
  severity: 'error',
  title: 'Generator that does not exist',
  atRunTime:
    'nothing is synced: ESO looks for the generator in the same namespace ("unable to get generator: … not found")',
  remedy: 'correct the kind or the name, add the generator to the namespace, or use a ClusterGenerator',
  fixes: 'write the one name that is a slip away',
  source: 'external-secrets runtime/esutils/resolvers/generator.go',
  *check(cluster) {
    for (const asked of allAsked(cluster)) {
      const { resource, path } = asked;
      for (const { kind, name, path: way } of generatorRefs(asked.spec)) {
        if (!isKnown(name) || !isKnown(kind)) continue;
        for (const namespace of kind === 'ClusterGenerator' ? [''] : asked.namespaces) {
          const generator = { group: generatorGroup, kind, namespace, name };
          const found = cluster.lookup(generator);
          const unless = isMisspelt(cluster, found, generator) ? {} : missingUnless(found, generator);
          if (unless === undefined) continue;
          const where = namespace === '' ? '' : ` in namespace ${namespace}`;
          yield {
            at: { resource, path: [...path, ...way, 'name'] },
            severity: found.state === 'absent' ? 'error' : 'warning',
            message: `there is no generator ${kind} ${name}${where}${hintFor(generator, cluster.ofKind(generatorGroup, kind))}`,
            chain: [step(resource), `${kind}/${name}`],
            ...respelled(
              [...path, ...way, 'name'],
              name,
              namesWritten(cluster.ofKind(generatorGroup, kind).filter((other) => other.namespace === namespace)),
            ),
            ...unless,
          };
          break;
        }
      }
    }
  },
};
