import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { JsonObject } from '../json/json';
import { refuse } from './input-error';

/*
 * The construct tree mirrors the file tree. These are the scopes that have a place in it, seen from below: what a
 * construct may ask of the scopes that it stands in, without knowing their classes.
 */

/** What a construct is to those below it. One property for all, since most constructs are nothing of it and are asked often. */
interface Roles {
  /** Of a folder: its cluster. */
  folderIn?: ClusterScope;
  file?: true;
  whole?: true;
  /** Of a folder: its kustomization.yaml, where that is its author's own. */
  kept?: KeptKustomization;
  cluster?: true;
  kustomization?: true;
  application?: true;
  namespace?: true;
  /** metadata.namespace of the objects that it makes; null for none. */
  ownNamespace?: string | null;
  /** Of a folder: whether metadata.namespace is written in the objects below it. */
  writesNamespace?: boolean;
}

// By name: main.ts may load two copies of this library.
const ROLES = Symbol.for('cdk8s-espalier.roles');

/** A scope that is a folder of the tree. */
export interface Place extends IConstruct {
  /** The folder, relative to the tree's root; empty for the root itself. POSIX. */
  readonly path: string;
  /**
   * What lists the files in this folder: its own kustomization.yaml, the one above, or nothing of Espalier's (files that somebody
   * else lists, or of which Flux applies all). Undefined where no object may stand right in it.
   */
  readonly listing?: 'own' | 'above' | 'none';
  /**
   * How this folder's kustomization.yaml is made, where it lists its own files.
   * Entries are what the folder holds, in the order of their construction: `./file.yaml` or `./folder`.
   */
  kustomizationFile?(entries: readonly string[]): Readonly<Record<string, unknown>>;
  /** What that is called. @default 'kustomization.yaml' */
  readonly kustomizationFileName?: string;
  /** What the folder above lists for this one; undefined where it lists nothing. */
  readonly listedAs: string | undefined;
  /** Set where no object may stand right in this folder: where it belongs instead. */
  readonly noObjects?: string;
  /** The Flux Kustomization whose spec.path this folder is. */
  readonly appliedBy?: KustomizationScope | undefined;
  /** What is in it, for the header of its kustomization.yaml, where that is no construct's own. */
  readonly origin?: string | undefined;
}

/** A scope that is one file: the objects in it become its documents. */
export interface FileScope extends IConstruct {
  readonly path: string;
  /** The construct that the file is for, named in its first lines. @default the file itself */
  readonly madeBy?: IConstruct | undefined;
  /** What it is made of, named there, too, where that is no construct's own. */
  readonly origin?: string | undefined;
  /** Whether the folder's kustomization.yaml lists it. @default true */
  readonly listed?: boolean;
}

/** A file that stays as it is: its author's own, at its place or copied there. */
export interface WholeFile extends FileScope {
  /** What is written; undefined where it lies there already, and is not Espalier's. */
  readonly copied: string | undefined;
  /** Where it was read: an absolute path. */
  readonly readFrom: string;
  /** Its objects. */
  readonly objects: readonly JsonObject[];
}

