import { ApiObject, type ApiObjectMetadata, Chart, type GroupVersionKind } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { Format } from '../systems/format';
import { dnsSubdomain } from '../systems/kubernetes/names';
import { describedBy } from './description';
import { fileName, requireFormat } from './formats';
import { refuse } from './input-error';
import { isPlace } from './scopes';
import { addYamlNotes, type YamlNotes } from './yaml-notes';

/** What every construct that makes one Kubernetes object takes. */
export interface ResourceProps extends YamlNotes {
  /** metadata.name. @default the construct's id */
  readonly name?: string;
  /**
   * What the object is for, in a line, for whoever looks at it in the cluster and for the pages of `espalier docs`: its annotation
   * `kubernetes.io/description`. No pod restarts when it changes. @default none
   */
  readonly description?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * A construct whose id is checked before it is taken: ids of constructs in a folder become file names, and a second
 * construct of the same id is refused with both named.
 */
export abstract class Resource extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, freeId(scope, id));
  }

  /** The namespace that objects made here belong to, unless they say otherwise. */
  get namespace(): string {
    return Chart.of(this).namespace ?? 'default';
  }

  /** metadata of the one object that this construct makes, its name checked. */
  protected metadata(
    props: ResourceProps,
    more: ApiObjectMetadata = {},
    format: Format = dnsSubdomain,
  ): ApiObjectMetadata {
    addYamlNotes(this, props);
    const name = requireFormat(this, 'name', props.name ?? this.node.id, format);
    const annotations = { ...more.annotations, ...describedBy(this, props.description), ...props.annotations };
    // Not by a spread: of objects of many shapes it takes several times as long.
    return Object.assign({}, more, {
      name,
      labels: props.labels || more.labels ? { ...more.labels, ...props.labels } : undefined,
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    });
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
export function freeId(scope: Construct, id: string): string {
  if (isPlace(scope)) requireFormat(scope, 'id', id, fileName);
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
