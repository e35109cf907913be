import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { grants, group, routeKinds } from '../../systems/gateway/attach';
import type { ClusterCheck } from '../check';
import type { Unless } from '../unless';

export const grantMissing: ClusterCheck = {
  id: 'gateway/grant-missing',
  severity: 'error',
  title: 'Reference into another namespace that nothing grants',
  atRunTime:
    'the Gateway answers 500, or does not serve the certificate: the reference is not permitted ("RefNotPermitted") without a ReferenceGrant in the namespace that it leads to',
  remedy: 'add a ReferenceGrant to the namespace of the target, or refer to an object of the same namespace',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',
  *check(cluster) {
    for (const resource of [...routeKinds, 'Gateway'].flatMap((kind) => cluster.ofKind(group, kind))) {
      for (const path of referencesOf(resource)) {
        const [namespace, name] = [
          textAt(resource.value, ...path, 'namespace'),
          textAt(resource.value, ...path, 'name'),
        ];
        if (!namespace || !name || namespace === resource.namespace || resource.namespace === '') continue;
        if (![namespace, name, resource.namespace].every(isKnown)) continue;
        const unless = notGranted(cluster, resource, path, namespace, name);
        if (unless === undefined) continue;
        const kind = kindAt(resource, path);
        yield {
          at: { resource, path: [...path, 'namespace'] },
          message: `no ReferenceGrant of namespace ${namespace} lets a ${resource.kind} of namespace ${resource.namespace} refer to ${describe({ kind, namespace, name })}`,
          chain: [step(resource), `${kind}/${name}`],
          ...unless,
        };
      }
    }
  },
};

/** The ways to what its rules, filters and listeners name. */
function* referencesOf({ kind, value }: Resource): Generator<Path> {
  if (kind === 'Gateway') {
    for (const i of listAt(value, 'spec', 'listeners').keys())
      for (const c of listAt(value, 'spec', 'listeners', i, 'tls', 'certificateRefs').keys())
        yield ['spec', 'listeners', i, 'tls', 'certificateRefs', c];
    return;
  }
  for (const i of listAt(value, 'spec', 'rules').keys())
    for (const b of listAt(value, 'spec', 'rules', i, 'backendRefs').keys())
      yield ['spec', 'rules', i, 'backendRefs', b];
}

function kindAt({ kind, value }: Resource, path: Path): string {
  return textAt(value, ...path, 'kind') ?? (kind === 'Gateway' ? 'Secret' : 'Service');
}

function notGranted(
  cluster: Cluster,
  resource: Resource,
  path: Path,
  namespace: string,
  name: string,
): { readonly unless?: Unless } | undefined {
  const to = { group: textAt(resource.value, ...path, 'group') ?? '', kind: kindAt(resource, path), name };
  const from = { kind: resource.kind, namespace: resource.namespace };
  const grant = { group, kind: 'ReferenceGrant', namespace };
  const own = cluster.ofKind(group, grant.kind).filter((each) => each.namespace === namespace);
  if (own.some((each) => each.uncertain || grants(each.value, { from, to }))) return undefined;
  const by = cluster.othersIn(grant);
  return by === undefined ? {} : { unless: { kind: grant.kind, namespace, name: from.namespace, by } };
}
