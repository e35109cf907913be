import type { Review } from '../../../changes/review';
import { imageParts } from '../../../systems/image';
import { count } from '../../../text/count';
import { groupBy, push } from '../../../text/group-by';
import { shorten } from '../../limited-text';
import { clustersText } from './cluster-names';
import { inClusters } from './clusters';

/** The same image instead of the same other, wherever it runs. */
export interface ImageGroup {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Why it does not run yet. */
  readonly held: string | undefined;
  /** `Deployment shop/shop (shop)`. */
  readonly users: readonly string[];
}

/** What stands for the version after: a chart that is no longer told one has its own. */
export function afterText({ after, users }: ImageGroup): string {
  const isOfChart = users.length > 0 && users.every((user) => user.startsWith('HelmRelease '));
  return after ?? (isOfChart ? 'no longer set' : 'gone');
}

export function imagesOf({ clusters }: Review): readonly ImageGroup[] {
  const groups = new Map<string, Omit<ImageGroup, 'users'> & { readonly users: Map<string, string[]> }>();
  for (const { name, images } of clusters) {
    for (const { before, after, held, object, what } of images) {
      const key = JSON.stringify([before, after, held]);
      const group = groups.get(key) ?? { before, after, held, users: new Map() };
      groups.set(key, group);
      push(group.users, what === '' ? object : `${object} (${what})`, name);
    }
  }
  return [...groups.values()].map(({ users, ...group }) => ({
    ...group,
    users: [...users].map(([user, names]) => inClusters(user, names, clusters)),
  }));
}

/**
 * An image's name and version apart: `ghcr.io/acme/shop`, `1.2.0@sha256:…`; what has no name, such as a chart's version, is all
 * version.
 */
function splitImage(image: string, tagAlone: boolean): { readonly name: string; readonly version: string } {
  const { repository, tag, digest } = imageParts(image);
  if (tag === undefined && digest === undefined && !image.includes('/')) return { name: '', version: image };
  const build = digest === undefined || (tagAlone && tag !== undefined) ? undefined : shortDigest(digest);
  return { name: repository, version: [tag, build].filter((part) => part !== undefined).join('@') };
}

function tagOf(image: string): string | undefined {
  return imageParts(image).tag;
}

/** `sha256:7e8ce4ec9397…`. */
function shortDigest(digest: string): string {
  return digest.replace(/^(sha\d+:[0-9a-f]{12})[0-9a-f]+$/, '$1…');
}

/** An image's change for people: its name once, where it is the same, and a digest only as far as one tells another by it. */
export function imageTexts({ before, after }: Pick<ImageGroup, 'before' | 'after'>): {
  readonly name: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
} {
  const isRetagged = before !== undefined && after !== undefined && tagOf(before) !== tagOf(after);
  const old = before === undefined ? undefined : splitImage(before, isRetagged);
  const next = after === undefined ? undefined : splitImage(after, isRetagged);
  const name = (next ?? old)?.name;
  const isSame = old === undefined || next === undefined || old.name === next.name;
  if (!isSame || name === undefined || name === '') return { name: undefined, before, after };
  return { name, before: old?.version, after: next?.version };
}

/** Images that a summary names; the others are counted. */
const fewImages = 3;

/** What runs in another version, and how far the change reaches, in a sentence each, code between backticks; those there are. */
export function reachOf(review: Review): readonly string[] {
  return [imagesIn(review), waitingIn(review)].filter((sentence) => sentence !== '');
}

/** Images for a table: not one alone, of one object, which the sentence above tells of. */
export function imagesBeyond(review: Review): readonly ImageGroup[] {
  const all = imagesOf(review);
  const [one] = all;
  const isTold = all.length === 1 && one?.users.length === 1 && imagesOf(withoutCharts(review)).length === 1;
  return isTold && one?.before !== undefined && one.after !== undefined ? [] : all;
}

