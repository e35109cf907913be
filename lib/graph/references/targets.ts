import { textAt, textsIn } from '../../json/read';
import { rowsOf } from '../../systems/references';
import { isBroughtByCharts, isBroughtByCluster, makesNamed } from '../../systems/references/targets';
import { isUnderstood } from '../../systems/secrets-made';
import { groupBy } from '../../text/group-by';
import { lazy, memoize } from '../../text/memoize';
import { nearest } from '../../text/nearest';
import type { Cluster, Lookup } from '../cluster';
import { describe, type Identity, identityKey } from '../identity';
import { isFirst } from '../kustomization';
import type { Resource } from '../resource';
import { servicesOf } from '../services';

/** What is known of an object that another refers to. */
export type TargetLookup =
  | { readonly state: 'found'; readonly resource: Resource | undefined }
  | Exclude<Lookup, { readonly state: 'found' }>;

/** What a cluster's references lead to. Indexed once: several rules ask. */
export const targetsOf: (cluster: Cluster) => Targets = memoize((cluster) => new Targets(cluster));

class Targets {
  private readonly known = new Map<string, TargetLookup>();
  private readonly byNamespace = lazy(() => groupBy(this.cluster.resources, ({ namespace }) => namespace));

  constructor(private readonly cluster: Cluster) {}

  lookup(target: Identity): TargetLookup {
    const key = identityKey(target);
    const known = this.known.get(key) ?? this.look(target);
    this.known.set(key, known);
    return known;
  }

  /** Whether the tree has anything in a namespace: of others it says nothing. */
  hasNamespace(namespace: string): boolean {
    return namespace === '' || this.byNamespace().has(namespace);
  }

  /** The name that may have been meant: of an object of the same kind and namespace. */
  near({ group, kind, namespace, name }: Identity): string | undefined {
    const others = this.cluster.ofKind(group, kind).filter((other) => other.namespace === namespace);
    return nearest(name, [...new Set(others.map((other) => other.name))]);
  }

  private look(target: Identity): TargetLookup {
    const { group, kind, namespace, name } = target;
    if (group === '' && kind === 'Service') return ofService(this.cluster, namespace, name);
    const found = this.cluster.lookup(target);
    if (found.state === 'found') return { state: 'found', resource: found.resources[0] };
    const here = [...(this.byNamespace().get(namespace) ?? []), ...(this.byNamespace().get('') ?? [])];
    if (here.some((maker) => makesNamed(maker, target))) return { state: 'found', resource: undefined };
    if (found.state === 'unknown') return found;
    if (this.isOfFirst(target)) return { state: 'unknown', why: 'it was made when Flux was installed' };
    if (isBroughtByCluster(target)) return { state: 'absent' };
    const by = this.unknownMaker(target);
    if (by !== undefined) return { state: 'unknown', why: by.why, by };
    const maker = here.find((resource) => mayMake(resource, target));
    if (maker === undefined) return { state: 'absent' };
    const why = `${describe(maker)} may make it`;
    return { state: 'unknown', why, by: { why, document: maker.document, path: maker.path } };
  }

  /** A chart may bring some kinds under any name, and a StatefulSet of which the claims of its pods are named. */
  private unknownMaker({ group, kind, namespace, name }: Identity) {
    if (isBroughtByCharts({ group, kind })) return this.cluster.othersIn({ group, kind, namespace });
    const isOfPod = group === '' && kind === 'PersistentVolumeClaim' && /-\d+$/.test(name);
    return isOfPod ? this.cluster.othersIn({ group: 'apps', kind: 'StatefulSet', namespace }) : undefined;
  }

  /** Whether bootstrap, or a person, made it together with the first Kustomizations: themselves, and their sources. */
  private isOfFirst({ group, kind, namespace, name }: Identity): boolean {
    if (group === 'kustomize.toolkit.fluxcd.io') return this.cluster.kustomization(namespace, name) !== undefined;
    return (
      group === 'source.toolkit.fluxcd.io' &&
      this.cluster.kustomizations.some(
        (first) =>
          textAt(first.spec, 'sourceRef', 'name') === name &&
          textAt(first.spec, 'sourceRef', 'kind') === kind &&
          (textAt(first.spec, 'sourceRef', 'namespace') || first.namespace) === namespace &&
          isFirst(first, this.cluster),
      )
    );
  }
}

function ofService(cluster: Cluster, namespace: string, name: string): TargetLookup {
  const found = servicesOf(cluster).lookup(namespace, name);
  if (found.state === 'database') return { state: 'found', resource: undefined };
  return found.state === 'unknown' ? { why: 'another object may make it', ...found } : found;
}

/** Operators make accounts, claims and workloads for their objects, and nothing that people refer to of other groups. */
function isMadeByOperators(group: string): boolean {
  return /^(?:|apps|batch|rbac\.authorization\.k8s\.io)$/.test(group);
}

/** An object of a kind that nobody understands may make what it names, or what has its own name. */
function mayMake(resource: Resource, { group, namespace, name }: Identity): boolean {
  if (!isMadeByOperators(group) || isUnderstood(resource) || rowsOf(resource) !== undefined) return false;
  if (resource.namespace === namespace && name.includes(resource.name)) return true;
  for (const { text } of textsIn(resource.value)) if (text === name) return true;
  return false;
}
