import { describe } from '../../graph/identity';
import { chartOfRelease } from '../../graph/releases/source';
import type { Resource } from '../../graph/resource';
import { deepEqual } from '../../json/deep-equal';
import { isRemote } from '../../systems/flux/helm-release';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import type { SourceTree } from '../../tree/source/source';
import type { Side } from '../side';

/**
 * Sentences on closed releases that stay as they are, while their charts, which are folders of the tree, change: the objects that differ
 * are not known.
 */
export function changedInFolders(base: Side | undefined, head: Side | undefined): string[] {
  if (base === undefined || head === undefined) return [];
  // Many releases have one chart.
  const changed = new Map<string, boolean>();
  const isChanged = (folder: string) => {
    const known = changed.get(folder) ?? !isAlike(base.graph.tree, head.graph.tree, folder);
    changed.set(folder, known);
    return known;
  };
  const found = head.cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').flatMap((release) => {
    const [before] = base.cluster.find(release);
    const why = whyClosed(release, head);
    if (why === undefined || before === undefined || !deepEqual(before.value, release.value)) return [];
    const chart = chartOfRelease(release, head.cluster, head.graph.above);
    if ('type' in chart || chart.source.type !== 'folder' || !isChanged(chart.source.folder)) return [];
    return [{ release, why: `${chart.source.folder}, of which files change: ${why}` }];
  });
  return [...groupBy(found, ({ why }) => why)].map(([why, all]) => {
    const names = all.map(({ release }) => describe(release));
    return `What ${listed(names, 4)} ${all.length === 1 ? 'makes of its' : 'make of their'} chart ${why}.`;
  });
}

function whyClosed(release: Resource, { cluster, graph }: Side): string | undefined {
  const contents = cluster.charts.get(release);
  if (contents?.type === 'closed') return contents.why;
  return contents === undefined && !isRemote(release) ? graph.toOpenCharts : undefined;
}

function isAlike(one: SourceTree, other: SourceTree, folder: string): boolean {
  const [entries, others] = [one.list(folder) ?? [], other.list(folder) ?? []];
  if (entries.length !== others.length) return false;
  return entries.every(({ name, type }, i) => {
    if (others[i]?.name !== name || others[i]?.type !== type) return false;
    const path = folder === '' ? name : `${folder}/${name}`;
    if (type === 'folder') return isAlike(one, other, path);
    return Buffer.from(one.read(path) ?? '').equals(Buffer.from(other.read(path) ?? ''));
  });
}
