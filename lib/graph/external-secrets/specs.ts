import type { JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';

/** What an object asks External Secrets for: its own spec, or that of the objects that it makes in other namespaces. */
export interface Asked {
  readonly resource: Resource;
  readonly spec: JsonObject;
  /** The way to the spec. */
  readonly path: Path;
  /** The namespaces that it is known to be in; of those that labels select, none. */
  readonly namespaces: readonly string[];
}

const group = 'external-secrets.io';

/** ExternalSecrets, and what ClusterExternalSecrets make. Found once: many rules look at them. */
export const externalSecrets: (cluster: Cluster) => readonly Asked[] = memoize((cluster) => {
  const asked = cluster.ofKind(group, 'ExternalSecret').flatMap(own);
  for (const resource of cluster.ofKind(group, 'ClusterExternalSecret')) {
    const path = ['spec', 'externalSecretSpec'];
    const spec = objectAt(resource.value, ...path);
    const named = listAt(resource.value, 'spec', 'namespaces');
    const namespaces = named.filter((name) => typeof name === 'string').filter((name) => isKnown(name));
    if (spec !== undefined) asked.push({ resource, spec, path, namespaces });
  }
  return asked;
});

/** PushSecrets, and what ClusterPushSecrets make. */
export const pushSecrets: (cluster: Cluster) => readonly Asked[] = memoize((cluster) => {
  const asked = cluster.ofKind(group, 'PushSecret').flatMap(own);
  for (const resource of cluster.ofKind(group, 'ClusterPushSecret')) {
    const path = ['spec', 'pushSecretSpec'];
    const spec = objectAt(resource.value, ...path);
    if (spec !== undefined) asked.push({ resource, spec, path, namespaces: [] });
  }
  return asked;
});

/** Both, the ones that push last. */
export const allAsked: (cluster: Cluster) => readonly Asked[] = memoize((cluster) => [
  ...externalSecrets(cluster),
  ...pushSecrets(cluster),
]);

function own(resource: Resource): Asked[] {
  const spec = objectAt(resource.value, 'spec');
  const { namespace } = resource;
  if (spec === undefined) return [];
  return [{ resource, spec, path: ['spec'], namespaces: namespace === '' || !isKnown(namespace) ? [] : [namespace] }];
}

/** `interval` of zero, as Go reads it: `0`, `0s`, `0h0m0s`. */
const zero = /^[+-]?(?:0|(?:0+(?:\.0*)?|\.0+)(?:ns|us|µs|μs|ms|s|m|h))+$/;

/** Whether it is done again each interval. (shouldRefresh in externalsecret_controller.go and pushsecret_controller.go) */
export function isPeriodic(spec: JsonObject): boolean {
  const policy = textAt(spec, 'refreshPolicy') ?? 'Periodic';
  const interval = at(spec, 'refreshInterval') ?? '1h';
  return policy === 'Periodic' && typeof interval === 'string' && isKnown(interval) && !zero.test(interval);
}

/** When an ExternalSecret that has written its Secret writes it again. */
export type Refresh = 'periodic' | 'on-change' | 'once';

export function refreshOf(spec: JsonObject): Refresh {
  if (textAt(spec, 'refreshPolicy') === 'OnChange') return 'on-change';
  return isPeriodic(spec) ? 'periodic' : 'once';
}

/** The Secret that an ExternalSecret writes. */
export function targetOf({ resource, spec }: Asked): string | undefined {
  const name = textAt(spec, 'target', 'name') ?? resource.name;
  return isKnown(name) ? name : undefined;
}

/** How it writes it. */
export function creationPolicy(spec: JsonObject): string {
  return textAt(spec, 'target', 'creationPolicy') ?? 'Owner';
}
