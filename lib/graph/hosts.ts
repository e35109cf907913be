import type { Json, Path } from '../json/json';
import { listAt, objectAt, textsIn } from '../json/read';
import { releaseOf } from '../systems/flux/helm-release';
import { hostFields } from '../systems/kinds/hosts';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import type { ResourcePath } from './resource';
import { display } from './substitution';

/** Fields of a chart's values that hold hosts, and what may hold those. */
const ofValues = /^(?:hosts?|hostnames?)$/;

/**
 * The hosts that a cluster answers for, each with what says so: routes, Ingresses, listeners; of a HelmRelease whose chart is not opened
 * the values that are called so, within `ingress`, `route` or `gateway`.
 */
export const hostsOf: (cluster: Cluster) => ReadonlyMap<string, readonly ResourcePath[]> = memoize((cluster) => {
  const hosts = new Map<string, ResourcePath[]>();
  for (const resource of cluster.resources) {
    for (const field of hostFields[`${resource.group}/${resource.kind}`] ?? []) {
      for (const { text, path } of valuesAt(resource.value, field.split('.'))) {
        const name = nameOf(text);
        if (name !== undefined) push(hosts, name, { resource, path });
      }
    }
  }
  for (const release of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    if (cluster.charts.get(release)?.type === 'opened') continue;
    const values = objectAt(release.value, 'spec', 'values');
    for (const { text, path } of textsIn(values, ['spec', 'values'])) {
      const names = path.filter((step) => typeof step === 'string');
      if (!ofValues.test(names.at(-1) ?? '') || !names.some((step) => /ingress|route|gateway/i.test(step))) continue;
      const name = nameOf(text.replace(/\{\{-?\s*\.Release\.Name\s*-?\}\}/g, releaseOf(release).name));
      if (name !== undefined) push(hosts, name, { resource: release, path });
    }
  }
  return hosts;
});

/** A host as others write it, too: small and capital letters are the same, but in the name of a variable. */
export function hostWritten(text: string): string {
  return text.replace(/\$\{\w+\}|[A-Z]+/g, (part) => (part.startsWith('$') ? part : part.toLowerCase()));
}

/** A host as it is shown; undefined for what is none: a template that Helm fills in, a wildcard for all. */
function nameOf(text: string): string | undefined {
  const name = hostWritten(display(text.slice(text.indexOf('/') + 1)));
  return /^[a-z0-9*][a-z0-9._${}-]*\.[a-z0-9${}_-]+$|^[a-z0-9.-]*\$\{[a-z0-9_]+\}$/i.test(name) ? name : undefined;
}

function valuesAt(
  value: Json,
  [field = '', ...rest]: readonly string[],
  path: Path = [],
): { text: string; path: Path }[] {
  const name = field.replace('[]', '');
  const inner = objectAt(value)?.[name];
  const way = [...path, name];
  const found: readonly (readonly [Json | undefined, Path])[] = field.endsWith('[]')
    ? listAt(value, name).map((item, i) => [item, [...way, i]] as const)
    : [[inner, way]];
  return found.flatMap(([one, to]) => {
    if (one === undefined) return [];
    if (rest.length > 0) return valuesAt(one, rest, to);
    return typeof one === 'string' ? [{ text: one, path: to }] : [];
  });
}
