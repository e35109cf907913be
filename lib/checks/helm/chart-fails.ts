import { step } from '../../graph/identity';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';

export const chartFails: ClusterCheck = {
  id: 'helm/chart-fails',
  severity: 'error',
  title: 'HelmRelease whose chart does not render with its values',
  atRunTime: 'the release is not installed, or stays as it was: the HelmRelease is not ready until its values change',
  remedy: 'give the values that the message asks for',
  source: 'helm-controller internal/reconcile/install.go, upgrade.go; helm template',
  *check(cluster) {
    for (const [resource, contents] of cluster.charts) {
      // With what is not known, it may well render.
      if (contents.type !== 'failed' || contents.uncertain !== undefined) continue;
      const { chart, message, template, path } = contents;
      const named = chart === undefined ? '' : `chart ${chart.name} ${chart.version} `;
      const values = at(resource.value, 'spec', 'values') === undefined ? ['metadata', 'name'] : ['spec', 'values'];
      yield {
        at: { resource, path: path ?? values, on: 'key' },
        message: `${named || 'the release '}does not render: ${message}`,
        chain: [step(resource), ...(template === undefined ? [] : [`${named}${template}`])],
      };
    }
  },
};
