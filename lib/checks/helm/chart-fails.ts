import { step } from '../../graph/identity';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';

/** What to do where other values change nothing, by the field of spec that is at fault and the message. */
const remedies: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [/^postRenderers /, 'correct the post-renderer'],
  [/^valuesFrom /, 'correct the values that the message names, or where they go'],
  [
    /^ chart requires kubeVersion/,
    'take a version of the chart for this Kubernetes, or say which the cluster has (--kubernetes)',
  ],
  [
    /^ the chart has no file .* which valuesFiles names$/,
    'name a file that the chart has, or set ignoreMissingValuesFiles',
  ],
  [/^ release name check failed/, 'correct spec.releaseName, or the names and targetNamespace that it is made of'],
  [/^ (?:validation: |function "[^"]*" not defined)/, 'take another version of the chart: Helm does not read this one'],
];

export const chartFails: ClusterCheck = {
  id: 'helm/chart-fails',
  severity: 'error',
  title: 'HelmRelease whose chart does not render with its values',
  atRunTime: 'the release is not installed, or stays as it was: the HelmRelease is not ready until its values change',
  remedy: 'give the values that the chart needs, or take another version of it',
  source: 'helm-controller internal/reconcile/install.go, upgrade.go; helm template',
  *check(cluster) {
    for (const [resource, contents] of cluster.charts) {
      // With what is not known, it may well render.
      if (contents.type !== 'failed' || contents.uncertain !== undefined) continue;
      if (at(resource.value, 'spec', 'suspend') === true) continue;
      const { chart, message, template, path } = contents;
      const named = chart === undefined ? '' : `chart ${chart.name} ${chart.version} `;
      const values = at(resource.value, 'spec', 'values') === undefined ? ['metadata', 'name'] : ['spec', 'values'];
      const remedy = remedies.find(([pattern]) => pattern.test(`${path?.[1] ?? ''} ${message}`))?.[1];
      yield {
        at: { resource, path: path ?? values, on: 'key' },
        message: `${named || 'the release '}does not render: ${message}`,
        ...(remedy !== undefined && { remedy }),
        chain: [step(resource), ...(template === undefined ? [] : [`${named}${template}`])],
      };
    }
  },
};
