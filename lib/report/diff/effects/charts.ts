import { describe, step } from '../../../graph/identity';
import { at, textAt } from '../../../graph/json';
import type { Resource } from '../../../graph/resource';
import type { Changed, Context } from '../context';
import { isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';

/** Releases of charts that are upgraded: their own change, or that of what they take the chart from. */
export const charts: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after === undefined) continue;
    if (after.group === 'helm.toolkit.fluxcd.io' && after.kind === 'HelmRelease')
      yield* ofRelease(change, before, after);
    else if (after.group === 'source.toolkit.fluxcd.io') yield* ofSource(change, after, context);
  }
};

/** What tells a release from another: helm-controller uninstalls the one before it installs the other. */
interface Target {
  readonly storage: string;
  readonly namespace: string;
  readonly release: string;
  /** Undefined where another object says it. */
  readonly chart: string | undefined;
}

const targetFields: Readonly<Record<keyof Target, string>> = {
  storage: 'spec.storageNamespace',
  namespace: 'spec.targetNamespace',
  release: 'spec.releaseName',
  chart: 'spec.chart.spec.chart',
};

/** ReleaseTargetChanged in helm-controller's internal/action/verify.go; what is not given, api/v2/helmrelease_types.go fills in. */
function targetOf({ value, name, namespace }: Resource): Target {
  const spec = at(value, 'spec');
  const targetNamespace = textAt(spec, 'targetNamespace') || undefined;
  return {
    storage: textAt(spec, 'storageNamespace') || namespace,
    namespace: targetNamespace ?? namespace,
    release: textAt(spec, 'releaseName') || (targetNamespace === undefined ? name : `${targetNamespace}-${name}`),
    // Of a chart in a repository the field is its name; in Git it is a folder, and only the chart itself says its name.
    chart:
      textAt(spec, 'chart', 'spec', 'sourceRef', 'kind') === 'HelmRepository'
        ? textAt(spec, 'chart', 'spec', 'chart')
        : undefined,
  };
}

const chartField = `\`${targetFields.chart}\``;

/** Of a chart with another name alone (reconcileRelease in helm-controller's internal/controller/helmrelease_controller.go, 1.6). */
function isInPlace({ value }: Resource): boolean {
  return textAt(value, 'spec', 'upgrade', 'chartNameChangeStrategy') === 'InPlaceUpdate';
}

function movedFields(before: Resource, after: Resource): string[] {
  const [old, now] = [targetOf(before), targetOf(after)];
  return (Object.keys(targetFields) as (keyof Target)[]).flatMap((field) =>
    old[field] === now[field] || (field === 'chart' && (old.chart === undefined || now.chart === undefined))
      ? []
      : `\`${targetFields[field]}\``,
  );
}

function* ofRelease(change: Changed, before: Resource, after: Resource): Generator<Found> {
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
  const moved = movedFields(before, after);
  if (moved.length === 1 && moved[0] === chartField && isInPlace(after)) {
    const [from, to] = [before, after].map((release) => targetOf(release).chart);
    yield {
      ...common,
      kind: 'upgrade',
      danger: 'medium',
      message: `is upgraded in place from chart ${from} to ${to} (\`chartNameChangeStrategy: InPlaceUpdate\`), which may break what worked; what restarts, the chart alone tells`,
      todo: [`See that ${to} can take over what ${from} has made: names, selectors and volumes above all.`],
    };
    return;
  }
  if (moved.length > 0) {
    yield {
      ...common,
      kind: 'recreated',
      danger: 'high',
      message: `is uninstalled and installed anew, because ${moved.join(' and ')} ${moved.length === 1 ? 'changes' : 'change'}: what its chart has made goes in between`,
    };
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
