import { chartOf } from '../../graph/charts';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import type { Changed, Context, Side } from '../context';
import { isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';

/** Releases of charts that are upgraded: their own change, or that of what they take the chart from. */
export const charts: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after === undefined) continue;
    if (after.group === 'helm.toolkit.fluxcd.io' && after.kind === 'HelmRelease')
      yield* ofRelease(change, before, after, context);
    else if (after.group === 'source.toolkit.fluxcd.io') yield* ofSource(change, after, context);
  }
};

/** What tells a release from another: helm-controller uninstalls the one before it installs the other. */
interface Target {
  readonly storage: string;
  readonly namespace: string;
  readonly release: string;
  /** Undefined where nobody but the chart itself says it. */
  readonly chart: string | undefined;
}

const targetFields: Readonly<Record<keyof Target, string>> = {
  storage: 'spec.storageNamespace',
  namespace: 'spec.targetNamespace',
  release: 'spec.releaseName',
  chart: 'spec.chart.spec.chart',
};

/** ReleaseTargetChanged in helm-controller's internal/action/verify.go; what is not given, api/v2/helmrelease_types.go fills in. */
function targetOf(release: Resource, side: Side | undefined): Target {
  const { value, name, namespace } = release;
  const spec = at(value, 'spec');
  const targetNamespace = textAt(spec, 'targetNamespace') || undefined;
  return {
    storage: textAt(spec, 'storageNamespace') || namespace,
    namespace: targetNamespace ?? namespace,
    release: textAt(spec, 'releaseName') || (targetNamespace === undefined ? name : `${targetNamespace}-${name}`),
    chart: nameOfChart(release, side),
  };
}

/** In a repository of charts it is their name, in an OCI registry mostly; in Git it is a folder. */
function nameOfChart(release: Resource, side: Side | undefined): string | undefined {
  const named = textAt(release.value, 'spec', 'chart', 'spec', 'sourceRef', 'kind') === 'HelmRepository';
  return side !== undefined && (named || isOfArtifact(release)) ? chartOf(release, side.cluster) : undefined;
}

function isOfArtifact({ value }: Resource): boolean {
  return textAt(value, 'spec', 'chartRef', 'kind') === 'OCIRepository';
}

/** Of a chart with another name alone (reconcileRelease in helm-controller's internal/controller/helmrelease_controller.go, 1.6). */
function isInPlace({ value }: Resource): boolean {
  return textAt(value, 'spec', 'upgrade', 'chartNameChangeStrategy') === 'InPlaceUpdate';
}

/** What Flux does to a release of which it takes another release, or another chart, from now on; nothing where both are the same. */
function moving(before: Resource, after: Resource, { base, head }: Context): Omit<Found, 'on'> | undefined {
  const [old, now] = [targetOf(before, base), targetOf(after, head)];
  const moved = (Object.keys(targetFields) as (keyof Target)[]).filter(
    (field) => old[field] !== now[field] && (field !== 'chart' || (old.chart !== undefined && now.chart !== undefined)),
  );
  if (moved.length === 0) return undefined;
  const [from, to] = [old.chart, now.chart];
  if (moved.every((field) => field === 'chart') && isInPlace(after))
    return {
      kind: 'upgrade',
      danger: 'medium',
      message: `is upgraded in place from chart ${from} to ${to} (\`chartNameChangeStrategy: InPlaceUpdate\`), which may break what worked; what restarts, the chart alone tells`,
      todo: [`See that ${to} can take over what ${from} has made: names, selectors and volumes above all.`],
    };
  const fields = moved.map((field) =>
    field === 'chart' && (isOfArtifact(before) || isOfArtifact(after))
      ? `the name of its chart (\`${from}\` → \`${to}\`)`
      : `\`${targetFields[field]}\``,
  );
  return {
    kind: 'recreated',
    danger: 'high',
    message: `is uninstalled and installed anew, because ${fields.join(' and ')} ${fields.length === 1 ? 'changes' : 'change'}: what its chart has made goes in between`,
  };
}

