import type { Construct } from 'constructs';
import { type Handle, resolveHandles } from '../handles';
import { merge } from '../merge';

/**
 * A text in the values of a chart. Of what other constructs make it is best given as the handle: of a Secret its name becomes the text,
 * of a key of one the key, of a host the host, of a construct with a name its name; and the release waits for whoever makes it.
 */
export type HelmText = string | Handle;

/** Values of a chart whose types are not known. HelmText stands in them at any depth. */
export type HelmValues = Readonly<Record<string, unknown>>;

/** The values of a chart that a construct installs: its own, what its author gives laid over them. */
export function ownValues(
  { defaults }: { readonly defaults: boolean },
  given: HelmValues | null | undefined,
  own: HelmValues,
): HelmValues | undefined {
  if (given === null) return undefined;
  return defaults ? merge<HelmValues>(own, given) : given;
}

/**
 * Puts texts in the place of handles, at any depth, and has the reader wait for what they stand for.
 *
 * @param namespace where the release's objects live
 * @throws EspalierError for a handle of another namespace or cluster, and for a key that its Secret lacks
 */
export function resolveValues(reader: Construct, values: unknown, namespace: string): unknown {
  return resolveHandles(reader, values, { field: 'values', namespace });
}
