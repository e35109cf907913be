import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { GitRepositorySpec } from '../../../imports/git-repository';
import type { OciRepositorySpec } from '../../../imports/oci-repository';
import { refuse } from '../input-error';
import type { Plain } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { freeId } from '../resource';
import { Application } from './application';
import type { Cluster } from './cluster';
import { FluxKustomization, type FluxKustomizationProps } from './flux-kustomization';
import { GitRepository, OciRepository, type Source } from './source';

export interface TenantProps {
  /** The namespace that its objects may be in. @default the id */
  readonly namespace?: string;
  /** Its own repository. Give this or `oci`. */
  readonly git?: Plain<GitRepositorySpec>;
  /** Its own artifact. Give this or `git`. */
  readonly oci?: Plain<OciRepositorySpec>;
  /** The folder of the source that is applied. @default './' */
  readonly path?: string;
  /**
   * The ClusterRole whose rights it has in its namespace; as in `cluster-admin`, those of the namespace alone.
   * @default 'admin', which Kubernetes has: no Flux objects and no custom resources but what aggregates to it
   */
  readonly role?: string;
  /** Settings of its Kustomization. @default none */
  readonly kustomization?: Omit<
    FluxKustomizationProps,
    'applies' | 'sourceRef' | 'namespace' | 'file' | 'folder' | 'targetNamespace'
  >;
}

/** Marks whose an object is, as `flux create tenant` does (fluxcd/flux2, cmd/flux/create_tenant.go). */
const tenantLabel = 'toolkit.fluxcd.io/tenant';

/**
 * A tenant of a cluster: a namespace, a service account with rights in it alone, and a Kustomization that applies the tenant's own source
 * with that account, into that namespace. What is in the source is the tenant's.
 *
 * @example
 * new Tenant(fleet, 'dev-team', {
 *   namespace: 'apps',
 *   git: { interval: '1m', url: 'https://github.com/fluxcd/flux2-multi-tenancy', ref: { branch: 'dev-team' } },
 * });
 */
export class Tenant extends Construct {
  /** What makes all of it: an app of whoever runs the cluster. */
  readonly application: Application;
  readonly source: Source<'GitRepository' | 'OCIRepository'>;
  /** What applies the tenant's source. */
  readonly kustomization: FluxKustomization;

  /** @param id the tenant's name, which its source, Kustomization and service account have, too */
  constructor(cluster: Cluster, id: string, props: TenantProps) {
    super(cluster, freeId(cluster, `tenant-${id}`));
    refuseUnknown(this, Tenant, props);
    const { git, oci, path = './', role = 'admin', namespace = id } = props;
    const labels = { [tenantLabel]: id };
    this.application = new Application(cluster, id, {
      namespace,
      // Another name than the tenant's own Kustomization, which it applies; what the tenant breaks holds nobody else back.
      kustomization: { name: `tenant-${id}`, wait: false },
    });
    const { directory } = this.application;
    const account = { kind: 'ServiceAccount', name: id, namespace };
    new ApiObject(directory, 'serviceaccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: id, labels },
    });
    new ApiObject(directory, 'rolebinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: `${id}-reconciler`, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [account],
    });
    this.source = this.sourceOf(id, git, oci, labels);
    this.kustomization = new FluxKustomization(directory, 'sync', {
      name: id,
      labels,
      ...props.kustomization,
      folder: '.',
      file: 'sync.yaml',
      applies: path,
      // By its name: who waits for the source would wait for the app that the Kustomization itself is of.
      sourceRef: { kind: this.source.kind, name: id, namespace: null },
      targetNamespace: namespace,
      // The cluster's variables are not the tenant's.
      postBuild: props.kustomization?.postBuild ?? null,
      spec: { ...props.kustomization?.spec, serviceAccountName: id, targetNamespace: namespace },
    });
  }

  private sourceOf(
    id: string,
    git: TenantProps['git'],
    oci: TenantProps['oci'],
    labels: Readonly<Record<string, string>>,
  ): Source<'GitRepository' | 'OCIRepository'> {
    const { directory } = this.application;
    if (git !== undefined && oci === undefined)
      return new GitRepository(directory, 'source', { name: id, labels, spec: git });
    if (oci !== undefined && git === undefined)
      return new OciRepository(directory, 'source', { name: id, labels, spec: oci });
    return refuse(this, {
      field: git === undefined ? 'git' : 'oci',
      value: git === undefined ? undefined : oci,
      allowed: "the tenant's source: either git or oci",
      example: "git: { interval: '1m', url: 'https://github.com/acme/dev-team', ref: { branch: 'main' } }",
    });
  }
}
