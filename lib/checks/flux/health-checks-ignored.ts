import { describe } from '../../graph/identity';
import { healthChecksOf, nameOf } from '../../graph/kustomization';
import { isKnown } from '../../graph/substitution';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';

const why = 'with wait: true, Flux checks only what the Kustomization itself applies';

export const healthChecksIgnored: ClusterCheck = {
  id: 'flux/health-checks-ignored',
  severity: 'warning',
  title: 'Health check that wait: true switches off',
  atRunTime: 'Flux waits only for what the Kustomization applies, so the check has no effect',
  remedy:
    'remove wait and list everything that must be ready, or move the check to the Kustomization that applies the object',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',
  *check({ kustomizations }) {
    for (const kustomization of kustomizations) {
      const { spec, contents, resource, resources } = kustomization;
      if (at(spec, 'wait') !== true || contents.type !== 'built') continue;
      if (contents.built.faults.length > 0 || contents.built.unresolved.some(({ hidesObjects }) => hidesObjects))
        continue;
      for (const check of healthChecksOf(kustomization)) {
        // What it applies is waited for anyway: then the entry only says it twice.
        const own = resources.some(({ group, kind, name, namespace }) => {
          const same = group === check.group && kind === check.kind && name === check.name;
          return same && (namespace === check.namespace || !isKnown(namespace));
        });
        if (own || !isKnown(check.name) || !isKnown(check.namespace)) continue;
        yield {
          at: { resource, path: ['spec', 'healthChecks', check.index] },
          message: `nothing waits for ${describe(check)}: ${why}`,
          together: {
            key: nameOf(kustomization),
            message: (count) =>
              `nothing waits for ${count} objects in the health checks of ${describe(resource)}: ${why}`,
          },
        };
      }
    }
  },
};
