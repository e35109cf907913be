import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import type { Resource } from '../../graph/resource';
import type { SchemaFault, SchemaFaultKind } from '../../graph/schema/schema';
import { pathText } from '../../graph/schema/text';
import { deepEqual } from '../../json/deep-equal';
import type { Path } from '../../json/json';
import { at } from '../../json/read';
import { isReadTyped } from '../../systems/kinds/scope';
import { takenAnyway } from '../../systems/kinds/taken-anyway';
import { isLeftOut, takenEmpty } from '../../systems/kinds/taken-empty';
import { memoize } from '../../text/memoize';
import type { ClusterCheck } from '../check';
import { knownFaultless } from '../known-faultless';
import { type MayHaveFix, quoted } from '../meant';
import { type Faults, faultsOf, noFaults } from './object-faults';

type Table = readonly (Omit<ClusterCheck, 'check' | 'severity'> & { readonly takes: readonly SchemaFaultKind[] })[];

const rules: Table = [
  {
    // Flux applies on the server's side, where an unknown field is refused (https://kubernetes.io/docs/reference/using-
    // api/server-side-apply/); Kubernetes' own kinds have lost it by then. Seen with kustomize-controller 1.9.4 and API
    // server 1.36.3.
    takes: ['unknown-field'],
    id: 'schema/unknown-field',
    title: 'Field that its kind does not have',
    atRunTime:
      'in a custom resource, a Role or a ClusterRole, the apply fails with "field not declared in schema", and nothing of the whole Kustomization is applied; in other built-in kinds Flux drops the field without a message and becomes ready, so the setting has no effect',
    remedy: 'correct the name or the indentation, or remove the field',
    fixes: 'write the one field of the kind that is a slip away',
    source: 'fluxcd/pkg ssa/normalize/normalize.go',
  },
  {
    // Text, number, boolean, list or object: YAML decides by how a value is written.
    takes: ['type'],
    id: 'schema/type',
    title: 'Value of the wrong type',
    atRunTime: 'the API server refuses the object, and Flux applies nothing of the whole Kustomization',
    remedy:
      'write a value of the type that the message names; put text that looks like a number or a boolean in quotes',
    fixes:
      'put a number or boolean that is to be text in quotes, and take those of a text away that is to be a number or boolean',
    source:
      'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  },
  {
    // Fields without which the API server takes no object of the kind.
    takes: ['required'],
    id: 'schema/required',
    title: 'Required field that is missing',
    atRunTime:
      'the API server refuses the object with "Required value", and Flux applies nothing of the whole Kustomization',
    remedy: 'add the field',
    source:
      'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  },
  {
    // What a field's schema says of its values: one of several, of a form, in a range, of a length.
    takes: ['enum', 'pattern', 'format', 'range', 'length', 'one-of'],
    id: 'schema/value',
    title: 'Value that its field does not allow',
    atRunTime:
      'the API server refuses the object with "Invalid value" or "Unsupported value", and Flux applies nothing of the whole Kustomization',
    remedy: 'write a value that the message allows',
    fixes: 'write the one allowed value that is a slip away',
    source:
      'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  },
  {
    // Lists whose items are told apart by keys (`x-kubernetes-list-type: map` or `set`) take none twice.
    takes: ['list-map-key'],
    id: 'schema/list-key',
    title: 'Two items of a list with the same key',
    atRunTime:
      'the server-side apply fails with "duplicate entries for key", and nothing of the whole Kustomization is applied',
    remedy: 'merge the two items, or give one of them another key',
    source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  },
  {
    // Rules in the Common Expression Language that a kind's definition carries (`x-kubernetes-validations`).
    takes: ['cel'],
    id: 'schema/cel',
    title: 'Object that breaks a validation rule of its kind',
    atRunTime:
      "the API server refuses the object with the rule's message, and Flux applies nothing of the whole Kustomization",
    remedy: 'change the fields that the rule names until it holds',
    source:
      'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules',
  },
];

/** The rules that report what Kubernetes' own validation would refuse. */
export const schemaRules: readonly ClusterCheck[] = rules.map(({ takes, ...rule }) => ({
  ...rule,
  severity: 'error',
  *check(cluster, graph) {
    for (const [resource, { faults, catalog }] of faultsIn(graph)(cluster)) {
      for (const { kind, path, on, message, remedy, lacks, meant } of faults) {
        if (!takes.includes(kind) || (kind === 'type' && isToldOtherwise(resource, path))) continue;
        if (kind === 'enum' && at(resource.value, ...path) === '' && isLeftOut(resource, path)) continue;
        const doubt = kind === 'type' ? undefined : catalog;
        const by = lacks && takenEmpty(resource, path, lacks);
        const taken = by === undefined ? takenAnyway(resource, { kind, path }) : `${by} reads it as empty`;
        const more =
          kind === 'unknown-field' ? consequence(resource, faults) : taken === undefined ? '' : ` (${taken})`;
        yield {
          at: { resource, path, on },
          message: `${message}${doubt === undefined ? more : ` (by its definition of ${doubt}; yours may differ)`}`,
          ...(remedy !== undefined && { remedy }),
          ...(meant && fixOf(resource, path, meant)),
          ...((doubt ?? taken) !== undefined && { severity: 'warning' }),
        };
      }
    }
  },
}));

function fixOf(resource: Resource, path: Path, meant: NonNullable<SchemaFault['meant']>): MayHaveFix {
  if ('quoted' in meant) return quoted(resource, path);
  if ('value' in meant) {
    return { fix: { title: `write ${JSON.stringify(meant.value)}`, changes: [{ path, set: meant.value }] } };
  }
  return { fix: { title: `write ${meant.name} for ${path.at(-1)}`, changes: [{ path, rename: meant.name }] } };
}

/** Whether a value of an object is of the wrong type. */
export function typeFaultAt(resource: Resource, path: Path, cluster: Cluster, graph: Graph): boolean {
  const { faults } = faultsIn(graph)(cluster).get(resource) ?? noFaults;
  return faults.some((fault) => fault.kind === 'type' && deepEqual(fault.path, path));
}

/** The paths of an object that have something wrong that is refused, as text. */
export function faultyPaths(resource: Resource, cluster: Cluster, graph: Graph): ReadonlySet<string> {
  const { faults } = faultsIn(graph)(cluster).get(resource) ?? noFaults;
  const refused = faults.filter(({ path, lacks }) => lacks === undefined || !takenEmpty(resource, path, lacks));
  return new Set(refused.map(({ path }) => pathText(path)));
}

/**
 * Whether a value of the wrong type is no fault, or one that another rule tells: kustomize makes texts of the scalars among an
 * object's annotations (kyaml, yaml/rnode.go: GetAnnotations, SetAnnotations).
 */
function isToldOtherwise(resource: Resource, path: Path): boolean {
  // By substitution/typed.
  if (isFilledIn(resource, path)) return true;
  const [top, field] = path;
  // By eso/empty-data-from.
  if (at(resource.value, ...path) === null && /^spec\.dataFrom\.\d+\.(?:extract|find|sourceRef)$/.test(path.join('.')))
    return resource.kind === 'ExternalSecret';
  if (top !== 'metadata' || path.length !== 3) return false;
  if (field === 'annotations') return typeof at(resource.value, ...path) !== 'object';
  // By flux/labels-lost.
  return field === 'labels' && resource.appliedBy !== undefined && resource.chart === undefined;
}

/** What becomes of an object with an unknown field; one with a value of the wrong type stays as it is written, and is refused. */
function consequence(resource: Resource, faults: readonly SchemaFault[]): string {
  const isRefused = faults.some(({ kind, path }) => kind === 'type' && !isToldOtherwise(resource, path));
  if (!isReadTyped(resource) || isRefused) return ' (the API server refuses the object)';
  if (resource.chart === undefined) return ' (Flux drops it without a message)';
  // helm-controller 1.6 internal/action/install.go, upgrade.go: server-side apply, on upgrades of releases that were installed with it.
  return ' (the installation fails; a release that Helm 3 has installed drops it)';
}

/** Whether a value was text before Flux filled in a variable. */
export function isFilledIn(resource: Resource, path: Path): boolean {
  return (resource.appliedBy?.typed ?? []).some(
    (change) => change.resource === resource && deepEqual(change.path, path),
  );
}

/** The objects of a cluster that have something wrong; most have not. They are validated once, although several rules report it. */
const faultsIn = memoize((graph: Graph) =>
  memoize((cluster: Cluster): ReadonlyMap<Resource, Faults> => {
    const schemas = graph.schemasOf(cluster);
    const faulty = new Map<Resource, Faults>();
    const faultless = knownFaultless(graph)(cluster);
    for (const resource of cluster.resources) {
      if (faultless.has(resource)) continue;
      const found = faultsOf(resource, schemas);
      if (found.faults.length > 0) faulty.set(resource, found);
    }
    return faulty;
  }),
);
