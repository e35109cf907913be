import type { Json } from '../../json/json';
import { at, textAt } from '../../json/read';
import type { Format } from '../format';

/**
 * The tag of an image, its digest aside: empty where there is a digest alone, `latest` where there is neither.
 * (github.com/cloudnative-pg/machinery 0.5, pkg/image/reference)
 */
export function tagOf(image: string): string {
  const name = image.replace(/@sha256:[a-fA-F0-9]+$/, '');
  const [, tag] = /:([^/:]+)$/.exec(name) ?? [];
  return tag ?? (name === image ? 'latest' : '');
}

/** PostgreSQL's major version, with which the tag must begin: `17` of `17.6-bookworm`. (machinery 0.5, pkg/postgres/version) */
export function majorOfTag(tag: string): number | undefined {
  const [version = ''] = /^(?:\d\.?)+/.exec(tag) ?? [];
  const [major = '', minor] = version.split('.');
  return major === '' || minor === '' ? undefined : Number(major);
}

/** Images of a Cluster. (cluster_webhook.go: validateImageName) */
export const versionedImage: Format = {
  allowed: "an image whose tag begins with PostgreSQL's version: CloudNativePG reads it there",
  example: '"ghcr.io/cloudnative-pg/postgresql:17.6"',
  accepts: (image) => majorOfTag(tagOf(image)) !== undefined,
};

/** The major version of a Cluster's catalog entry or image; undefined where neither says it: the operator's own image, then. */
export function majorOf(cluster: Json): number | undefined {
  const major = at(cluster, 'spec', 'imageCatalogRef', 'major');
  if (typeof major === 'number') return major;
  const image = textAt(cluster, 'spec', 'imageName');
  return image === undefined ? undefined : majorOfTag(tagOf(image));
}
