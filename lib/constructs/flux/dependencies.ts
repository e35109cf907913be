import { Construct, type IConstruct } from 'constructs';
import { dnsLabel, labelledName } from '../../systems/kubernetes/names';
import { addExternal } from '../external';
import { optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import {
  clusterOf,
  type KustomizationReference,
  type KustomizationScope,
  kustomizationOf,
  requireSameCluster,
} from '../scopes';

/**
 * A Kustomization to wait for: a construct means the one that it is, stands for, or is applied by. The object is an item of
 * dependsOn as Flux has it, whose name a construct may be, too; `namespace: null` leaves out that of a construct.
 */
export type KustomizationDependency =
  | IConstruct
  | KustomizationReference
  | { readonly name: IConstruct | string; readonly namespace?: null; readonly readyExpr?: string };

/** All that is waited for: nothing follows from references then. */
export interface ExactDependencies {
  readonly exactly: readonly KustomizationDependency[];
}

/** What a Kustomization waits for because its author says so. */
export interface GivenDependencies {
  /** Items of dependsOn, written before what follows from references. */
  readonly references: readonly KustomizationReference[];
  /** Constructs to wait for as if they were referred to. */
  readonly constructs: readonly IConstruct[];
  /** Whether they are all. */
  readonly exact: boolean;
}

/** @throws EspalierError for what is no Kustomization of the cluster, and for one that is named twice or waits for itself */
export function givenDependencies(
  waiting: KustomizationScope,
  dependsOn: readonly KustomizationDependency[] | ExactDependencies,
): GivenDependencies {
  const exact = 'exactly' in dependsOn;
  const items = exact ? dependsOn.exactly : dependsOn;
  const constructs = exact ? [] : items.filter(Construct.isConstruct);
  const references = items
    .filter((item) => exact || !Construct.isConstruct(item))
    .map((item) => referenceTo(waiting, item));
  const seen = new Set<string>();
  for (const reference of references) {
    const label = labelOf(waiting, reference);
    const isItself = label === `${waiting.kustomizationNamespace}/${waiting.kustomizationName}`;
    if (isItself || (seen.has(label) && !exact)) {
      refuse(waiting, {
        field: 'dependsOn',
        value: label,
        allowed: 'every other Kustomization at most once, and not itself',
      });
    }
    seen.add(label);
  }
  return { references, constructs, exact };
}

/** `namespace/name`. */
export function labelOf(waiting: KustomizationScope, { namespace, name }: KustomizationReference): string {
  return `${namespace ?? waiting.kustomizationNamespace}/${name}`;
}

function referenceTo(waiting: KustomizationScope, item: KustomizationDependency): KustomizationReference {
  const { name, namespace, readyExpr } = Construct.isConstruct(item)
    ? { name: item as IConstruct, namespace: undefined, readyExpr: undefined }
    : (item as Exclude<KustomizationDependency, IConstruct>);
  const expression = readyExpr !== undefined && { readyExpr };
  if (typeof name === 'string') {
    requireFormat(waiting, 'dependsOn[].name', name, labelledName);
    optionalFormat(waiting, 'dependsOn[].namespace', namespace ?? undefined, dnsLabel);
    addExternal(waiting, 'Kustomization', namespace ?? waiting.kustomizationNamespace, name);
    return { name, ...(namespace != null && { namespace }), ...expression };
  }
  const target = Construct.isConstruct(name) ? kustomizationOf(name) : undefined;
  if (target === undefined) {
    refuse(waiting, {
      field: 'dependsOn',
      value: Construct.isConstruct(name) ? name.node.path : item,
      allowed: 'Applications, FluxKustomizations, constructs that one applies, and references with a name',
      example: "{ name: 'cilium', namespace: 'kube-system' }",
    });
  }
  requireSameCluster(waiting, 'dependsOn', target);
  const isElsewhere = target.kustomizationNamespace !== waiting.kustomizationNamespace;
  // Of what people wrote kustomize may set the namespaces.
  if (namespace === null && isElsewhere && clusterOf(waiting).defaults) {
    refuse(waiting, {
      field: 'dependsOn[].namespace',
      value: null,
      allowed: `"${target.kustomizationNamespace}", where ${target.node.path} is: without it, Flux looks in ${waiting.kustomizationNamespace}`,
      example: 'no namespace: it is written then',
    });
  }
  return {
    name: target.kustomizationName,
    ...(namespace !== null && { namespace: target.kustomizationNamespace }),
    ...expression,
  };
}
