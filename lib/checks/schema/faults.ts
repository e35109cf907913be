import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import { apiVersionOf } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { SchemaFault, SchemaFaultKind } from '../../graph/schema/schema';
import type { SchemaStore } from '../../graph/schema/store';
import { pathText } from '../../graph/schema/text';
import { validate } from '../../graph/schema/validate';
import { isKnown } from '../../graph/substitution';
import type { JsonObject, Path } from '../../json/json';
import { at } from '../../json/read';
import { isReadTyped } from '../../systems/kinds/typed';
import { memoize } from '../../text/memoize';
import type { ClusterCheck } from '../check';

/** The kinds of faults that each rule reports. */
export type FaultKinds = readonly SchemaFaultKind[];

/** A rule that reports some kinds of faults of what Kubernetes' own validation would refuse. */
export function schemaCheck(kinds: FaultKinds, rule: Omit<ClusterCheck, 'check'>): ClusterCheck {
  return {
    ...rule,
    *check(cluster: Cluster, graph: Graph) {
      for (const [resource, faults] of faultsIn(graph)(cluster)) {
        for (const fault of faults) {
          if (!kinds.includes(fault.kind)) continue;
          if (fault.kind === 'type' && isToldOtherwise(resource, fault.path)) continue;
          const { path, on, message, remedy } = fault;
          yield {
            at: { resource, path, on },
            message: fault.kind === 'unknown-field' ? `${message}${consequence(resource, faults)}` : message,
            ...(remedy !== undefined && { remedy }),
          };
        }
      }
    },
  };
}

/** Whether a value of an object is of the wrong type. */
export function typeFaultAt(resource: Resource, path: Path, cluster: Cluster, graph: Graph): boolean {
  const faults = faultsIn(graph)(cluster).get(resource) ?? [];
  return faults.some((fault) => fault.kind === 'type' && samePath(fault.path, path));
}

/** The paths of an object that have something wrong, as text. */
export function faultyPaths(resource: Resource, cluster: Cluster, graph: Graph): ReadonlySet<string> {
  return new Set((faultsIn(graph)(cluster).get(resource) ?? []).map(({ path }) => pathText(path)));
}

/**
 * Whether a value of the wrong type is no fault, or one that another rule tells: kustomize makes texts of the scalars among an
 * object's annotations (kyaml, yaml/rnode.go: GetAnnotations, SetAnnotations).
 */
function isToldOtherwise(resource: Resource, path: Path): boolean {
  // By substitution/typed.
  if (isFilledIn(resource, path)) return true;
  const [top, field] = path;
  if (top !== 'metadata' || path.length !== 3) return false;
  if (field === 'annotations') return typeof at(resource.value, ...path) !== 'object';
  // By flux/labels-lost.
  return field === 'labels' && resource.appliedBy !== undefined;
}

/** What becomes of an object with an unknown field; one with a value of the wrong type stays as it is written, and is refused. */
function consequence(resource: Resource, faults: readonly SchemaFault[]): string {
  const isRefused = faults.some(({ kind, path }) => kind === 'type' && !isToldOtherwise(resource, path));
  return isReadTyped(resource) && !isRefused ? ' (Flux drops it in silence)' : ' (the API server refuses the object)';
}

/** Whether a value was text before Flux filled in a variable. */
export function isFilledIn(resource: Resource, path: Path): boolean {
  return (resource.appliedBy?.typed ?? []).some(
    (change) => change.resource === resource && samePath(change.path, path),
  );
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i]);
}

/** The objects of a cluster that have something wrong; most have not. They are validated once, although several rules report it. */
const faultsIn = memoize((graph: Graph) =>
  memoize((cluster: Cluster): ReadonlyMap<Resource, readonly SchemaFault[]> => {
    const schemas = graph.schemasOf(cluster);
    const faulty = new Map<Resource, readonly SchemaFault[]>();
    for (const resource of cluster.resources) {
      const faults = faultsOf(resource, schemas);
      if (faults.length > 0) faulty.set(resource, faults);
    }
    return faulty;
  }),
);

function faultsOf({ value, document, kind }: Resource, schemas: SchemaStore): readonly SchemaFault[] {
  const found = schemas.lookup(apiVersionOf(value), kind);
  if (found.state !== 'found') return [];
  return validate(document.encrypted ? decrypted(value) : value, found.schema, { known });
}

/** Flux takes the `sops` field away when it decrypts. */
function decrypted({ sops: _, ...value }: JsonObject): JsonObject {
  return value;
}

function known(text: string): boolean {
  return isKnown(text) && !text.startsWith('ENC[');
}
