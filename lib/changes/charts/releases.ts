import type { ChartContents } from '../../graph/chart-contents';
import { chartVersionOf } from '../../graph/charts';
import { describe, identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { deepEqual } from '../../json/deep-equal';
import type { Json } from '../../json/json';
import { at } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import type { Side } from '../side';
import { isUntouched } from './definitions';
import { isReinstalled } from './target';

export type Opened = Extract<ChartContents, { type: 'opened' }>;

/** A HelmRelease on both sides of a change, whose chart was to be opened on one of them at least. */
export interface ReleasePair {
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  /** What its chart makes; undefined where there is no release, or nobody knows. */
  readonly from: ChartContents | undefined;
  readonly to: ChartContents | undefined;
  /** Why what it makes is not compared, if so. */
  readonly state: 'compared' | 'unknown' | 'suspended' | 'reinstalled' | 'unchanged';
}

/** A release that is upgraded, with what its chart makes before and after. */
export type Upgrade = ReleasePair & {
  readonly before: Resource;
  readonly after: Resource;
  readonly from: Opened;
  readonly to: Opened;
};

export function pairReleases(base: Side | undefined, head: Side | undefined): ReleasePair[] {
  const old = new Map([...chartsOf(base)].map(([release, contents]) => [identityKey(release), { release, contents }]));
  const now = new Map([...chartsOf(head)].map(([release, contents]) => [identityKey(release), { release, contents }]));
  return [...new Set([...old.keys(), ...now.keys()])].map((key) => {
    const [one, other] = [old.get(key), now.get(key)];
    const pair = {
      before: one?.release ?? (other && base?.cluster.find(other.release)[0]),
      after: other?.release ?? (one && head?.cluster.find(one.release)[0]),
      from: one?.contents,
      to: other?.contents,
    };
    return { ...pair, state: stateOf(pair, { base, head }) };
  });
}

function chartsOf(side: Side | undefined): ReadonlyMap<Resource, ChartContents> {
  return side?.cluster.charts ?? new Map();
}

function stateOf(
  { before, after, from, to }: Omit<ReleasePair, 'state'>,
  sides: Parameters<typeof isReinstalled>[2],
): ReleasePair['state'] {
  const isSuspended = (release: Resource | undefined) => at(release?.value, 'spec', 'suspend') === true;
  // Nothing happens to one that is suspended, nor to what it has made when it is deleted.
  if (isSuspended(after) || (after === undefined && isSuspended(before))) return 'suspended';
  if (before !== undefined && after !== undefined && isReinstalled(before, after, sides)) return 'reinstalled';
  const isUnknown = (release: Resource | undefined, contents: ChartContents | undefined) =>
    release !== undefined && contents?.type !== 'opened';
  if (isUnknown(before, from) || isUnknown(after, to)) return 'unknown';
  const isOther = from?.type !== 'opened' || to?.type !== 'opened' || isAsked({ before, after, from, to } as Upgrade);
  return isOther ? 'compared' : 'unchanged';
}

/**
 * Whether Flux upgrades the release: another chart, or other values. Of a chart in Git the version has to change, unless its
 * reconcileStrategy is Revision (source-controller 1.7 internal/controller/helmchart_controller.go: buildFromTarballArtifact).
 */
function isAsked({ before, after, from, to }: Omit<Upgrade, 'state'>): boolean {
  if (!deepEqual(inputOf(from, before), inputOf(to, after)) || isOfOtherVersion({ from, to })) return true;
  return from.chart.digest !== to.chart.digest && !isBuiltByVersion(after);
}

/** Whether a new build of a chart waits for another version of it. */
export function isBuiltByVersion({ value }: Resource): boolean {
  const spec = at(value, 'spec', 'chart', 'spec');
  return at(spec, 'sourceRef', 'kind') === 'GitRepository' && at(spec, 'reconcileStrategy') !== 'Revision';
}

/** What Helm is given; the kinds that there are in the cluster do not cause an upgrade. */
function inputOf({ input: { release, values, valuesFiles } }: Opened, { value }: Resource): Json {
  const after = ['postRenderers', 'commonMetadata'].map((field) => at(value, 'spec', field) ?? null);
  return { release: { ...release }, values, valuesFiles: [...valuesFiles], after };
}

export function isUpgrade(pair: ReleasePair): pair is Upgrade {
  return pair.state === 'compared' && pair.from?.type === 'opened' && pair.to?.type === 'opened';
}

/** Whether another chart is installed, or another version of it. */
export function isOfOtherVersion({ from, to }: Pick<Upgrade, 'from' | 'to'>): boolean {
  return from.chart.version !== to.chart.version || from.chart.name !== to.chart.name;
}

/** Objects of releases that are not compared: of what is on one side alone, all would look new or deleted. */
export function leftOut(pairs: readonly ReleasePair[]): ReadonlySet<Resource> {
  const found = new Set<Resource>();
  for (const { before, after, from, to, state } of pairs) {
    for (const contents of [from, to]) {
      if (contents?.type !== 'opened') continue;
      for (const object of contents.objects) {
        const stays = before !== undefined && after !== undefined && isUntouched(object, after);
        if (state !== 'compared' || stays) found.add(object);
      }
    }
  }
  return found;
}

/** Sentences on releases of which one side is not known: "What HelmRelease shop/db made before the change: …". */
export function notCompared(base: Side | undefined, head: Side | undefined): string[] {
  const reasons = pairReleases(base, head).flatMap(({ before, after, from, to, state }) => {
    if (state !== 'unknown') return [];
    const [old, now] = [before && whyOf(from), after && whyOf(to)];
    const isSame = old === now;
    const versions = [
      before && base && chartVersionOf(before, base.cluster),
      after && head && chartVersionOf(after, head.cluster),
    ];
    // Where neither is known, and the release stays as it is, there is nothing to compare.
    if (isSame && versions[0] === versions[1] && deepEqual(before?.value, after?.value)) return [];
    const side = isSame ? 'makes' : now === undefined ? 'made before the change' : 'makes after the change';
    return [{ name: describe((after ?? before) as Resource), why: `${side}: ${now ?? old}` }];
  });
  return [...groupBy(reasons, ({ why }) => why)].map(([why, all]) => {
    const names = listed(
      all.map(({ name }) => name),
      4,
    );
    return `What ${names} ${all.length === 1 ? why : why.replace(/^makes/, 'make')}.`;
  });
}

function whyOf(contents: ChartContents | undefined): string | undefined {
  switch (contents?.type) {
    case 'opened':
      return undefined;
    case 'failed':
      return `Helm refuses its values or its chart (${contents.message.split('\n', 1)[0]})`;
    case 'closed':
      return contents.why;
    default:
      return 'its chart was not opened';
  }
}
