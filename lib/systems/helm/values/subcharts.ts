import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { listAt, textAt } from '../../../json/read';
import { memoize } from '../../../text/memoize';
import type { ChartTexts, Subchart } from './chart';

/**
 * The charts within a chart: each dependency, by its alias, and what lies in charts/ besides.
 *
 * Source: Helm 4 pkg/chart/v2/util/dependencies.go (processDependencyEnabled, getAliasDependency, processImportValues)
 */
export const subchartsOf = memoize((chart: ChartTexts): readonly Subchart[] => {
  const dependencies = listAt(chart.metadata, 'dependencies').filter(isJsonObject);
  const named = dependencies.map((dependency): Subchart => {
    const name = textAt(dependency, 'name') ?? '';
    return {
      key: textAt(dependency, 'alias') || name,
      chart: chartFor(dependency, name, chart.subcharts),
      condition: (textAt(dependency, 'condition') ?? '')
        .split(',')
        .map((path) => path.trim())
        .filter((path) => path !== ''),
      tags: listAt(dependency, 'tags').filter((tag): tag is string => typeof tag === 'string'),
      imports: listAt(dependency, 'import-values').flatMap(importOf),
    };
  });
  const names = new Set(dependencies.map((dependency) => textAt(dependency, 'name')));
  const others = chart.subcharts.filter(({ name }) => !names.has(name));
  return [...named, ...others.map((one) => ({ key: one.name, chart: one, condition: [], tags: [], imports: [] }))];
});

/** Charts of one name may lie there in several versions: of which of them is meant, nothing is said here. */
function chartFor(_: JsonObject, name: string, charts: readonly ChartTexts[]): ChartTexts | undefined {
  const found = charts.filter((chart) => chart.name === name);
  return found.length === 1 ? found[0] : undefined;
}

function importOf(value: Json): Subchart['imports'] {
  if (typeof value === 'string') return [{ child: ['exports', ...value.split('.')], parent: [] }];
  const [child, parent] = [textAt(value, 'child'), textAt(value, 'parent')];
  if (child === undefined || parent === undefined) return [];
  return [{ child: child.split('.'), parent: parent === '.' ? [] : parent.split('.') }];
}
