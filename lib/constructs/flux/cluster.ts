import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { crossingsOf } from '../../graph/references/crossings';
import type { JsonObject } from '../../json/json';
import { pathText } from '../../json/path-text';
import { textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { accountOf, impersonates } from '../../systems/flux/lockdown';
import type { Format } from '../../systems/format';
import { dnsLabel, dnsSubdomain } from '../../systems/kubernetes/names';
import { joinPath } from '../../text/join-path';
import { fileName, optionalFormat, relativePath, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { freeId } from '../resource';
import {
  type ClusterScope,
  isNamespace,
  markCluster,
  markPlace,
  markWritesNamespace,
  namespaceAt,
  type SourceReference,
  type Substitutions,
} from '../scopes';
import { Directory, File, type FolderProps } from './directory';
import { FluxKustomization, type FluxKustomizationProps } from './flux-kustomization';
import { Namespace, type NamespaceProps } from './namespace';
import { requireSubstitutions } from './substitution';

export interface ClusterProps extends Pick<FolderProps, 'writeNamespace'> {
  /**
   * First segment of the Vault convention `<organisation>/<environment>/clusters/<cluster>/apps/…`.
   * @default none: `vault.app(…)`, which follows the convention, asks for it
   */
  readonly organisation?: string;
  /** Second segment of the Vault convention, such as `prod`. @default none, as of `organisation` */
  readonly environment?: string;
  /**
   * Where this cluster's tree lies in Flux's source: the repository's folder that the tree is written to. `.` when the
   * tree is the source's root, as in an OCI artifact made of it.
   * @default 'dist', followed by `directory`
   */
  readonly sourceRoot?: string;
  /** The folder of this cluster below the output folder, where several clusters share one. @default the output folder itself */
  readonly directory?: string;
  /**
   * Where Flux fetches the tree from; `namespace: null` for one that Kustomizations write without, null where they write none, since a
   * patch adds it. @default the GitRepository flux-system in flux-system, as `flux bootstrap` makes it
   */
  readonly source?: (Omit<SourceReference, 'namespace'> & { readonly namespace: string | null }) | null;
  /** Folder of the namespaces. @default 'kubernetes/apps' */
  readonly appsRoot?: string;
  /** Folder of the root ks.yaml that Flux is pointed at. @default 'kubernetes/flux/cluster' */
  readonly fluxRoot?: string;
  /**
   * Variables for every Kustomization of an app; the root replaces nothing. What `substituteFrom` names is looked up in each
   * Kustomization's own namespace, so it must be optional here.
   * @default none: Flux replaces nothing
   */
  readonly substitutions?: Substitutions;
  /**
   * Whether the Vault policies that its stores' roles need, and the commands that write them, are kept in `vault/` beside what
   * Flux applies. @default true: of a cluster that has a store of Vault
   */
  readonly vaultPolicies?: boolean;
  /**
   * Whether constructs write their defaults, and Kustomizations the order and the health expressions that follow from what they apply.
   * Off for a cluster whose YAML became code as it was: what is not given is not written.
   * @default true
   */
  readonly defaults?: boolean;
  /**
   * Whether Flux's controllers are locked down for several tenants (`--no-cross-namespace-refs`): Flux objects may refer to their own
   * namespace alone, and Kustomizations and HelmReleases need a service account. Kustomizations that apply this tree stand in the
   * namespace of its source then, and apply as `kustomize-controller`. What tenants apply is a `Tenant`'s. @default false
   */
  readonly lockdown?: boolean;
  /** What the cluster is for, in a line: the description of its root Kustomization, with which its index page begins. @default none */
  readonly description?: string;
  /**
   * Settings of the root Kustomization `cluster-apps`, which applies the namespaces. Null for a cluster whose own YAML applies the
   * folders: neither a root nor what lists the namespaces is written, and objects have no namespace but what their folder says.
   */
  readonly root?: Omit<FluxKustomizationProps, 'directory' | 'file' | 'applies'> | null;
}

/** Leaves the cluster's name in its tree, for whoever reads that: `espalier docs` names its pages after it. */
const clusterAnnotation = 'espalier/cluster';

/** One segment of a Vault path. */
const segment: Format = {
  ...fileName,
  allowed: 'a segment of a Vault path: letters, digits, "-", "_" and ".", not beginning with "."',
};

/**
 * One cluster's tree: the root ks.yaml that Flux is pointed at, and below it a folder for each namespace.
 *
 * @example
 * const app = new App();
 * const soyo = new Cluster(app, 'soyo', { organisation: 'webgrip', environment: 'prod' });
 */
export class Cluster extends Chart implements ClusterScope {
  readonly path: string;
  readonly clusterName: string;
  /** What it was given, for whoever adds to its code. */
  readonly props: ClusterProps;
  readonly source: SourceReference;
  readonly sourceRef: Partial<SourceReference> | undefined;
  readonly substitutions: Substitutions;
  readonly vaultPolicies: boolean;
  readonly listedAs = undefined;
  /** Whether a Kustomization of its own applies the namespaces. */
  readonly hasRoot: boolean;
  readonly defaults: boolean;
  readonly lockdown: boolean;
  private readonly sourceRoot: string;
  private readonly convention: Pick<ClusterProps, 'organisation' | 'environment'>;
  private readonly appsRoot: string;
  private readonly fluxRoot: string;
  private readonly rootKustomization: FluxKustomization | undefined;

  /** @param id the cluster's name, a segment of its Vault paths */
  constructor(scope: Construct, id: string, props: ClusterProps = {}) {
    super(scope, freeId(scope, id), {
      // What is no object is for refuseUnknown to refuse.
      namespace: props?.root === null ? undefined : (props?.source?.namespace ?? 'flux-system'),
      disableResourceNameHashes: true,
    });
    refuseUnknown(this, Cluster, props);
    this.clusterName = requireFormat(this, 'id', id, dnsLabel);
    this.props = props;
    this.convention = {
      organisation: optionalFormat(this, 'organisation', props.organisation, { ...segment, example: '"acme"' }),
      environment: optionalFormat(this, 'environment', props.environment, { ...segment, example: '"prod"' }),
    };
    this.path = props.directory === undefined ? '' : requireFormat(this, 'directory', props.directory, relativePath);
    const byDefault: SourceReference = { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' };
    const { namespace, ...source } = props.source ?? byDefault;
    this.source = { ...source, namespace: namespace ?? byDefault.namespace };
    this.sourceRef = props.source === null ? undefined : namespace === null ? source : this.source;
    requireFormat(this, 'source.name', this.source.name, dnsSubdomain);
    requireFormat(this, 'source.namespace', this.source.namespace, dnsLabel);
    this.sourceRoot = this.checkedSourceRoot(props.sourceRoot ?? joinPath('dist', this.path));
    this.substitutions = this.checkedSubstitutions(props.substitutions ?? {});
    this.vaultPolicies = props.vaultPolicies ?? true;
    this.defaults = props.defaults ?? true;
    this.lockdown = props.lockdown ?? false;
    if (this.lockdown) this.node.addValidation({ validate: () => this.againstLockdown() });
    markCluster(this);
    markPlace(this);
    markWritesNamespace(this, props.writeNamespace);

    this.hasRoot = props.root !== null;
    this.appsRoot = props.appsRoot ?? 'kubernetes/apps';
    this.fluxRoot = props.fluxRoot ?? 'kubernetes/flux/cluster';
    if (props.root === null) return;
    new Directory(this, 'apps', { path: this.appsRoot });
    new Directory(this, 'flux', { path: this.fluxRoot });
    this.rootKustomization = new FluxKustomization(this.entry, 'cluster-apps', {
      // Waiting here would hold back every app of the next commit until the slowest one of this commit is ready.
      ...(this.defaults && { wait: false }),
      ...(props.description !== undefined && { description: props.description }),
      ...props.root,
      annotations: { ...(this.defaults && { [clusterAnnotation]: this.clusterName }), ...props.root?.annotations },
      file: new File(this.entry, 'ks.yaml'),
      applies: this.apps,
    });
  }

  /** @throws EspalierError where the cluster has none: paths by the Vault convention need it */
  get organisation(): string {
    return this.convention.organisation ?? this.refuseConvention('organisation', 'acme');
  }

  /** @throws EspalierError where the cluster has none: paths by the Vault convention need it */
  get environment(): string {
    return this.convention.environment ?? this.refuseConvention('environment', 'prod');
  }

  /** The folder of the namespaces; its kustomization.yaml lists them. */
  get apps(): Directory {
    return this.folder('apps', this.appsRoot);
  }

  /** The folder that Flux is pointed at. */
  get entry(): Directory {
    return this.folder('flux', this.fluxRoot);
  }

  /**
   * The root Kustomization, which applies the namespaces and the Kustomizations in them.
   *
   * @throws EspalierError where the cluster has none (`root: null`)
   */
  get root(): FluxKustomization {
    if (this.rootKustomization) return this.rootKustomization;
    return refuse(this, {
      field: 'root',
      value: null,
      allowed:
        'settings of the root Kustomization, where one is referred to: null says that your own YAML applies the folders',
      example: 'root: {}',
    });
  }

  /**
   * The folder of a namespace: made at the first call, returned at later ones.
   *
   * @throws EspalierError when a later call brings settings, which would be lost.
   */
  inNamespace(name: string, props?: NamespaceProps): Namespace {
    const existing = this.apps.node.tryFindChild(name);
    if (existing === undefined) return new Namespace(this.apps, name, props);
    if (!isNamespace(existing) || props !== undefined) {
      refuse(this, {
        field: `inNamespace("${name}")`,
        allowed: `settings only at the first call: ${existing.node.path} exists already`,
        example: `cluster.inNamespace("${name}") without settings`,
      });
    }
    return existing as Namespace;
  }

  sourcePath(path: string): string {
    const below = this.path === '' ? path : path.slice(this.path.length + 1);
    return this.sourceRoot === '.' ? `./${below}` : `./${joinPath(this.sourceRoot, below)}`;
  }

  /** Without a root its folders are the author's own: made when they are asked for, under their path, which may be made already. */
  private folder(id: string, path: string): Directory {
    const child = this.node.tryFindChild(this.hasRoot ? id : path);
    return (child as Directory | undefined) ?? new Directory(this, path, { kustomizationFile: null });
  }

  /** What locked down controllers refuse, with the construct that makes it. */
  private againstLockdown(): string[] {
    return this.node.findAll().flatMap((construct) => {
      if (!ApiObject.isApiObject(construct)) return [];
      const { kind, name, node } = construct;
      const value = construct.toJson() as JsonObject;
      const namespace = textAt(value, 'metadata', 'namespace') ?? namespaceAt(construct) ?? '';
      const object = { group: groupVersion(construct.apiVersion).group, kind, namespace, value };
      const faults = crossingsOf(object).map(
        ({ path, namespace: other }) =>
          `${pathText(path)}: ${JSON.stringify(other)}: only ${JSON.stringify(namespace)}, the namespace of the object itself`,
      );
      if (impersonates(object) && accountOf(object) === undefined) {
        faults.push('spec.serviceAccountName: the service account that it applies with is missing');
      }
      return faults.map((fault) => `lockdown: ${kind} ${namespace}/${name} (${node.path}): ${fault}`);
    });
  }

  private refuseConvention(field: 'organisation' | 'environment', example: string): never {
    return refuse(this, {
      field,
      value: undefined,
      allowed: `${segment.allowed}; paths by the convention <organisation>/<environment>/clusters/… need it`,
      example: `${field}: '${example}' of the Cluster; or vault.path(…), which takes the whole path`,
    });
  }

  private checkedSubstitutions(variables: Substitutions): Substitutions {
    for (const { kind, name, optional } of variables.substituteFrom ?? []) {
      if (optional === true) continue;
      refuse(this, {
        field: `substitutions.substituteFrom: ${kind} ${name}: optional`,
        value: optional,
        allowed: 'true: Flux looks for it in the namespace of each Kustomization, and a Kustomization without it fails',
        example: 'optional: true; or postBuild in the Kustomizations whose namespace has it',
      });
    }
    return requireSubstitutions(this, variables);
  }

  private checkedSourceRoot(value: string): string {
    const plain = value.replace(/^\.\/(?=.)/, '').replace(/\/$/, '');
    if (plain === '.') return '.';
    return requireFormat(this, 'sourceRoot', plain, {
      ...relativePath,
      allowed: `${relativePath.allowed}; or "." for the source's root`,
      example: '"dist"',
    });
  }
}
