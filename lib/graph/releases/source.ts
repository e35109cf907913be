import { posix } from 'node:path';
import type { JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { tagOrRange } from '../../systems/helm/versions';
import { display, isKnown } from '../../text/symbolic';
import type { ChartSource, Closed } from '../../tree/charts/chart';
import type { Cluster } from '../cluster';
import { describe } from '../identity';
import type { Resource } from '../resource';
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
  const ref = objectAt(spec, 'sourceRef');
  const chart = textAt(spec, 'chart') ?? '';
  const valuesFiles = listAt(spec, 'valuesFiles').filter((file) => typeof file === 'string');
  const ignoreMissingValuesFiles = at(spec, 'ignoreMissingValuesFiles') === true;
  const files = { valuesFiles, ignoreMissingValuesFiles };
  // Of Git they are named from the root of the repository.
  const below = { valuesFiles: valuesFiles.map((file) => posix.relative(chart, file)), ignoreMissingValuesFiles };
  if (isTheTrees(ref, namespace, cluster)) return { source: ofTree(chart, above), ...below };
  const found = sourceNamed(ref, namespace, cluster);
  if ('type' in found) return found;
  switch (found.kind) {
    case 'HelmRepository':
      return known({ source: ofRepository(found, chart, textAt(spec, 'version') || '*'), ...files }, found);
    case 'GitRepository':
      return known({ source: ofGit(found, chart), ...below }, found);
    default:
      return closed(`its chart is in ${describe(found)}`);
  }
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

function ofRepository({ value }: Resource, chart: string, version: string): ChartSource {
  const url = trimmed(textAt(value, 'spec', 'url'));
  if (textAt(value, 'spec', 'type') !== 'oci' && !url.startsWith('oci://')) {
    return { type: 'repository', url, name: chart, version };
  }
  const insecure = at(value, 'spec', 'insecure') === true ? { insecure: true } : {};
  return { type: 'oci', url: `${url}/${chart}`, ...tagOrRange(version), ...insecure };
}

function ofTree(chart: string, above: string): ChartSource {
  const folder = folderNamed(chart) ?? chart;
  return { type: 'folder', folder: above === '' ? folder : folder.replace(new RegExp(`^${above}(?:/|$)`), '') };
}

function ofGit({ value }: Resource, chart: string): ChartSource {
  const ref = objectAt(value, 'spec', 'ref');
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(textAt(ref, 'name') ?? '') ?? [];
  return {
    type: 'git',
    url: trimmed(textAt(value, 'spec', 'url')),
    folder: folderNamed(chart) ?? chart,
    ...given('branch', kind === 'heads' ? name : textAt(ref, 'branch')),
    ...given('tag', kind === 'tags' ? name : textAt(ref, 'tag')),
    ...given('semver', textAt(ref, 'semver')),
    ...given('commit', textAt(ref, 'commit')),
  };
}

/** Whether a source is the one that Kustomizations read this tree from, be it in the tree or made by whoever bootstrapped Flux. */
function isTheTrees(source: JsonObject | undefined, namespace: string, { kustomizations }: Cluster): boolean {
  return kustomizations.some(({ contents, spec, namespace: own }) => {
    const ref = objectAt(spec, 'sourceRef');
    return (
      contents.type !== 'elsewhere' &&
      textAt(ref, 'kind') === textAt(source, 'kind') &&
      textAt(ref, 'name') === textAt(source, 'name') &&
      (textAt(ref, 'namespace') || own) === namespace
    );
  });
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
