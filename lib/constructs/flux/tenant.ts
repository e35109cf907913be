import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { GitRepositorySpec } from '../../../imports/git-repository';
import type { OciRepositorySpec } from '../../../imports/oci-repository';
import type { JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { type GroupKind, groupVersion } from '../../systems/api-version';
import { type PolicyRule, rightsToApply } from '../../systems/flux/applier-rights';
import { isClusterScoped, isCoreKind } from '../../systems/kinds/scope';
import { refuse } from '../input-error';
import type { Plain } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { freeId } from '../resource';
import { isPlace, isWhole } from '../scopes';
import { Application } from './application';
import type { Cluster } from './cluster';
import type { Directory } from './directory';
import { FluxKustomization, type FluxKustomizationProps } from './flux-kustomization';
import { GitRepository, OciRepository, type Source } from './source';

export interface TenantProps {
  /** The namespace that its objects may be in. @default the id */
  readonly namespace?: string;
  /** Its own repository. Give this or `oci`. */
  readonly git?: Plain<GitRepositorySpec>;
  /** Its own artifact. Give this or `git`. */
  readonly oci?: Plain<OciRepositorySpec>;
  /**
   * The folder of the source that is applied: its path or, where the source is the repository of this program, a Directory. Of what is
   * in a Directory the rights follow that its account needs.
   * @default './'
   */
  readonly path?: string | Directory;
  /**
   * The ClusterRole whose rights it has in its namespace; as in `cluster-admin`, those of the namespace alone.
   * @default 'admin', which Kubernetes has: no Flux objects and no custom resources but what aggregates to it; none where the rights
   *   follow from a Directory or from `kinds`
   */
  readonly role?: string;
  /**
   * The kinds that it applies, such as `ConfigMap` and `apps/Deployment`: its account may apply these in its namespace, and no others.
   * @default those in the Directory
   */
  readonly kinds?: readonly string[];
  /** Settings of its Kustomization. @default none */
  readonly kustomization?: Omit<
    FluxKustomizationProps,
    'applies' | 'sourceRef' | 'namespace' | 'file' | 'folder' | 'targetNamespace'
  >;
}

const rbac = 'rbac.authorization.k8s.io';

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
    const { git, oci, path = './', namespace = id } = props;
    if (typeof path !== 'string' && (path === null || !isPlace(path))) {
      const allowed = 'a path of the source, or a Directory of this program';
      refuse(this, { field: 'path', allowed, example: "new Directory(cluster, 'tenants/web-team')" });
    }
    const labels = { [tenantLabel]: id };
    this.application = new Application(cluster, id, {
      namespace,
      // Another name than the tenant's own Kustomization, which it applies; what the tenant breaks holds nobody else back.
      kustomization: { name: `tenant-${id}`, wait: false },
    });
    if (namespace === cluster.source.namespace) {
      refuse(this, {
        field: 'namespace',
        value: namespace,
        allowed:
          "another one than that of the cluster's source: there the tenant might change what applies the cluster",
        example: `"${namespace === id ? `${id}-team` : id}"`,
      });
    }
    const { directory } = this.application;
    const account = { kind: 'ServiceAccount', name: id, namespace };
    new ApiObject(directory, 'serviceaccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: id, labels },
    });
    new ApiObject(directory, 'rolebinding', {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: `${id}-reconciler`, labels },
      roleRef: this.role(id, labels, props),
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

  /** The role of its account: one that is there, or one with the rights that its kinds take. */
  private role(id: string, labels: Readonly<Record<string, string>>, { role, kinds, path }: TenantProps): object {
    const folder = typeof path === 'object' ? path : undefined;
    if (role !== undefined && kinds !== undefined) {
      refuse(this, {
        field: 'kinds',
        value: kinds,
        allowed: 'none beside role, which says what rights it has',
        example: "kinds: ['ConfigMap', 'apps/Deployment'] without role",
      });
    }
    if (role !== undefined || (kinds === undefined && folder === undefined)) {
      return { apiGroup: rbac, kind: 'ClusterRole', name: role ?? 'admin' };
    }
    if (kinds?.length === 0 && folder === undefined) {
      refuse(this, {
        field: 'kinds',
        value: kinds,
        allowed: 'at least one kind',
        example: "kinds: ['apps/Deployment']",
      });
    }
    const given = (kinds ?? []).map((kind) => this.givenKind(kind));
    if (folder !== undefined) this.node.addValidation({ validate: () => outOfNamespace(folder) });
    const name = `${id}-reconciler`;
    new ApiObject(this.application.directory, 'role', {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: { name, labels },
      rules: Lazy.any({ produce: () => rightsFor(folder === undefined ? [] : objectsBelow(folder), given) }),
    });
    return { apiGroup: rbac, kind: 'Role', name };
  }

  private givenKind(text: string): GroupKind {
    const [, group = '', kind = ''] = /^(?:([a-z0-9.-]+)\/)?([A-Z]\w*)$/.exec(text) ?? [];
    const allowed = `a kind of objects in a namespace, with its API group unless that is the core's`;
    if (kind === '' || isClusterScoped({ group, kind }) === true || (group === '' && !isCoreKind(kind))) {
      refuse(this, { field: 'kinds', value: text, allowed, example: '"ConfigMap" or "apps/Deployment"' });
    }
    return { group, kind };
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

/** The objects that stand in a folder and below, and of those that kustomize generates there the kinds. */
function objectsBelow(folder: Directory): JsonObject[] {
  return folder.node.findAll().flatMap((construct): readonly JsonObject[] => {
    if (ApiObject.isApiObject(construct)) return [construct.toJson() as JsonObject];
    if (isWhole(construct)) return construct.objects;
    const fields = isPlace(construct) ? construct.kustomizationFile?.([]) : undefined;
    const generated = ['ConfigMap', 'Secret'].filter((kind) => fields?.[generatorOf(kind)] !== undefined);
    return generated.map((kind) => ({ apiVersion: 'v1', kind }));
  });
}

function generatorOf(kind: string): string {
  return `${kind[0]?.toLowerCase()}${kind.slice(1)}Generator`;
}

function kindOf(object: JsonObject): GroupKind {
  return { group: groupVersion(textAt(object, 'apiVersion') ?? '').group, kind: textAt(object, 'kind') ?? '' };
}

/** What no Role allows. */
function outOfNamespace(folder: Directory): string[] {
  const kinds = objectsBelow(folder).map(kindOf);
  const wrong = new Set(kinds.flatMap((kind) => (isClusterScoped(kind) === true ? [kind.kind] : [])));
  return [...wrong].map(
    (kind) =>
      `path: ${folder.path} has a ${kind}, which is in no namespace; a tenant has rights in its own alone. Apply it elsewhere.`,
  );
}

/** Who applies a Role must have what it gives, and who binds one either has that or may bind this very role. */
function rightsFor(objects: readonly JsonObject[], kinds: readonly GroupKind[]): PolicyRule[] {
  const all = objects.map((object) => ({ ...kindOf(object), object }));
  const ofKind = (kind: string) => all.filter((one) => one.group === rbac && one.kind === kind);
  const bound = ofKind('RoleBinding').map(({ object }) => ({
    apiGroups: [rbac],
    resources: [textAt(object, 'roleRef', 'kind') === 'ClusterRole' ? 'clusterroles' : 'roles'],
    resourceNames: [textAt(object, 'roleRef', 'name') ?? ''],
    verbs: ['bind'],
  }));
  const given = ofKind('Role').flatMap(({ object }) => listAt(object, 'rules') as unknown as PolicyRule[]);
  return [...rightsToApply([...all, ...kinds]), ...bound, ...given];
}
