import type { JsonObject } from '../json/json';

/** The annotations that Stakater's Reloader reads (https://docs.stakater.com/reloader/1.4/reference/annotations.html). */
const domain = 'reloader.stakater.com';
export const auto = `${domain}/auto`;
export const search = `${domain}/search`;
export const match = `${domain}/match`;

/** Annotations by which something restarts the pods of a workload, or by which its author has said that nothing shall. */
export function concernsRestarts(annotation: string): boolean {
  return /reloader\.stakater\.com\/|wave\.pusher\.com\/|checksum|hash|keel\.sh\//i.test(annotation);
}

/**
 * Whether annotations ask Reloader, or Wave, to restart a workload's pods when a Secret or ConfigMap changes.
 *
 * @param said an annotation of the workload or of its pods
 * @param marks the annotations of the Secret or ConfigMap; undefined where nobody knows them
 */
export function isReloaded(
  said: (annotation: string) => string | undefined,
  kind: 'Secret' | 'ConfigMap',
  name: string,
  marks: JsonObject | undefined,
): boolean {
  const type = kind.toLowerCase();
  const names = (annotation: string) => (said(annotation) ?? '').split(',').map((item) => item.trim());
  if (said('wave.pusher.com/update-on-config-change') === 'true') return true;
  if (marks?.[`${domain}/ignore`] === 'true') return false;
  if (names(`${type}s.exclude.${domain}/reload`).includes(name)) return false;
  if (names(`${type}.${domain}/reload`).includes(name)) return true;
  if (said(auto) === 'true' || said(`${type}.${domain}/auto`) === 'true') return true;
  return said(search) === 'true' && (marks === undefined || marks[match] === 'true');
}
