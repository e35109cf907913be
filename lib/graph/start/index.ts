import type { Cluster } from '../cluster';
import { installsBeforeFlux } from '../flux/installed-before';
import type { Graph } from '../graph';
import { isSame } from '../kustomization';
import type { Resource } from '../resource';
import { bucketsNeeded, emptyData } from './before/data';
import { withWave } from './before/gather';
import { clientsAmong, hostsNeeded, loginsNeeded, registriesNeeded, repositoriesNeeded } from './before/network';
import { missingSecrets } from './before/secrets';
import { storesNeeded, valuesNeeded } from './before/stores';
import { prerequisiteKinds, type Start } from './start';
import { wavesOf } from './waves';

export type { Prerequisite, PrerequisiteKind, Start, Starting, Stuck } from './start';
export { prerequisiteKinds } from './start';

/** In which order a cluster starts, and what has to be there before. */
export function startOf(cluster: Cluster, graph: Graph): Start {
  const { waves, stuck, waveOf } = wavesOf(cluster, installsBeforeFlux(cluster, graph));
  const written = [...missingSecrets(cluster, graph), ...valuesNeeded(cluster)];
  const before = [
    ...repositoriesNeeded(cluster, waveOf),
    ...written,
    ...storesNeeded(cluster, waveOf),
    ...bucketsNeeded(cluster, waveOf),
    ...emptyData(cluster),
    ...loginsNeeded(cluster, waveOf),
    ...clientsAmong(written),
    ...hostsNeeded(cluster),
    ...registriesNeeded(cluster, waveOf),
  ].map((one) => withWave(one, cluster, waveOf));
  const late = Number.POSITIVE_INFINITY;
  const byKind = prerequisiteKinds.flatMap((kind) =>
    before.filter((one) => one.kind === kind).sort((a, b) => (a.wave ?? late) - (b.wave ?? late)),
  );
  return { begun: begunIn(cluster), waves, stuck, before: byKind };
}

/** The first Kustomizations with what stands beside them in their files, and what none of them applies. */
function begunIn({ begun, resources, kustomizations }: Cluster): readonly Resource[] {
  const first = kustomizations.filter(
    (one) => one.resource.appliedBy === undefined || isSame(one.resource.appliedBy, one),
  );
  const files = new Set(first.map(({ resource }) => resource.document.file));
  const applied = new Set(resources.map(({ document }) => document));
  return begun.filter(({ document }) => files.has(document.file) || !applied.has(document));
}
