import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import type { Format } from '../systems/format';
import { dnsLabel, dnsSubdomain } from '../systems/kubernetes/names';
import { describedBy } from './description';
import { fileName, requireFormat } from './formats';
import { refuse } from './input-error';
import { orDefault } from './merge';
import { clusterOf, isPlace, namespaceAt, sayNamespace } from './scopes';
import { addYamlNotes, type YamlNotes } from './yaml-notes';

/** Labels or annotations; null takes a default away. */
export type Labels = Readonly<Record<string, string | null>>;

/** What is left of labels or annotations once null has taken away what it takes. */
export function withoutNull(given: Labels): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) if (value !== null) kept[key] = value;
  return kept;
}

/** What every construct that makes one Kubernetes object takes. */
export interface ResourceProps extends YamlNotes {
  /** metadata.name. @default the construct's id */
  readonly name?: string;
  /**
   * metadata.namespace; null where the object names none, since something else sets it (`namespace` in a kustomization.yaml, or
   * `targetNamespace`). @default the namespace that it stands in
   */
  readonly namespace?: string | null;
  /**
   * What the object is for, in a line, for whoever looks at it in the cluster and for the pages of `espalier docs`: its annotation
   * `kubernetes.io/description`. No pod restarts when it changes. @default none
   */
  readonly description?: string;
  /** Null in place of a value takes a default away. @default none */
  readonly labels?: Labels;
  /** Null in place of a value takes a default away. @default none */
  readonly annotations?: Labels;
}

/**
 * A construct whose id is checked before it is taken: ids of constructs in a folder become file names, and a second
 * construct of the same id is refused with both named.
 */
export abstract class Resource extends Construct {
  /** @param props what says where the object lives, for those that ask before its metadata is made */
  constructor(scope: Construct, id: string, props: Pick<ResourceProps, 'namespace'> = {}) {
    super(scope, freeId(scope, id));
    this.takeNamespace(props);
  }

  /** The namespace that objects made here belong to, unless they say otherwise. */
  get namespace(): string {
    return namespaceAt(this) ?? 'default';
  }

  /** The same, for those that refer to it; none where nobody has said it. */
  protected get ownNamespace(): { readonly namespace?: string } {
    const namespace = namespaceAt(this);
    return namespace === undefined ? {} : { namespace };
  }

  /** metadata of the one object that this construct makes, its name checked. */
  protected metadata(
    props: ResourceProps,
    more: ApiObjectMetadata = {},
    format: Format = dnsSubdomain,
  ): ApiObjectMetadata {
    addYamlNotes(this, props);
    this.takeNamespace(props);
    const name = requireFormat(this, 'name', props.name ?? this.node.id, format);
    const annotations = withoutNull(
      Object.assign({}, more.annotations, describedBy(this, props.description), props.annotations),
    );
    // Not by a spread: of objects of many shapes it takes several times as long.
    return Object.assign({}, more, {
      name,
      labels: props.labels || more.labels ? withoutNull({ ...more.labels, ...props.labels }) : undefined,
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    });
  }

  /** What was given, or its default: none where null takes it away, or the cluster has no defaults. */
  protected byDefault<T>(given: T | null | undefined, otherwise: T): T | undefined {
    return orDefault<T | undefined>(given, clusterOf(this).defaults ? otherwise : undefined);
  }

  private takeNamespace(props: Pick<ResourceProps, 'namespace'> | null): void {
    // What is no object is for refuseUnknown to refuse.
    const namespace = props?.namespace;
    if (namespace === undefined) return;
    if (namespace !== null) requireFormat(this, 'namespace', namespace, dnsLabel);
    sayNamespace(this, namespace);
  }

  /** The L1 beneath: its JSON patches use the API's own field names. */
  protected apiObject(
    id: string,
    kind: GroupVersionKind,
    metadata: ApiObjectMetadata,
    body: Readonly<Record<string, unknown>>,
  ): ApiObject {
    const { apiVersion } = kind;
    return new ApiObject(this, id, Object.assign({ apiVersion, kind: kind.kind, metadata }, body));
  }
}

/**
 * Returns an id that is still free in the scope.
 *
 * @throws EspalierError when it is taken, or when it would become a file's name and cannot.
 */
export function freeId(scope: Construct, id: string, format: Format = fileName): string {
  if (!Construct.isConstruct(scope)) {
    throw new EspalierError(
      `${String(id)}: the scope that it stands in is no construct. Allowed: a Cluster, or the directory of an Application.`,
    );
  }
  if (typeof id !== 'string') requireFormat(scope, 'id', id, format);
  if (isPlace(scope)) requireFormat(scope, 'id', id, format);
  const taken: IConstruct | undefined = scope.node.tryFindChild(id);
  if (taken) {
    refuse(scope, {
      field: 'id',
      value: id,
      allowed: `an id that is not taken: ${taken.node.path} (${taken.constructor.name}) already has this one`,
      example: `"${id}-2"`,
    });
  }
  return id;
}