/** `HelmRelease shop/shop` of `HelmRelease shop/shop (controllers.main.image)`. */
function nameOf(user: string): string {
  return user.replace(/ \(.*$/, '');
}

function imagesIn(review: Review): string {
  const changed = imagesOf(withoutCharts(review)).filter(
    ({ before, after }) => before !== undefined && after !== undefined,
  );
  if (changed.length === 0) return '';
  const shown = changed.slice(0, fewImages).map((group) => {
    const { name, before, after } = imageTexts(group);
    const later = group.held === undefined ? '' : ' (not yet)';
    const from = `\`${shorten(before ?? '', 80)}\` → \`${shorten(after ?? '', 80)}\`${later}`;
    // The version of a chart says nothing without whose it is.
    const whose = name === undefined && !before?.includes('/') ? nameOf(group.users[0] ?? '') : name;
    return whose === undefined ? from : `\`${shorten(whose, 80)}\` ${from}`;
  });
  // Where it runs, the table tells, where there is one.
  const [user] = imagesOf(review)[0]?.users ?? [];
  if (user !== undefined && imagesBeyond(review).length === 0 && !shown[0]?.includes(`\`${nameOf(user)}\``))
    shown[0] += `, in ${shorten(nameOf(user), 150)}`;
  const more = changed.length - shown.length;
  return `${changed.length === 1 ? 'Version' : 'Versions'}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** Without the images of what charts make, which stand with their upgrades. */
function withoutCharts(review: Review): Review {
  const clusters = review.clusters.map((cluster) => {
    const made = new Set(cluster.changes.flatMap(({ object, madeBy }) => (madeBy === undefined ? [] : [object])));
    return { ...cluster, images: cluster.images.filter(({ object }) => !made.has(object)) };
  });
  return { ...review, clusters };
}

/** Who waits for a Kustomization that changes, and who reads what it makes. */
function waitingIn({ clusters }: Review): string {
  const waiting = new Set<string>();
  const readers = new Set<string>();
  for (const { name, blast } of clusters) {
    for (const { dependents, readers: reading } of blast) {
      for (const dependent of dependents) waiting.add(`${name} ${dependent}`);
      // One that reads two Secrets is one object.
      for (const reader of reading) readers.add(`${name} ${reader.replace(/ reads .*$/, '')}`);
    }
  }
  const parts = [
    ...(waiting.size > 0
      ? [`${count(waiting.size, 'Kustomization')} ${waiting.size === 1 ? 'waits' : 'wait'} for what changes`]
      : []),
    ...(readers.size > 0
      ? [
          `${count(readers.size, 'object')} elsewhere ${readers.size === 1 ? 'reads' : 'read'} a Secret or ConfigMap of it`,
        ]
      : []),
  ];
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

/** A Kustomization that changes, who waits for it and who reads what it makes. */
export interface BlastRow {
  /** With its clusters, where a review has several. */
  readonly name: string;
  readonly changes: number;
  /** "2 Kustomizations waiting for it"; empty for none. */
  readonly waiting: string;
  readonly dependents: readonly string[];
  readonly readers: readonly string[];
}

/** Those that somebody waits for or reads. */
export function blastRows({ clusters }: Review): readonly BlastRow[] {
  const all = clusters.flatMap(({ name, blast }) =>
    blast.filter(({ dependents, readers }) => dependents.length + readers.length > 0).map((one) => ({ name, ...one })),
  );
  const alike = groupBy(all, ({ name: _, ...one }) => JSON.stringify(one));
  return [...alike.values()].map((group) => {
    const [{ kustomization, changes, dependents, readers }] = group;
    const where = clustersText(group.map(({ name }) => name));
    return {
      name: clusters.length > 1 ? `${where}: ${kustomization}` : kustomization,
      changes,
      waiting: dependents.length === 0 ? '' : `${count(dependents.length, 'Kustomization')} waiting for it`,
      dependents,
      readers,
    };
  });
}
