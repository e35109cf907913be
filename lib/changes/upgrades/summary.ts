import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { compareText } from '../../text/compare';
import { count } from '../../text/count';
import { groupBy } from '../../text/group-by';
import { enumerated, listed } from '../../text/listed';
import { kindOf } from '../charts/definitions';
import { keptDefinitions } from '../charts/kept-definitions';
import { isUpgrade, type ReleasePair } from '../charts/releases';
import { isRoutineChange } from '../charts/routine';
import type { Context } from '../context';
import { type Found, isUpdated, type Updated } from '../effect';
import { noPods } from '../effects/addresses';
import { usersLeft, versionsLeft } from '../effects/definitions';
import { topOf } from '../effects/refused-by-chart';
import { imagesIn } from '../images';
import { immutableFields } from '../immutable';
import type { Changed } from '../pairs';
import { outlives } from '../pruning-by-helm';
import type { Effect } from '../review';
import { categoriesOf } from './categories';

/** An effect as it was found and as it is told. */
export type Told = readonly [found: Found, effect: Effect];

export interface Summarized {
  readonly group: readonly ReleasePair[];
  /** Of what their charts make. */
  readonly changes: readonly Changed[];
  /** What happens to the releases and to what they make. */
  readonly told: readonly Told[];
  /** How many objects their charts make. */
  readonly objects: number;
  /** How many of these differ in labels and checksums alone. */
  readonly routine: number;
  readonly context: Context;
}

/** Objects that are named; more are counted. */
const fewNames = 3;

/** What an upgrade does in the cluster: clauses, what matters most first. */
export function summaryOf(of: Summarized): readonly string[] {
  const { group, told, objects, routine } = of;
  const [{ before, after, state } = {}] = group;
  if (state === 'reinstalled')
    return [
      `uninstalled and installed again: ${kindsOf(group.flatMap(({ from }) => objectsOf(from)))}`,
      ...atRisk(told),
    ];
  if (before === undefined) return [`new: ${kindsOf(group.flatMap(({ to }) => objectsOf(to)))}`];
  if (after === undefined) {
    const gone = group
      .flatMap(({ from }) => objectsOf(from))
      .filter(({ value, chart }) => !chart || !outlives(value, chart));
    return [`uninstalled: ${kindsOf(gone)}`, ...atRisk(told)];
  }
  const clauses = [
    ...refused(of),
    ...unreachable(told),
    ...atRisk(told),
    ...comeAndGone(of),
    ...definitions(of),
    ...images(of),
    ...restarts(told),
    ...categories(of),
  ];
  if (clauses.length === 0 && routine === 0) return ['nothing in the cluster changes'];
  if (clauses.length === 0) return ['nothing changes but labels and checksums'];
  const some = `${routine} of ${count(objects, 'object')} ${routine === 1 ? 'changes' : 'change'}`;
  return routine === 0 ? clauses : [...clauses, `${some} in labels or checksums alone`];
}

function objectsOf(contents: ReleasePair['from']): readonly Resource[] {
  return contents?.type === 'opened' ? contents.objects : [];
}

/** "2 Deployments, 1 Service". */
function kindsOf(objects: readonly Resource[]): string {
  const kinds = [...groupBy(objects, ({ kind }) => kind)].map(([kind, { length }]) => count(length, kind));
  return kinds.length === 0 ? 'no objects' : listed(kinds, 6);
}

/** "Service shop/db is", "3 Services are", "4 objects are". */
function named(objects: readonly Pick<Resource, 'kind' | 'namespace' | 'name'>[], is: string, are: string): string {
  const names = [...new Set(objects.map(describe))].sort(compareText);
  const [kind = '', ...others] = new Set(objects.map((object) => object.kind));
  if (names.length < fewNames) return `${enumerated(names)} ${names.length === 1 ? is : are}`;
  return `${count(names.length, others.length === 0 ? kind : 'object')} ${are}`;
}

/** What cannot be changed, by field: the upgrades fail of it. */
function refused({ group, told, context }: Summarized): string[] {
  const all = told.flatMap(([{ kind, change }]) => (kind === 'refused' && change?.after?.chart ? [change] : []));
  if (all.length === 0) return [];
  const fields = all.flatMap((change) => {
    const paths = immutableFields(change, context.head).map(({ path }) => topOf(path));
    return [...new Set(paths)].map((path) => ({ path, kind: change.after?.kind ?? '' }));
  });
  const what = [...groupBy(fields, ({ path }) => path)].map(([path, those]) => {
    const kinds = [...groupBy(those, ({ kind }) => kind)].map(([kind, { length }]) => count(length, kind));
    return `\`${path}\` of ${enumerated(kinds)}`;
  });
  const releases = new Set(all.map(({ after }) => after && context.releaseOf(after))).size;
  const fail =
    group.length === 1
      ? 'the upgrade fails'
      : releases === group.length
        ? 'each upgrade fails'
        : `${releases} of ${group.length} upgrades fail`;
  return [`${fail}: ${enumerated(what)} cannot be changed`];
}

