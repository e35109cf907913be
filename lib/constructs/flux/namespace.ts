import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { dnsLabel } from '../../systems/kubernetes/names';
import { describedBy } from '../description';
import { addExternal } from '../external';
import { requireFormat } from '../formats';
import { freeId } from '../resource';
import { clusterOf, markNamespace, markPlace, type NamespaceScope, placeOf } from '../scopes';
import { addYamlNotes, type YamlNotes } from '../yaml-notes';
import { joinPath, type KustomizationFileFields, kustomizationFile } from './directory';

export interface NamespaceProps extends YamlNotes {
  /** What lives in it, in a line: its annotation `kubernetes.io/description`. @default none */
  readonly description?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default `kustomize.toolkit.fluxcd.io/prune: disabled`: a namespace that leaves the tree would take everything in it along */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Write namespace.yaml. Switch it off for a namespace that something else makes.
   * @default true, but for Kubernetes' own namespaces and that of Flux's source
   */
  readonly create?: boolean;
  /** Fields added to the folder's kustomization.yaml. @default none */
  readonly kustomizationFile?: KustomizationFileFields;
}

/**
 * A namespace's folder: namespace.yaml, and a kustomization.yaml that lists the Flux Kustomizations in it.
 * What is constructed below lives in this namespace. Usually made by `cluster.inNamespace(name)`.
 */
export class Namespace extends Chart implements NamespaceScope {
  readonly path: string;
  readonly namespaceName: string;
  /** The L1 beneath; undefined where `create` is off. */
  readonly resource: ApiObject | undefined;
  private readonly fields: KustomizationFileFields;

  /** @param id the namespace's name */
  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, freeId(scope, id), { namespace: id, disableResourceNameHashes: true });
    this.namespaceName = requireFormat(this, 'id', id, dnsLabel);
    this.path = joinPath(placeOf(scope).path, id);
    this.fields = props.kustomizationFile ?? {};
    markPlace(this);
    markNamespace(this);
    if (props.create ?? !this.isThereAlready()) {
      const annotations = {
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        ...describedBy(this, props.description),
        ...props.annotations,
      };
      const metadata = { name: id, annotations, ...(props.labels && { labels: props.labels }) };
      this.resource = new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata });
      addYamlNotes(this.resource, props);
    } else addExternal(this, 'Namespace', undefined, id);
  }

  private isThereAlready(): boolean {
    return (
      /^(default|kube-(system|public|node-lease))$/.test(this.namespaceName) ||
      this.namespaceName === clusterOf(this).source.namespace
    );
  }

  get listedAs(): string {
    return `./${this.node.id}`;
  }

  kustomizationFile(entries: readonly string[]): Readonly<Record<string, unknown>> {
    return kustomizationFile(entries, this.fields);
  }
}
