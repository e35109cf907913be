import type { Path } from '../../json/json';
import { at, keysAt, listAt, textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { FluxKustomization, Resource } from '../resource';
import type { SecretKind } from '../secrets/secret-index';

/** A Kustomization that takes variables from a ConfigMap or Secret (spec.postBuild.substituteFrom). */
export interface VariableUser {
  readonly kustomization: FluxKustomization;
  readonly kind: SecretKind;
  readonly name: string;
  readonly path: Path;
  readonly optional: boolean;
}

/** Who takes variables from a ConfigMap or Secret. */
export function variableUsers(
  cluster: Cluster,
  kind: string,
  namespace: string,
  name: string,
): readonly VariableUser[] {
  return variableSources(cluster).get(`${kind}/${namespace}/${name}`) ?? [];
}

/** Who takes variables from each ConfigMap or Secret, by `Kind/namespace/name`. */
export const variableSources = memoize((cluster: Cluster) => groupBy(usersIn(cluster), keyOf));

function usersIn({ kustomizations }: Cluster): VariableUser[] {
  return kustomizations.flatMap((kustomization) =>
    listAt(kustomization.spec, 'postBuild', 'substituteFrom').map((entry, i) => ({
      kustomization,
      kind: textAt(entry, 'kind') === 'Secret' ? ('Secret' as const) : ('ConfigMap' as const),
      name: textAt(entry, 'name') ?? '',
      path: ['spec', 'postBuild', 'substituteFrom', i, 'name'],
      optional: at(entry, 'optional') === true,
    })),
  );
}

function keyOf({ kind, kustomization, name }: VariableUser): string {
  return `${kind}/${kustomization.namespace}/${name}`;
}

/** The objects of a Kustomization that are written with one of these variables, `${NAME}`; not those that it sets itself. */
export function objectsNaming({ resources, spec }: FluxKustomization, variables: Iterable<string>): Resource[] {
  const own = new Set(keysAt(spec, 'postBuild', 'substitute'));
  const names = [...variables].filter((name) => /^\w+$/.test(name) && !own.has(name));
  if (names.length === 0) return [];
  const pattern = new RegExp(`\\$\\{(?:${names.join('|')})\\b`);
  return resources.filter(
    ({ document, path, chart, generated }) =>
      chart === undefined && !generated && pattern.test(JSON.stringify(at(document.value, ...path) ?? null)),
  );
}