function unreachable(told: readonly Told[]): string[] {
  const objects = told.flatMap(([{ on, message }]) => (message === noPods ? [on] : []));
  return objects.length === 0 ? [] : [`${named(objects, 'finds', 'find')} no pods meanwhile`];
}

function atRisk(told: readonly Told[]): string[] {
  const objects = told.flatMap(([{ on }, { kind }]) => (kind === 'data' ? [on] : []));
  return objects.length === 0 ? [] : [`${named(objects, 'may lose its data', 'may lose their data')}`];
}

function comeAndGone({ changes, told }: Summarized): string[] {
  const gone = told.flatMap(([{ on, change }, { kind, held }]) =>
    kind === 'deleted' && held === undefined && change?.before?.chart ? [on] : [],
  );
  const come = changes.flatMap(({ before, after }) => (before === undefined && after !== undefined ? [after] : []));
  return [
    ...(gone.length === 0 ? [] : [`${named(gone, 'is', 'are')} deleted`]),
    ...(come.length === 0 ? [] : [`${named(come, 'is', 'are')} created`]),
  ];
}

/** Definitions that change, above all those that no longer serve a version, and those that stay as they are. */
function definitions({ group, changes, context }: Summarized): string[] {
  const changed = changes
    .filter(isUpdated)
    .filter((change) => change.after.kind === 'CustomResourceDefinition' && !isRoutineChange(change));
  const kept = group.filter(isUpgrade).flatMap((upgrade) => keptDefinitions(upgrade, context.head));
  return [
    ...(changed.length === 0
      ? []
      : [
          `${count(changed.length, 'definition')} ${changed.length === 1 ? 'changes' : 'change'}${lost(changed, context)}`,
        ]),
    ...(kept.length === 0 ? [] : [`the old definitions of ${listed(new Set(kept), fewNames)} stay`]),
  ];
}

/** ", 4 of them no longer serve `v1beta1` (ClusterSecretStore, SecretStore), which 12 objects still use". */
function lost(changed: readonly Updated[], context: Context): string {
  const gone = changed.filter((change) => versionsLeft(change).length > 0);
  if (gone.length === 0) return '';
  const versions = [...new Set(gone.flatMap(versionsLeft))].sort().map((version) => `\`${version}\``);
  const kinds = listed(
    gone.map(({ after }) => kindOf(after)),
    fewNames,
  );
  const users = gone.reduce((sum, change) => sum + usersLeft(change, context).length, 0);
  const used = users === 0 ? '' : `, which ${count(users, 'object')} still ${users === 1 ? 'uses' : 'use'}`;
  return `, ${gone.length} of them no longer ${gone.length === 1 ? 'serves' : 'serve'} ${enumerated(versions)} (${kinds})${used}`;
}

function images({ changes }: Summarized): string[] {
  const all = changes.flatMap(({ before, after }) => {
    const [old, now] = [imagesIn(before), imagesIn(after)];
    return [...now].flatMap(([what, image]) => {
      const was = old.get(what);
      return was === undefined || was === image ? [] : [imageText(was, image)];
    });
  });
  return all.length === 0 ? [] : [`${new Set(all).size === 1 ? 'image' : 'images'} ${listed(new Set(all), fewNames)}`];
}

/** `ghcr.io/acme/shop` `1.2.0` → `1.3.0`; digests are left to the details. */
function imageText(before: string, after: string): string {
  const [old, now] = [before, after].map((image) => image.replace(/(:[^/@]+)@sha256:.*$/, '$1'));
  if (old === now) return `\`${old}\` (another digest)`;
  const split = (image = '') => /^(.*?)(?::([^/:]+))?$/.exec(image) ?? [];
  const [, name, version] = split(old);
  const [, next, tag] = split(now);
  return name === next && version && tag ? `\`${name}\` \`${version}\` → \`${tag}\`` : `\`${old}\` → \`${now}\``;
}

function restarts(told: readonly Told[]): string[] {
  const objects = told.flatMap(([{ on }, { kind, held }]) => (kind === 'restart' && held === undefined ? [on] : []));
  const names = [...new Set(objects.map(describe))];
  if (names.length === 0) return [];
  return [
    names.length <= fewNames
      ? `${enumerated(names)} ${names.length === 1 ? 'restarts' : 'restart'}`
      : `${names.length} workloads restart`,
  ];
}

/** What else differs, by what it is about. */
function categories({ changes, context }: Summarized): string[] {
  const found = changes
    .filter((change) => !isRoutineChange(change) && immutableFields(change, context.head).length === 0)
    .flatMap((change) => categoriesOf(change).map((category) => ({ category, change })));
  const groups = [...groupBy(found, ({ category }) => category)];
  if (groups.length === 0) return [];
  return [
    `other changes: ${listed(
      groups.map(([category, { length }]) => `${category}${length === 1 ? '' : ` (${length})`}`),
      6,
    )}`,
  ];
}
