import type { IConstruct } from 'constructs';
import { refuse } from './input-error';

/*
 * The construct tree mirrors the file tree. These are the scopes that have a place in it, seen from below: what a
 * construct may ask of the scopes that it stands in, without knowing their classes.
 */

const PLACE = Symbol.for('cdk8s-espalier.Place');
const FILE = Symbol.for('cdk8s-espalier.File');
const CLUSTER = Symbol.for('cdk8s-espalier.Cluster');
const KUSTOMIZATION = Symbol.for('cdk8s-espalier.FluxKustomization');
const APPLICATION = Symbol.for('cdk8s-espalier.Application');
const NAMESPACE = Symbol.for('cdk8s-espalier.Namespace');

/** A scope that is a folder of the tree. */
export interface Place extends IConstruct {
  /** The folder, relative to the tree's root; empty for the root itself. POSIX. */
  readonly path: string;
  /**
   * How this folder's kustomization.yaml is made; undefined where it has none.
   * Entries are what the folder holds, in the order of their construction: `./file.yaml` or `./folder`.
   */
  kustomizationFile?(entries: readonly string[]): Readonly<Record<string, unknown>>;
  /** What the folder above lists for this one; undefined where it lists nothing. */
  readonly listedAs: string | undefined;
  /** Set where no object may stand right in this folder: where it belongs instead. */
  readonly noObjects?: string;
  /** The Flux Kustomization whose spec.path this folder is. */
  readonly appliedBy?: KustomizationScope;
}

/** A scope that is one file: the objects in it become its documents. */
export interface FileScope extends IConstruct {
  readonly path: string;
  /** The construct that the file is for, named in its first lines. @default the file itself */
  readonly madeBy?: IConstruct;
}

/** Where Flux fetches the tree from. */
export interface SourceReference {
  readonly kind: 'GitRepository' | 'OCIRepository' | 'Bucket' | 'ExternalArtifact';
  readonly name: string;
  readonly namespace: string;
}

/** A ConfigMap or Secret in the Kustomization's own namespace whose keys become variables. */
export interface SubstituteReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Go on without it when it is missing. @default false: the build fails */
  readonly optional?: boolean;
}

/** Variables that Flux puts in place of `${name}` after the build (spec.postBuild). */
export interface Substitutions {
  readonly substitute?: Readonly<Record<string, string>>;
  readonly substituteFrom?: readonly SubstituteReference[];
}

export interface ClusterScope extends Place {
  readonly organisation: string;
  readonly environment: string;
  readonly clusterName: string;
  /** Where Flux fetches this cluster's tree from. */
  readonly source: SourceReference;
  readonly substitutions: Substitutions;
  /** Whether the Vault policies that it needs are written beside it. */
  readonly vaultPolicies: boolean;
  /** The folder that Flux is pointed at. */
  readonly entry: Place;
  /** The folder of the namespaces. */
  readonly apps: Place;
  /** The Kustomization that applies the namespaces. */
  readonly root: KustomizationScope;
  /** A path of the tree as Flux's source sees it: `./dist/kubernetes/apps`. */
  sourcePath(path: string): string;
}

/** A Flux Kustomization as the order and its members see it. */
export interface KustomizationScope extends IConstruct {
  readonly kustomizationName: string;
  readonly kustomizationNamespace: string;
  /** Whether Flux replaces `${…}` in what this Kustomization applies. */
  readonly substitutes: boolean;
  /** The namespace that it moves everything into, if any. */
  readonly targetNamespace: string | undefined;
  /** Whether it is ready only when everything it applies is. */
  readonly waits: boolean;
  /** The folder that it applies. */
  readonly directory: Place;
  /** Kustomizations that the author named. */
  readonly given: readonly KustomizationReference[];
  /** Takes what follows from references: whom it waits for, and the `apiVersion/kind`s that it applies. */
  derive(order: readonly KustomizationReference[], kinds: ReadonlySet<string>): void;
}

/** A Flux Kustomization, named. */
export interface KustomizationReference {
  readonly name: string;
  /** @default the namespace of the Kustomization that depends on it */
  readonly namespace?: string;
  /** CEL over `self` and `dep` that replaces the built-in readiness check. @default Flux's own check */
  readonly readyExpr?: string;
}

/** A construct that stands for an app whose objects lie elsewhere in the tree: depending on it means on its Kustomization. */
export interface ApplicationScope extends IConstruct {
  readonly kustomization: KustomizationScope;
}

export interface NamespaceScope extends Place {
  readonly namespaceName: string;
}

const mark =
  <T extends IConstruct>(symbol: symbol) =>
  (construct: T): void => {
    Object.defineProperty(construct, symbol, { value: true });
  };
const markOf = (construct: IConstruct, symbol: symbol): unknown =>
  (construct as IConstruct & { readonly [symbol: symbol]: unknown })[symbol];
const test =
  <T extends IConstruct>(symbol: symbol) =>
  (construct: IConstruct): construct is T =>
    markOf(construct, symbol) !== undefined;

/** Marks a folder with its cluster, which is asked for often. A Cluster is marked as one before. */
export function markPlace(place: Place): void {
  const cluster = isCluster(place) ? place : clusterOf(place.node.scope as IConstruct);
  Object.defineProperty(place, PLACE, { value: cluster });
}
export const markFile = mark<FileScope>(FILE);
export const markCluster = mark<ClusterScope>(CLUSTER);
export const markKustomization = mark<KustomizationScope>(KUSTOMIZATION);
export const markApplication = mark<ApplicationScope>(APPLICATION);
export const markNamespace = mark<NamespaceScope>(NAMESPACE);

export const isPlace = test<Place>(PLACE);
export const isFile = test<FileScope>(FILE);
export const isCluster = test<ClusterScope>(CLUSTER);
export const isKustomization = test<KustomizationScope>(KUSTOMIZATION);
export const isApplication = test<ApplicationScope>(APPLICATION);
export const isNamespace = test<NamespaceScope>(NAMESPACE);

function nearest<T extends IConstruct>(scope: IConstruct, is: (c: IConstruct) => c is T): T | undefined {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) if (is(at)) return at;
  return undefined;
}

/** The folder that a construct stands in (or is). @throws EspalierError outside of a Cluster. */
export function placeOf(scope: IConstruct): Place {
  return nearest(scope, isPlace) ?? refuse(scope, { field: 'scope', allowed: 'a scope inside a Cluster' });
}

/** The cluster that a construct belongs to. @throws EspalierError outside of a Cluster. */
export function clusterOf(scope: IConstruct): ClusterScope {
  const place = nearest(scope, isPlace);
  if (place) return markOf(place, PLACE) as ClusterScope;
  return refuse(scope, {
    field: 'scope',
    allowed: 'a scope inside a Cluster',
    example: "new Cluster(app, 'soyo', { … }) as the scope",
  });
}

/** The Flux Kustomization that a construct belongs to: the one that it is, stands for, or is applied by. */
export function kustomizationOf(scope: IConstruct): KustomizationScope | undefined {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    if (isKustomization(at)) return at;
    if (isApplication(at)) return at.kustomization;
    if (isPlace(at) && at.appliedBy) return at.appliedBy;
  }
  return undefined;
}

/** The namespace folder that a construct stands in, if any. */
export function namespaceOf(scope: IConstruct): NamespaceScope | undefined {
  return nearest(scope, isNamespace);
}
