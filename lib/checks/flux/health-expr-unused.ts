import { waits } from '../../graph/kustomization';
import { listAt } from '../../json/read';
import type { ClusterCheck, Together } from '../check';

const together: Together = {
  key: '',
  message: (count) =>
    `${count} Kustomizations have healthCheckExprs that are not evaluated, because they have neither wait: true nor healthChecks`,
};

export const healthExprUnused: ClusterCheck = {
  id: 'flux/health-expr-unused',
  severity: 'warning',
  title: 'Health expressions that nothing uses',
  atRunTime: 'without wait or healthChecks, Flux checks no health: the Kustomization is ready as soon as it is applied',
  remedy: 'set wait: true, or list the objects under healthChecks',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (checkHealth)',
  *check({ kustomizations }) {
    for (const kustomization of kustomizations) {
      if (listAt(kustomization.spec, 'healthCheckExprs').length === 0 || waits(kustomization)) continue;
      yield {
        at: { resource: kustomization.resource, path: ['spec', 'healthCheckExprs'], on: 'key' },
        together,
        message: 'Flux does not evaluate healthCheckExprs: the Kustomization has neither wait: true nor healthChecks',
      };
    }
  },
};
