import { isGiven, judgedValues } from '../../graph/releases/judged-values';
import type { Path } from '../../json/json';
import { pathText } from '../../json/path-text';
import type { ClusterCheck } from '../check';
import { atValue } from './spot';

export const unreadValue: ClusterCheck = {
  id: 'helm/unread-value',
  severity: 'warning',
  title: 'Value that no template of the chart reads',
  atRunTime: 'it does nothing: the chart renders as if it were not there',
  remedy: "put it where the chart reads it, which the chart's values.yaml shows, or remove it",
  source: 'https://helm.sh/docs/chart_template_guide/values_files/',
  *check(cluster, { tree }) {
    for (const [release, contents] of cluster.charts) {
      if (!isGiven(contents)) continue;
      const { name, version } = contents.chart;
      for (const { path, meant } of judgedValues(contents).unread) {
        const hint = meant === undefined ? '' : `; did you mean \`${pathText(meant)}\`?`;
        yield {
          ...atValue(release, cluster, tree, path, 'key'),
          message: `\`${pathText(path)}\` is read by no template of chart ${name} ${version}${hint}`,
          ...(meant !== undefined && { remedy: remedyOf(path, meant) }),
        };
      }
    }
  },
};

function remedyOf(path: Path, meant: Path): string {
  const [key, name] = [path.at(-1), meant.at(-1)];
  if (meant.length === path.length) return `rename it to \`${name}\``;
  return meant.length < path.length
    ? `move \`${key}\` out, next to \`${path[meant.length - 1]}\``
    : `indent it, so that it lies below \`${pathText(meant.slice(0, -1))}\``;
}
