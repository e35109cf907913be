import type { Change, ChartChange, FieldChange, Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { groupBy } from '../../../text/group-by';
import { inClusters } from './clusters';

/** An upgrade of a chart, with the objects that differ; the same in several clusters once. */
export interface ChartGroup extends ChartChange {
  readonly changes: readonly Change[];
  /** Its clusters, where a review has several. */
  readonly clusters: readonly string[];
}

export function chartGroups({ clusters }: Review): readonly ChartGroup[] {
  const all = clusters.flatMap(({ name, charts = [], changes }) => {
    const byRelease = groupBy(changes, ({ madeBy }) => madeBy?.release);
    return charts.map((chart) => ({ chart, name, changes: chart.releases.flatMap((one) => byRelease.get(one) ?? []) }));
  });
  const alike = groupBy(all, ({ chart: { chart, before, after, summary } }) =>
    JSON.stringify([chart, before, after, summary]),
  );
  return [...alike.values()].map((group) => {
    const releases = group.flatMap(({ chart, name }) => chart.releases.map((release) => ({ release, name })));
    return {
      ...group[0].chart,
      releases: [...groupBy(releases, ({ release }) => release)].map(([release, those]) =>
        inClusters(
          release,
          those.map(({ name }) => name),
          clusters,
        ),
      ),
      changes: group.flatMap(({ changes }) => changes),
      clusters: clusters.length < 2 ? [] : [...new Set(group.map(({ name }) => name))],
    };
  });
}

/** What it is about, and where: `app-template 3.7.3 → 4.0.1` and ` in 31 releases`. */
export function chartTitle({
  chart,
  before,
  after,
  releases,
  clusters,
}: ChartGroup): readonly [what: string, where: string] {
  const [release = ''] = releases;
  // Of other values, each release is told apart, and one that is new or goes is news itself.
  const isOne = releases.length === 1 && (before === undefined || after === undefined);
  if (before === after || isOne) return [release, ` (${chart} ${after ?? before})`];
  const versions = [before, after].filter((version) => version !== undefined).join(' → ');
  const all =
    clusters.length === 0 ? '' : ` of ${clusters.length > 3 ? `${clusters.length} clusters` : clusters.join(', ')}`;
  return [`${chart} ${versions}`, ` in ${releases.length === 1 ? release : `${releases.length} releases${all}`}`];
}

/** Objects of one kind of which the same becomes. */
export interface Folded {
  readonly type: Change['type'];
  readonly kind: string;
  /** `Deployment media/plex`. */
  readonly objects: readonly string[];
  /** As they differ in the first of these. */
  readonly fields: readonly FieldChange[];
  /** How many fields differ besides. */
  readonly left: number;
}

/** Fields of a definition that are shown. */
const fewFields = 12;

/** The changes of a chart, equal ones once over all releases: what matters most first. */
export function folded(changes: readonly Change[]): readonly Folded[] {
  const groups = [...groupBy(changes, ({ type, kind }) => `${type} ${kind}`).values()].flatMap(foldedOfKind);
  return groups.sort((a, b) => weight(a) - weight(b) || b.objects.length - a.objects.length);
}

function foldedOfKind(changes: readonly [Change, ...Change[]]): Folded[] {
  const [{ type, kind }] = changes;
  if (type !== 'changed')
    return [{ type, kind, objects: [...new Set(changes.map(({ object }) => object))], fields: [], left: 0 }];
  /** What differs, and in which objects. */
  const fields = new Map<string, { field: FieldChange; objects: Set<string> }>();
  for (const change of changes) {
    const names = namesOf(change);
    for (const field of change.fields) {
      const key = JSON.stringify(
        [field.type, field.path, field.before, field.after, field.lines].map((part) => without(part, names)),
      );
      const known = fields.get(key) ?? { field, objects: new Set() };
      fields.set(key, known);
      known.objects.add(change.object);
    }
  }
  const most = kind === 'CustomResourceDefinition' ? fewFields : Number.POSITIVE_INFINITY;
  return [...groupBy(fields.values(), ({ objects }) => [...objects].join('\n')).values()].map((group) => ({
    type,
    kind,
    objects: [...group[0].objects],
    fields: group.slice(0, most).map(({ field }) => field),
    left: Math.max(0, group.length - most),
  }));
}

/** The names that differ from release to release, where they stand as words; the longest first. */
function namesOf({ name, namespace, madeBy }: Change): RegExp {
  const release = madeBy?.release.replace(/^.*[ /]/, '') ?? '';
  const words = [...new Set([name, release, namespace])].filter((word) => word !== '');
  const longest = words.sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![A-Za-z0-9])(?:${longest.join('|')})(?![A-Za-z0-9])`, 'g');
}

function without(part: string | readonly string[] | undefined, names: RegExp): string {
  return (typeof part === 'object' ? part.join('\n') : (part ?? '')).replace(names, '…');
}

/** What a reviewer looks at first: what cannot be changed, what goes, definitions, images, probes, strategy, permissions. */
function weight({ type, kind, fields }: Folded): number {
  const has = (pattern: RegExp) => fields.some(({ path }) => pattern.test(path));
  if (type === 'changed' && has(/^spec\.(?:selector|volumeClaimTemplates)\b/) && kind !== 'Service') return 0;
  if (type === 'deleted') return 1;
  if (kind === 'CustomResourceDefinition') return 2;
  if (has(/\.image$/)) return 3;
  if (has(/Probe\b/)) return 4;
  if (has(/^spec\.(?:strategy|updateStrategy)\b/)) return 5;
  if (/Role(?:Binding)?$/.test(kind)) return 6;
  return type === 'created' ? 8 : 7;
}

/** "Deployment media/plex", "30 Deployments". */
export function foldedName({ objects, kind }: Folded): string {
  return objects.length === 1 ? (objects[0] ?? '') : count(objects.length, kind);
}
