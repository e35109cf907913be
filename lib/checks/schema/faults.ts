import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import type { Resource } from '../../graph/resource';
import type { SchemaFault, SchemaFaultKind } from '../../graph/schema/schema';
import { validate } from '../../graph/schema/validate';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../tree/source/source';
import type { JsonObject } from '../../tree/tree';
import type { ClusterCheck } from '../check';

/** The kinds of faults that each rule reports. */
export type FaultKinds = readonly SchemaFaultKind[];

/** A rule that reports some kinds of faults of what Kubernetes' own validation would refuse. */
export function schemaCheck(kinds: FaultKinds, rule: Omit<ClusterCheck, 'check'>): ClusterCheck {
  return {
    ...rule,
    *check(cluster: Cluster, graph: Graph) {
      for (const resource of cluster.resources) {
        for (const fault of faultsOf(resource, graph)) {
          if (!kinds.includes(fault.kind)) continue;
          // Told by substitution/typed.
          if (fault.kind === 'type' && isTyped(resource, fault.path)) continue;
          const { path, on, message, remedy } = fault;
          yield { at: { resource, path, on }, message, ...(remedy !== undefined && { remedy }) };
        }
      }
    },
  };
}

/** Whether a value of an object is of the wrong type. */
export function typeFaultAt(resource: Resource, path: Path, graph: Graph): boolean {
  return faultsOf(resource, graph).some((fault) => fault.kind === 'type' && samePath(fault.path, path));
}

/** Whether a value was text before Flux filled in a variable. */
function isTyped(resource: Resource, path: Path): boolean {
  return (resource.appliedBy?.typed ?? []).some(
    (change) => change.resource === resource && samePath(change.path, path),
  );
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i]);
}

/** Each object is validated once, although several rules report what is found; most have nothing wrong. */
const validated = new WeakMap<JsonObject, readonly SchemaFault[]>();

function faultsOf({ value, document, version, group, kind }: Resource, graph: Graph): readonly SchemaFault[] {
  const before = validated.get(value);
  if (before !== undefined) return before;
  const found = graph.schemas.lookup(group === '' ? version : `${group}/${version}`, kind);
  const faults =
    found.state === 'found' ? validate(document.encrypted ? decrypted(value) : value, found.schema, { known }) : [];
  validated.set(value, faults);
  return faults;
}

/** Flux takes the `sops` field away when it decrypts. */
function decrypted({ sops: _, ...value }: JsonObject): JsonObject {
  return value;
}

function known(text: string): boolean {
  return isKnown(text) && !text.startsWith('ENC[');
}
