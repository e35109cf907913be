import type { Format } from './format';

/** Tags that move: what runs would then not be what the tree says. */
const floatingTags = new Set([
  'latest',
  'main',
  'master',
  'edge',
  'stable',
  'nightly',
  'dev',
  'develop',
  'next',
  'canary',
  'snapshot',
]);

/** A reference of an image: `ghcr.io/acme/app`, `1.4.2`, `sha256:…`; what stands nowhere in it is undefined. */
export function imageParts(image: string): { repository: string; tag: string | undefined; digest: string | undefined } {
  const at = image.indexOf('@');
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(':');
  const isTagged = colon > name.lastIndexOf('/');
  return {
    repository: isTagged ? name.slice(0, colon) : name,
    tag: isTagged ? name.slice(colon + 1) : undefined,
    digest: at < 0 ? undefined : image.slice(at + 1),
  };
}

/** An image whose tag or digest says which build runs. */
export const pinnedImage: Format = {
  allowed: `an image pinned by a digest or by a tag that does not move (not ${[...floatingTags].slice(0, 4).join(', ')}, …)`,
  example: '"ghcr.io/acme/app:1.4.2" or "ghcr.io/acme/app@sha256:<64 hex digits>"',
  accepts: (value) => {
    const { repository, tag, digest } = imageParts(value);
    if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return false;
    if (!/^[a-z0-9][a-zA-Z0-9.-]*(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(repository)) return false;
    if (tag === undefined) return digest !== undefined;
    return /^[\w][\w.-]{0,127}$/.test(tag) && (digest !== undefined || !floatingTags.has(tag.toLowerCase()));
  },
};
