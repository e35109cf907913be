import { step } from '../../graph/identity';
import { type GivenValues, isGiven, judgedValues, type RefusedValue } from '../../graph/releases/judged-values';
import type { Resource } from '../../graph/resource';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';
import { atValue } from './spot';

export const refusedValue: ClusterCheck = {
  id: 'helm/refused-value',
  severity: 'error',
  title: "Values that the chart's schema refuses",
  atRunTime:
    'the chart is not rendered: the release is not installed, or stays as it was, and the HelmRelease is not ready',
  remedy: 'give a value that the schema allows',
  source: 'helm v4.3 pkg/chart/common/util/jsonschema.go',
  *check(cluster, { tree }) {
    for (const [release, contents] of cluster.charts) {
      if (!isGiven(contents) || isDisabled(release)) continue;
      const { version } = contents.chart;
      for (const fault of judgedValues(contents).refused) {
        if (!isSure(fault, contents, release)) continue;
        const spot = atValue(release, cluster, tree, fault.path, fault.on);
        yield {
          ...spot,
          message: fault.message,
          ...(fault.remedy !== undefined && { remedy: fault.remedy }),
          chain: [...(spot.chain ?? [step(release)]), `chart ${fault.chart} ${version} values.schema.json`],
        };
      }
    }
  },
};

/** (helm-controller 1.6: api/v2/helmrelease_types.go) */
function isDisabled({ value }: Resource): boolean {
  return ['install', 'upgrade'].every((action) => at(value, 'spec', action, 'disableSchemaValidation') === true);
}

/** Where some values are not known, only what the release itself says is judged, and nothing is missing. */
function isSure({ kind, path }: RefusedValue, { uncertain }: GivenValues, { value }: Resource): boolean {
  if (uncertain === undefined) return true;
  return (
    (kind === 'type' || kind === 'form' || kind === 'unknown-field') &&
    at(value, 'spec', 'values', ...path) !== undefined
  );
}
