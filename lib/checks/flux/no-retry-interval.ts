import { isSuspended } from '../../graph/kustomization';
import { at, textAt } from '../../json/read';
import { parseDuration } from '../../systems/duration';
import type { ClusterCheck, Together } from '../check';

/** The interval that `flux bootstrap` writes: waiting for so long is nobody's concern. */
const short = 10 * 60;

const together: Together = {
  key: '',
  message: (count) =>
    `${count} Kustomizations have an interval above 10m and no retryInterval, so Flux retries after a failure only when the interval is over`,
};

export const noRetryInterval: ClusterCheck = {
  id: 'flux/no-retry-interval',
  severity: 'warning',
  title: 'Long interval without a retryInterval',
  atRunTime: 'after any failure, even a temporary one, Flux tries again only when the interval is over',
  remedy: 'set spec.retryInterval, such as 2m',
  fixes: 'set spec.retryInterval to 2m',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval',
  *check({ kustomizations }) {
    for (const kustomization of kustomizations) {
      const { spec, resource } = kustomization;
      const interval = textAt(spec, 'interval');
      if (interval === undefined || at(spec, 'retryInterval') !== undefined || isSuspended(kustomization)) continue;
      if ((parseDuration(interval) ?? 0) <= short) continue;
      yield {
        at: { resource, path: ['spec', 'interval'] },
        fix: {
          title: 'set spec.retryInterval to 2m',
          changes: [{ path: ['spec', 'retryInterval'], set: '2m', after: ['interval'] }],
        },
        message: `without retryInterval, Flux retries after a failure only when the interval of ${interval} is over`,
        together,
      };
    }
  },
};
