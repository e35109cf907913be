import type { Review } from '../../../changes/review';
import { imageParts } from '../../../systems/image';
import { push } from '../../../text/group-by';
import { inClusters } from './clusters';

/** The same image instead of the same other, wherever it runs. */
export interface ImageGroup {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** `Deployment shop/shop (shop)`. */
  readonly users: readonly string[];
}

export function imagesOf({ clusters }: Review): readonly ImageGroup[] {
  const groups = new Map<
    string,
    { before: string | undefined; after: string | undefined; users: Map<string, string[]> }
  >();
  for (const { name, images } of clusters) {
    for (const { before, after, object, what } of images) {
      const key = JSON.stringify([before, after]);
      const group = groups.get(key) ?? { before, after, users: new Map() };
      groups.set(key, group);
      push(group.users, what === '' ? object : `${object} (${what})`, name);
    }
  }
  return [...groups.values()].map(({ before, after, users }) => ({
    before,
    after,
    users: [...users].map(([user, names]) => inClusters(user, names, clusters)),
  }));
}

/**
 * An image's name and version apart: `ghcr.io/acme/shop`, `1.2.0@sha256:…`; what has no name, such as a chart's version, is all
 * version.
 */
function splitImage(image: string): { readonly name: string; readonly version: string } {
  const { repository, tag, digest } = imageParts(image);
  const isVersion = tag === undefined && digest === undefined && !image.includes('/');
  return isVersion ? { name: '', version: image } : { name: repository, version: image.slice(repository.length + 1) };
}

/** An image's change for a table: its name once, where it is the same. */
export function imageTexts({ before, after }: Pick<ImageGroup, 'before' | 'after'>): {
  readonly name: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
} {
  const old = before === undefined ? undefined : splitImage(before);
  const next = after === undefined ? undefined : splitImage(after);
  const name = (next ?? old)?.name;
  const isSame = old === undefined || next === undefined || old.name === next.name;
  if (!isSame || name === undefined || name === '') return { name: undefined, before, after };
  return { name, before: old?.version, after: next?.version };
}
