import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import { isOfArtifact, isReinstalled, movedFields, nameOfChart, targetFields } from '../charts/target';
import type { Context } from '../context';
import { isBelow, pathText } from '../difference';
import { type EffectRule, effect, type Found, type Happening, isUpdated, ofUpdated, type Updated } from '../effect';

/** Releases of charts that are upgraded: their own change, or that of what they take the chart from. */
export const charts: EffectRule = function* (context) {
  yield* releases(context);
  for (const change of context.changes) {
    if (change.after?.group === 'source.toolkit.fluxcd.io' && isUpdated(change)) yield* ofSource(change, context);
  }
};

const releases = ofUpdated(/^helm\.toolkit\.fluxcd\.io\/HelmRelease$/, (change, context) => ofRelease(change, context));

/** What Flux does to a release of which it takes another release, or another chart, from now on; nothing where both are the same. */
function moving(before: Resource, after: Resource, context: Context): Happening | undefined {
  const moved = movedFields(before, after, context);
  if (moved.length === 0) return undefined;
  const [from, to] = [nameOfChart(before, context.base), nameOfChart(after, context.head)];
  if (!isReinstalled(before, after, context))
    return effect(
      'upgrade',
      'medium',
      `is upgraded in place from chart ${from} to ${to} (\`chartNameChangeStrategy: InPlaceUpdate\`), which may bring breaking changes; the chart decides what restarts`,
      `Check that ${to} can take over what ${from} has made: above all names, selectors and volumes.`,
    );
  const fields = moved.map((field) =>
    field === 'chart' && (isOfArtifact(before) || isOfArtifact(after))
      ? `the name of its chart (\`${from}\` → \`${to}\`)`
      : `\`${targetFields[field]}\``,
  );
  return effect(
    'recreated',
    'high',
    `is uninstalled and installed again, because ${fields.join(' and ')} ${fields.length === 1 ? 'changes' : 'change'}: everything that its chart has made is deleted in between`,
  );
}

function* ofRelease({ before, after, fields }: Updated, context: Context): Generator<Happening> {
  if (at(after.value, 'spec', 'suspend') === true) {
    // What suspends it now, suspended.ts tells.
    const was = at(before.value, 'spec', 'suspend') === true;
    if (was && fields.some(({ path }) => isBelow(path, 'spec') && path[1] !== 'suspend'))
      yield effect('suspended', 'low', 'is suspended: nothing of this happens until it is resumed');
    return;
  }
  const moved = moving(before, after, context);
  if (moved !== undefined) {
    yield moved;
    return;
  }
  // Of what is known, upgrades.ts tells.
  if (isOpened(after, context)) return;
  const [from, to] = [versionOf(before), versionOf(after)];
  if (from !== to) yield upgraded(from, to);
  else if (fields.some(({ path: [top, field] }) => top === 'spec' && upgrading.has(String(field)))) {
    const elsewhere = fields.some(({ path }) => /^spec\.chart(?:Ref)?\b/.test(pathText(path)));
    const what = elsewhere ? 'a chart from another place' : 'other values';
    yield effect('upgrade', 'medium', `is upgraded with ${what}: the chart decides what restarts`);
  }
}

const upgrading: ReadonlySet<string> = new Set(['values', 'valuesFrom', 'chart', 'chartRef', 'postRenderers']);

function* ofSource({ before, after: source, fields }: Updated, context: Context): Generator<Found> {
  if (!fields.some(({ path }) => /^spec\.(?:ref|url|reference|endpoint|bucketName)\b/.test(pathText(path)))) return;
  for (const release of context.head?.cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease') ?? []) {
    if (!takesFrom(release, source) || at(release.value, 'spec', 'suspend') === true) continue;
    const common = { on: release, by: source.appliedBy, chain: [step(source), step(release)] };
    // What it does by its own change is told already.
    const own = context.changeOf(release)?.before;
    const moved = moving(own ?? release, release, context);
    if (moved === undefined && isOpened(release, context)) continue;
    const [from, to] = [before, source].map(tagOf);
    if (moved === undefined)
      yield {
        ...common,
        ...(from !== to
          ? upgraded(from, to)
          : effect('upgrade', 'medium', `takes its chart from another place: ${describe(source)} changes`)),
      };
    else if (own === undefined) yield { ...common, ...moved };
  }
}

/** Whether both is known, what its chart makes and what it made before. */
function isOpened(release: Resource, context: Context): boolean {
  const state = context.releaseOf(release)?.state;
  return state === 'compared' || state === 'unchanged';
}

export function takesFrom({ value, namespace }: Resource, source: Resource): boolean {
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

function upgraded(from: string | undefined, to: string | undefined): Happening {
  const major = (version: string | undefined) => /^[v~^>=\s]*(\d+)(?:\.(\d+))?/.exec(version ?? '');
  const [a, b] = [major(from), major(to)];
  // Before 1.0 the second number is what breaks (https://semver.org/#spec-item-4).
  const breaks = a !== null && b !== null && (a[1] !== b[1] || (a[1] === '0' && a[2] !== b[2]));
  return effect(
    'upgrade',
    'medium',
    `is upgraded: chart ${from ?? 'of any version'} → ${to ?? 'of any version'}${breaks ? ', which may bring breaking changes' : ''}; the chart decides what restarts`,
    ...(breaks
      ? [`Read the chart's release notes from ${from} to ${to}, above all those on its definitions (CRDs).`]
      : []),
  );
}
