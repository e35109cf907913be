import { isSuspended } from '../../graph/kustomization';
import { at, textAt } from '../../json/read';
import type { RuleOptions } from '../../rules/rule';
import { parseDuration } from '../../systems/duration';
import type { ClusterCheck, Together } from '../check';

/** What is said of all of them. */
const together = (interval: string): Together => ({
  key: '',
  message: (count) =>
    `${count} Kustomizations have an interval above ${interval} and no retryInterval, so Flux retries after a failure only when the interval is over`,
});

interface Options extends RuleOptions {
  /** The interval that `flux bootstrap` writes: waiting for so long is nobody's concern. */
  readonly interval: string;
}

export const noRetryInterval: ClusterCheck<Options> = {
  id: 'flux/no-retry-interval',
  severity: 'warning',
  title: 'Long interval without a retryInterval',
  atRunTime: 'after any failure, even a temporary one, Flux tries again only when the interval is over',
  remedy: 'set spec.retryInterval, such as 2m',
  fixes: 'set spec.retryInterval to 2m',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval',
  options: { interval: '10m' },
  optionsFault: ({ interval }) =>
    parseDuration(interval) === undefined
      ? `interval is ${JSON.stringify(interval)}, and must be a duration, such as "10m".`
      : undefined,
  *check({ kustomizations }, _graph, options) {
    const short = parseDuration(options.interval) ?? 0;
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
        together: together(options.interval),
      };
    }
  },
};