/** A folder's kustomization.yaml that is its author's own. */
export interface KeptKustomization extends IConstruct {
  readonly path: string;
  /** Those of the entries that it does not list. */
  lacks(entries: readonly string[]): readonly string[];
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
  /** What it was given. */
  readonly props: object;
  /** Where Flux fetches this cluster's tree from. */
  readonly source: SourceReference;
  /** What its Kustomizations write of that; undefined for nothing. */
  readonly sourceRef: Partial<SourceReference> | undefined;
  readonly substitutions: Substitutions;
  /** Whether the Vault policies that it needs are written beside it. */
  readonly vaultPolicies: boolean;
  /** Whether Flux's controllers are locked down for several tenants. */
  readonly lockdown: boolean;
  /** The folder that Flux is pointed at. */
  readonly entry: Place;
  /** The folder of the namespaces. */
  readonly apps: Place;
  /** Whether a Kustomization of its own applies the namespaces. Without one, what the author has written applies all of its folders. */
  readonly hasRoot: boolean;
  /** Whether constructs write more than they are given: their defaults, and what follows from references. */
  readonly defaults: boolean;
  /** The Kustomization that applies the namespaces. @throws EspalierError where it has none */
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
  /** The shard of Flux's controllers that reconciles it. */
  readonly shard: string | undefined;
  /** The folder that it applies. */
  readonly directory: Place;
  /** Of those that apply the same folder the first, which what stands in it belongs to; mostly itself. */
  readonly first: KustomizationScope;
  /** Kustomizations that the author named. */
  readonly given: readonly KustomizationReference[];
  /** Whether those are all that it waits for, whatever refers to others. */
  readonly givenAlone: boolean;
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

function rolesOf(construct: IConstruct): Roles | undefined {
  return (construct as IConstruct & { readonly [ROLES]?: Roles })[ROLES];
}

function addRole(construct: IConstruct, role: Roles): void {
  const roles = rolesOf(construct);
  if (roles) Object.assign(roles, role);
  else Object.defineProperty(construct, ROLES, { value: role });
}

/** Marks a folder with its cluster, which is asked for often. A Cluster is marked as one before. */
export function markPlace(place: Place): void {
  addRole(place, { folderIn: isCluster(place) ? place : clusterOf(place.node.scope as IConstruct) });
}
export const markFile = (file: FileScope): void => addRole(file, { file: true });
export const markWhole = (file: WholeFile): void => addRole(file, { file: true, whole: true });
export const markKept = (place: Place, kept: KeptKustomization): void => addRole(place, { kept });
export const markCluster = (cluster: ClusterScope): void => addRole(cluster, { cluster: true });
export const markKustomization = (scope: KustomizationScope): void => addRole(scope, { kustomization: true });
export const markApplication = (scope: ApplicationScope): void => addRole(scope, { application: true });
export const markNamespace = (scope: NamespaceScope): void => addRole(scope, { namespace: true });

export const isPlace = (scope: IConstruct): scope is Place => rolesOf(scope)?.folderIn !== undefined;
export const isFile = (scope: IConstruct): scope is FileScope => rolesOf(scope)?.file === true;
export const isWhole = (scope: IConstruct): scope is WholeFile => rolesOf(scope)?.whole === true;
export const keptIn = (place: Place): KeptKustomization | undefined => rolesOf(place)?.kept;
export const isCluster = (scope: IConstruct): scope is ClusterScope => rolesOf(scope)?.cluster === true;
export const isNamespace = (scope: IConstruct): scope is NamespaceScope => rolesOf(scope)?.namespace === true;
export const isKustomization = (scope: IConstruct): scope is KustomizationScope =>
  rolesOf(scope)?.kustomization === true;

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
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    const cluster = rolesOf(at)?.folderIn;
    if (cluster) return cluster;
  }
  return refuse(scope, {
    field: 'scope',
    allowed: 'a scope inside a Cluster',
    example: "new Cluster(app, 'soyo', { … }) as the scope",
  });
}

/** @throws EspalierError where another construct, which a field names, belongs to another cluster. */
export function requireSameCluster(
  scope: IConstruct,
  field: string,
  other: IConstruct,
  allowed = 'one of the same cluster',
  example?: string,
): void {
  const { clusterName } = clusterOf(scope);
  if (clusterOf(other) === clusterOf(scope)) return;
  refuse(scope, { field, value: other.node.path, allowed: `${allowed} (${clusterName})`, ...(example && { example }) });
}

/** The Flux Kustomization that a construct belongs to: the one that it is, stands for, or is applied by. */
export function kustomizationOf(scope: IConstruct): KustomizationScope | undefined {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    const roles = rolesOf(at);
    if (!roles) continue;
    if (roles.kustomization) return at as KustomizationScope;
    if (roles.application) return (at as ApplicationScope).kustomization;
    if (roles.folderIn && (at as Place).appliedBy) return (at as Place).appliedBy;
  }
  return undefined;
}

/** The namespace folder that a construct stands in, if any. */
export function namespaceOf(scope: IConstruct): NamespaceScope | undefined {
  return nearest(scope, isNamespace);
}

/** Notes what an author says of metadata.namespace of the objects that a construct makes; null for none. */
export function sayNamespace(construct: IConstruct, namespace: string | null): void {
  addRole(construct, { ownNamespace: namespace });
}

/** Notes whether metadata.namespace is written in the objects below a folder, unless one of them says otherwise. */
export function markWritesNamespace(place: Place, writesNamespace: boolean | undefined): void {
  if (writesNamespace !== undefined) addRole(place, { writesNamespace });
}

function ownNamespaceOf(construct: IConstruct): string | null | undefined {
  for (let at: IConstruct | undefined = construct; at && !Chart.isChart(at); at = at.node.scope) {
    const namespace = rolesOf(at)?.ownNamespace;
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

/** The namespace that objects made here live in, whether it is written or not; undefined where nobody has said it. */
export function namespaceAt(construct: IConstruct): string | undefined {
  return ownNamespaceOf(construct) ?? Chart.of(construct).namespace;
}

/** Whether metadata.namespace is written in an object that leaves it to its surroundings. */
export function writesNamespace(construct: IConstruct): boolean {
  const own = ownNamespaceOf(construct);
  if (own !== undefined) return own !== null;
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const said = rolesOf(at)?.writesNamespace;
    if (said !== undefined) return said;
  }
  return true;
}
