import { posix } from 'node:path';
import type { JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { display, isKnown } from '../../text/symbolic';
import type { ChartSource, Closed } from '../../tree/charts/chart';
import type { Cluster } from '../cluster';
import { describe } from '../identity';
import type { FluxKustomization, Resource } from '../resource';
import { folderNamed } from '../source-root';

/** Where the chart of a release is to be had, and which of its files are its values. */
export interface ReleaseChart {
  readonly source: ChartSource;
  /** Those of a HelmChart (spec.valuesFiles) in place of values.yaml. */
  readonly valuesFiles: readonly string[];
  readonly ignoreMissingValuesFiles: boolean;
}

const group = 'source.toolkit.fluxcd.io';

/**
 * Where the chart of a HelmRelease is to be had: what `spec.chartRef` leads to, or a HelmChart such as Flux makes of `spec.chart`.
 *
 * @param above the way from the root of Flux's source to the tree's own
 */
export function chartOfRelease(release: Resource, cluster: Cluster, above: string): ReleaseChart | Closed {
  const { value, namespace } = release;
  const spec = objectAt(value, 'spec', 'chart', 'spec');
  if (spec !== undefined) return ofHelmChart(spec, textAt(spec, 'sourceRef', 'namespace') || namespace, cluster, above);
  const ref = objectAt(value, 'spec', 'chartRef');
  const found = sourceNamed(ref, textAt(ref, 'namespace') || namespace, cluster);
  if ('type' in found) return found;
  switch (found.kind) {
    case 'OCIRepository':
      return known({ source: ofRegistry(found), valuesFiles: [], ignoreMissingValuesFiles: false }, found);
    case 'HelmChart':
      return ofHelmChart(objectAt(found.value, 'spec') ?? {}, found.namespace, cluster, above);
    default:
      return closed(`its chart is in ${describe(found)}, which is put together in the cluster`);
  }
}

/** A HelmChart, wherever it is written (source-controller 1.7 internal/controller/helmchart_controller.go). */
function ofHelmChart(spec: JsonObject, namespace: string, cluster: Cluster, above: string): ReleaseChart | Closed {
  const found = sourceNamed(objectAt(spec, 'sourceRef'), namespace, cluster);
  if ('type' in found) return found;
  const chart = textAt(spec, 'chart') ?? '';
  const valuesFiles = listAt(spec, 'valuesFiles').filter((file) => typeof file === 'string');
  const files = { valuesFiles, ignoreMissingValuesFiles: at(spec, 'ignoreMissingValuesFiles') === true };
  const asked = { source: found, chart, version: textAt(spec, 'version') || '*', cluster, above };
  switch (found.kind) {
    case 'HelmRepository':
      return known({ source: ofRepository(asked), ...files }, found);
    case 'GitRepository':
      return known(
        { source: ofGit(asked), ...files, valuesFiles: valuesFiles.map((file) => posix.relative(chart, file)) },
        found,
      );
    default:
      return closed(`its chart is in ${describe(found)}`);
  }
}

interface Asked {
  readonly source: Resource;
  readonly chart: string;
  readonly version: string;
  readonly cluster: Cluster;
  readonly above: string;
}

function ofRegistry({ value }: Resource): ChartSource {
  const ref = objectAt(value, 'spec', 'ref');
  return {
    type: 'oci',
    url: trimmed(textAt(value, 'spec', 'url')),
    ...given('tag', textAt(ref, 'tag')),
    ...given('semver', textAt(ref, 'semver')),
    ...given('semverFilter', textAt(ref, 'semverFilter')),
    ...given('digest', textAt(ref, 'digest')),
    ...given('layer', textAt(value, 'spec', 'layerSelector', 'mediaType')),
    ...(at(value, 'spec', 'insecure') === true ? { insecure: true } : {}),
  };
}

function ofRepository({ source: { value }, chart, version }: Asked): ChartSource {
  const url = trimmed(textAt(value, 'spec', 'url'));
  if (textAt(value, 'spec', 'type') !== 'oci' && !url.startsWith('oci://')) {
    return { type: 'repository', url, name: chart, version };
  }
  // A version is a tag, in which `+` has no place (helm v4.2 pkg/registry); all else is a range.
  const exact = /^v?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(version);
  const which = exact ? { tag: version.replaceAll('+', '_') } : { semver: version };
  const insecure = at(value, 'spec', 'insecure') === true ? { insecure: true } : {};
  return { type: 'oci', url: `${url}/${chart}`, ...which, ...insecure };
}

function ofGit({ source, chart, cluster, above }: Asked): ChartSource {
  const folder = folderNamed(chart) ?? chart;
  const isOwn = cluster.kustomizations.some((one) => one.contents.type !== 'elsewhere' && readsFrom(one, source));
  if (isOwn)
    return { type: 'folder', folder: above !== '' ? folder.replace(new RegExp(`^${above}(?:/|$)`), '') : folder };
  const ref = objectAt(source.value, 'spec', 'ref');
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(textAt(ref, 'name') ?? '') ?? [];
  return {
    type: 'git',
    url: trimmed(textAt(source.value, 'spec', 'url')),
    folder,
    ...given('branch', kind === 'heads' ? name : textAt(ref, 'branch')),
    ...given('tag', kind === 'tags' ? name : textAt(ref, 'tag')),
    ...given('semver', textAt(ref, 'semver')),
    ...given('commit', textAt(ref, 'commit')),
  };
}

function readsFrom({ spec, namespace }: FluxKustomization, source: Resource): boolean {
  const ref = objectAt(spec, 'sourceRef');
  return (
    textAt(ref, 'kind') === source.kind &&
    textAt(ref, 'name') === source.name &&
    (textAt(ref, 'namespace') || namespace) === source.namespace
  );
}

function sourceNamed(ref: JsonObject | undefined, namespace: string, cluster: Cluster): Resource | Closed {
  const [kind, name] = [textAt(ref, 'kind') ?? '', textAt(ref, 'name') ?? ''];
  const [found] = cluster.find({ group, kind, namespace, name });
  return found ?? closed(`its chart's source ${describe({ kind, namespace, name })} is not in the tree`);
}

/** What is filled in with something that the tree does not show, nobody can fetch. */
function known(chart: ReleaseChart, source: Resource): ReleaseChart | Closed {
  const unknown = Object.values(chart.source)
    .filter((text) => typeof text === 'string')
    .find((text) => !isKnown(text) || text.includes('${'));
  if (unknown !== undefined)
    return closed(`its chart is ${display(unknown)}, and the tree does not show what is filled in`);
  if (source.uncertain) return closed(`${describe(source)} is changed by something that espalier does not follow`);
  return chart;
}

export function closed(why: string): Closed {
  return { type: 'closed', why };
}

function given<K extends string>(key: K, value: string | undefined): { [_ in K]?: string } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [_ in K]?: string };
}

function trimmed(url = ''): string {
  return url.replace(/\/+$/, '');
}
