import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { compareText } from '../../text/compare';
import { groupBy } from '../../text/group-by';
import type { ReleasePair } from '../charts/releases';
import { isRoutineChange } from '../charts/routine';
import type { Context } from '../context';
import { type ChartChange, type Danger, dangers } from '../review';
import { summaryOf, type Told } from './summary';

/** What becomes of releases, the same upgrade of a chart once; the most dangerous first. */
export function chartChanges(context: Context, told: readonly Told[]): ChartChange[] {
  const pairs = context.releases.filter(isTold);
  return [...groupBy(pairs, keyOf).values()].map((group) => chartChange(group, context, told)).sort(compare);
}

function isTold({ from, to, state }: ReleasePair): boolean {
  return (state === 'reinstalled' || state === 'compared') && (from?.type === 'opened' || to?.type === 'opened');
}

/** Releases of the same chart that go from one version to another are alike; of other values, each is another matter. */
function keyOf({ before, after, from, to }: ReleasePair): string {
  const [old, now] = [from, to].map((contents) => (contents?.type === 'opened' ? contents.chart : undefined));
  const own = old?.version === now?.version ? describe((after ?? before) as Resource) : '';
  return JSON.stringify([(now ?? old)?.name, old?.version ?? null, now?.version ?? null, own]);
}

function chartChange(
  group: readonly [ReleasePair, ...ReleasePair[]],
  context: Context,
  told: readonly Told[],
): ChartChange {
  const [{ from, to }] = group;
  const [old, now] = [from, to].map((contents) => (contents?.type === 'opened' ? contents.chart : undefined));
  const members = new Set(group);
  const isOfIt = (resource: Resource | undefined) =>
    resource !== undefined && members.has(context.releaseOf(resource) as ReleasePair);
  const changes = context.changes.filter(({ before, after }) =>
    [before, after].some((one) => one?.chart && isOfIt(one)),
  );
  const own = told.filter(([{ on, change }]) => isOfIt((change?.after ?? change?.before ?? on) as Resource));
  const objects = group.reduce((sum, pair) => sum + madeBy(pair), 0);
  const routine = changes.filter(isRoutineChange).length;
  return {
    chart: (now ?? old)?.name ?? '',
    before: old?.version,
    after: now?.version,
    releases: group.map(({ before, after }) => describe((after ?? before) as Resource)).sort(compareText),
    danger: worst([changes.length === 0 ? 'none' : 'low', ...own.map(([, { danger }]) => danger)]),
    objects,
    routine,
    summary: summaryOf({ group, changes, told: own, objects, routine, context }),
  };
}

function madeBy({ from, to }: ReleasePair): number {
  const contents = to?.type === 'opened' ? to : from;
  return contents?.type === 'opened' ? contents.objects.length : 0;
}

function worst(all: readonly Danger[]): Danger {
  return dangers[Math.max(0, ...all.map((danger) => dangers.indexOf(danger)))] ?? 'none';
}

function compare(a: ChartChange, b: ChartChange): number {
  return (
    dangers.indexOf(b.danger) - dangers.indexOf(a.danger) ||
    b.releases.length - a.releases.length ||
    compareText(a.chart, b.chart)
  );
}
