import type { JsonObject } from '../../json/json';
import { jsonText } from '../../text/json-text';
import { memoize } from '../../text/memoize';
import type { Chart } from '../../tree/charts/chart';
import { readDefinition } from '../schema/definition';

/** What a definition adds to `.Capabilities.APIVersions`: `group/version` and `group/version/Kind` of each version that is served. */
export function apiVersionsOf(definition: JsonObject): readonly string[] {
  const { group, kind, versions = [] } = readDefinition(definition) ?? {};
  return versions.flatMap(({ name }) => [`${group}/${name}`, `${group}/${name}/${kind}`]);
}

/** Of all that a cluster has, what may change what a chart renders: only that is handed on, so that the rest makes nothing anew. */
export function askedOf(chart: Chart, values: JsonObject, all: () => ReadonlySet<string>): readonly string[] {
  const asked = askedIn(chart, values);
  const versions = asked === 'any' ? [...all()] : [...asked].filter((version) => all().has(version));
  return versions.sort();
}

export function asksForKinds(chart: Chart, values: JsonObject): boolean {
  const asked = askedIn(chart, values);
  return asked === 'any' || asked.size > 0;
}

/** The API versions that templates ask for, those in values included (`tpl`); any where they do not say them as texts. */
function askedIn(chart: Chart, values: JsonObject): ReadonlySet<string> | 'any' {
  return jsonText(values).includes('APIVersions') ? 'any' : askedByChart(chart);
}

const askedByChart = memoize((chart: Chart): ReadonlySet<string> | 'any' => {
  const { asked } = kindsOf(chart);
  return asked === 'any' ? asked : new Set(asked);
});

/** What a chart has to do with kinds: which it asks for, and whether it has definitions, be they rendered or not. */
const kindsOf = memoize((chart: Chart): { readonly asked: readonly string[] | 'any'; readonly brings: boolean } => {
  const make = () => ({
    asked: askedInFiles(chart),
    brings: [...chart.files.values()].some((text) => text.includes('CustomResourceDefinition')),
  });
  return chart.keep?.('kinds', make) ?? make();
});

export function bringsKinds(chart: Chart): boolean {
  return kindsOf(chart).brings;
}

function askedInFiles(chart: Chart): readonly string[] | 'any' {
  const asked = new Set<string>();
  for (const [path, text] of chart.files) {
    if (/\.md$|(?:^|\/)crds\//i.test(path) || !text.includes('APIVersions')) continue;
    // `.Capabilities.APIVersions.Has "networking.k8s.io/v1/Ingress"`
    for (const [, literal] of text.matchAll(/\bAPIVersions\b(?:\.Has\s+["`]([^"`]+)["`])?/g)) {
      if (literal === undefined) return 'any';
      asked.add(literal);
    }
  }
  return [...asked];
}
