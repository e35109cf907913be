import { ApiObject } from 'cdk8s';
import { EspalierError } from '../errors';
import { pinnedImage } from '../systems/image';
import { type ImageMarker, markerOf } from '../systems/image-pin';
import { commented } from './commented';
import { refuseUnknownOption } from './refuse-unknown';

/** An ImagePolicy: `namespace:name`, or its construct, such as a Manifest. */
export type ImagePolicyReference = string | ApiObject | { readonly name: string; readonly namespace?: string };

/** How an image is kept up to date. */
export interface PinnedOptions {
  /**
   * The ImagePolicy of Flux that says which image is the latest: its marker is written behind the value, so that an
   * ImageUpdateAutomation finds it. `espalier synth --accept-images` carries its edits back into the source.
   * @default none: Renovate or a person updates it
   */
  readonly policy?: ImagePolicyReference;
}

/** An image in the values of a chart. */
export interface PinnedParts {
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
}

/**
 * An image, pinned: `ghcr.io/acme/shop:1.4.2`. Given as two literal texts, it is found in the source by Renovate and by
 * `espalier synth --accept-images`, which write the next version there.
 *
 * @param tag with its digest, if it is pinned by that, too: `1.4.2@sha256:…`
 * @throws EspalierError for a tag that moves, and for what is no image
 *
 * @example
 * pinned('ghcr.io/acme/shop', '1.4.2', { policy: 'flux-system:shop' });
 */
export function pinned(repository: string, tag: string, options: PinnedOptions = {}): string {
  refuseUnknownOption('pinned', options);
  const image = `${repository}:${tag}`;
  if (!pinnedImage.accepts(image)) {
    const given = `pinned(${JSON.stringify(repository)}, ${JSON.stringify(tag)})`;
    throw new EspalierError(
      `${given}: it must be ${pinnedImage.allowed}. Example: pinned("ghcr.io/acme/app", "1.4.2@sha256:<64 hex digits>").`,
    );
  }
  return marked(image, options.policy, 'image');
}

/**
 * The same as charts take it in their values: repository and tag apart, and the digest where there is one.
 *
 * @example
 * ({ image: pinnedParts('ghcr.io/acme/shop', '1.4.2') });
 */
export function pinnedParts(repository: string, tag: string, options: PinnedOptions = {}): PinnedParts {
  refuseUnknownOption('pinnedParts', options);
  const { policy } = options;
  pinned(repository, tag);
  const [name = tag, digest] = tag.split('@');
  return {
    repository,
    tag: marked(name, policy, 'tag'),
    ...(digest !== undefined && { digest: marked(digest, policy, 'digest') }),
  };
}

function marked(value: string, policy: ImagePolicyReference | undefined, part: ImageMarker['part']): string {
  return policy === undefined ? value : commented(value, markerOf({ policy: policyName(policy), part }), 'end');
}

function policyName(policy: ImagePolicyReference): string {
  const name = typeof policy === 'string' ? policy : `${namespaceOf(policy)}:${policy.name}`;
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?:[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) && !name.startsWith('undefined:'))
    return name;
  throw new EspalierError(
    `pinned(…, { policy }) is ${JSON.stringify(name)}. Allowed: namespace:name of an ImagePolicy, or the construct of one that has a namespace. Example: "flux-system:shop".`,
  );
}

function namespaceOf(policy: Exclude<ImagePolicyReference, string>): string | undefined {
  return ApiObject.isApiObject(policy) ? policy.metadata.namespace : policy.namespace;
}