function* ofRelease(change: Changed, before: Resource, after: Resource, context: Context): Generator<Found> {
  const common = { on: after, change, by: after.appliedBy };
  if (at(after.value, 'spec', 'suspend') === true) {
    if (change.fields.some(({ path }) => isBelow(path, 'spec') && path[1] !== 'suspend'))
      yield {
        ...common,
        kind: 'suspended',
        danger: 'low',
        message: 'is suspended: nothing of this happens until it is resumed',
      };
    return;
  }
  const moved = moving(before, after, context);
  if (moved !== undefined) {
    yield { ...common, ...moved };
    return;
  }
  const [from, to] = [versionOf(before), versionOf(after)];
  if (from !== to) yield upgraded(common, from, to);
  else if (
    change.fields.some(({ path }) =>
      ['values', 'valuesFrom', 'chart', 'chartRef', 'postRenderers'].some((field) => isBelow(path, 'spec', field)),
    )
  ) {
    yield {
      ...common,
      kind: 'upgrade',
      danger: 'medium',
      message: `is upgraded with ${change.fields.some(({ path }) => /^spec\.chart(?:Ref)?\b/.test(pathText(path))) ? 'a chart from elsewhere' : 'other values'}: what restarts, the chart alone tells`,
    };
  }
}

function* ofSource(change: Changed, source: Resource, context: Context): Generator<Found> {
  const releases = context.head?.cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease') ?? [];
  const fields = change.fields.filter(
    ({ path }) => isBelow(path, 'spec') && /^spec\.(?:ref|url|reference|endpoint|bucketName)\b/.test(pathText(path)),
  );
  if (fields.length === 0) return;
  for (const release of releases) {
    if (!takesFrom(release, source)) continue;
    const common = { on: release, by: source.appliedBy, chain: [step(source), step(release)] };
    if (at(release.value, 'spec', 'suspend') === true) continue;
    // What it does by its own change is told already.
    const own = context.changeOf(release)?.before;
    const moved = moving(own ?? release, release, context);
    if (moved !== undefined) {
      if (own === undefined) yield { ...common, ...moved };
      continue;
    }
    const [from, to] = [change.before, change.after].map((one) => tagOf(one));
    yield from !== to
      ? upgraded(common, from, to)
      : {
          ...common,
          kind: 'upgrade',
          danger: 'medium',
          message: `takes its chart from elsewhere: ${describe(source)} changes`,
        };
  }
}

function takesFrom({ value, namespace }: Resource, source: Resource): boolean {
  const refs = [at(value, 'spec', 'chartRef'), at(value, 'spec', 'chart', 'spec', 'sourceRef')];
  return refs.some(
    (ref) =>
      textAt(ref, 'kind') === source.kind &&
      textAt(ref, 'name') === source.name &&
      (textAt(ref, 'namespace') ?? namespace) === source.namespace,
  );
}

function versionOf({ value }: Resource): string | undefined {
  return textAt(value, 'spec', 'chart', 'spec', 'version');
}

export function tagOf(source: Resource | undefined): string | undefined {
  const ref = at(source?.value, 'spec', 'ref');
  return textAt(ref, 'tag') ?? textAt(ref, 'semver') ?? textAt(ref, 'digest');
}

function upgraded(
  common: Pick<Found, 'on' | 'by' | 'chain' | 'change'>,
  from: string | undefined,
  to: string | undefined,
): Found {
  const major = (version: string | undefined) => /^[v~^>=\s]*(\d+)(?:\.(\d+))?/.exec(version ?? '');
  const [a, b] = [major(from), major(to)];
  // Before 1.0 the second number is what breaks (https://semver.org/#spec-item-4).
  const breaks = a !== null && b !== null && (a[1] !== b[1] || (a[1] === '0' && a[2] !== b[2]));
  return {
    ...common,
    kind: 'upgrade',
    danger: 'medium',
    message: `is upgraded: chart ${from ?? 'of any version'} → ${to ?? 'of any version'}${breaks ? ', which may break what worked' : ''}; what restarts, the chart alone tells`,
    todo: breaks ? [`Read the chart's notes between ${from} and ${to}, on its definitions (CRDs) above all.`] : [],
  };
}
