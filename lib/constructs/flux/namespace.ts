import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { dnsLabel } from '../../systems/kubernetes/names';
import { joinPath } from '../../text/join-path';
import { describedBy } from '../description';
import { addExternal } from '../external';
import { relativePath, requireFormat } from '../formats';
import { refuseUnknown } from '../refuse-unknown';
import { freeId, type Labels, withoutNull } from '../resource';
import { clusterOf, markNamespace, markPlace, markWritesNamespace, type NamespaceScope, placeOf } from '../scopes';
import { addYamlNotes, type YamlNotes } from '../yaml-notes';
import { type FolderProps, kustomizationFileName, withComponents } from './directory';
import { type KustomizationFileFields, kustomizationFile } from './kustomization-fields';

export interface NamespaceProps extends FolderProps, YamlNotes {
  /** Its folder, below that of its scope. @default the namespace's name */
  readonly path?: string;
  /** What lives in it, in a line: its annotation `kubernetes.io/description`. @default none */
  readonly description?: string;
  /** @default none */
  readonly labels?: Labels;
  /**
   * Null in place of a value takes a default away.
   * @default `kustomize.toolkit.fluxcd.io/prune: disabled`: a namespace that leaves the tree would take everything in it along
   */
  readonly annotations?: Labels;
  /**
   * Write namespace.yaml. Switch it off for a namespace that something else makes.
   * @default true, but for Kubernetes' own namespaces and that of Flux's source
   */
  readonly create?: boolean;
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
  readonly kustomizationFileName: string;
  private readonly fields: KustomizationFileFields | null;
  private readonly below: string;
  private readonly listed: boolean;

  /** @param id the namespace's name */
  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, freeId(scope, id), { namespace: id, disableResourceNameHashes: true });
    refuseUnknown(this, Namespace, props);
    this.namespaceName = requireFormat(this, 'id', id, dnsLabel);
    this.below = requireFormat(this, 'path', props.path ?? id, relativePath);
    this.path = joinPath(placeOf(scope).path, this.below);
    this.fields = props.kustomizationFile === undefined ? {} : props.kustomizationFile;
    this.kustomizationFileName = kustomizationFileName(this, props);
    this.listed = props.listed ?? true;
    markPlace(this);
    markNamespace(this);
    markWritesNamespace(this, props.writeNamespace);
    if (props.create ?? !this.isThereAlready()) {
      const annotations = withoutNull({
        ...(clusterOf(this).defaults && { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }),
        ...describedBy(this, props.description),
        ...props.annotations,
      });
      const metadata = { name: id, annotations, ...(props.labels && { labels: withoutNull(props.labels) }) };
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

  get listing(): 'own' | 'above' | 'none' {
    if (this.fields !== null) return 'own';
    return this.listed ? 'above' : 'none';
  }

  get listedAs(): string | undefined {
    return this.listed && this.fields !== null ? `./${this.below}` : undefined;
  }

  kustomizationFile(entries: readonly string[]): Readonly<Record<string, unknown>> {
    return kustomizationFile(entries, withComponents(this, this.fields ?? {}));
  }
}
