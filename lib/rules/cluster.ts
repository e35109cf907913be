import type { Json, JsonObject, Path } from '../json/json';

/**
 * What rules of one's own see of a tree. These types are a promise: fields may be added, and what is there keeps its name and meaning.
 * Nothing in them can be changed: objects and values are frozen.
 */

/** One cluster of the tree, with all that Flux would apply there. */
export interface Cluster {
  /** What Espalier calls the cluster: the folder that its first Kustomizations lie in. */
  readonly name: string;
  /** Every object: built by kustomize, variables filled in; with `--charts` also what charts make. */
  readonly objects: readonly KubernetesObject[];
  readonly kustomizations: readonly Kustomization[];
  /** What pods are made of: those of Deployments, Jobs, CronJobs and all other kinds that run any. */
  readonly pods: readonly Pod[];
  /** The Secrets and ConfigMaps that something in the tree makes or reads. */
  readonly secrets: readonly Secret[];
  /** What External Secrets reads and writes in Vault. */
  readonly vault: readonly VaultAccess[];
  /** The objects of a kind, whatever their version. @param group of all groups, where it is left out; '' is Kubernetes' core */
  ofKind(kind: string, group?: string): readonly KubernetesObject[];
  /** Looks for an object by its name. */
  find(name: ObjectName): Target;
  secret(namespace: string, name: string): Secret | undefined;
  configMap(namespace: string, name: string): Secret | undefined;
}

/** What names an object in a cluster. */
export interface ObjectName {
  /** '' for Kubernetes' core. @default '' */
  readonly group?: string;
  readonly kind: string;
  /** '' for objects of the whole cluster. @default '' */
  readonly namespace?: string;
  readonly name: string;
}

/** Whether an object is there. */
export interface Target {
  /** `unknown`: the tree does not show it, but something that it does not show either may make it: a chart, another repository. */
  readonly state: 'found' | 'absent' | 'unknown';
  /** The object or, of a Secret or ConfigMap, what makes it; empty unless it is found. */
  readonly objects: readonly KubernetesObject[];
  /** What may make it: a clause. Undefined unless it is unknown. */
  readonly why: string | undefined;
}

/** An object as Flux applies it. */
export interface KubernetesObject {
  /** As in `apps/v1`. */
  readonly apiVersion: string;
  /** '' for Kubernetes' core. */
  readonly group: string;
  readonly kind: string;
  /** '' for what has none. */
  readonly namespace: string;
  readonly name: string;
  /** All of it. A text may have parts that are not known: see `isKnown`. */
  readonly value: JsonObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The file that it is written in; of what a chart makes, that of its HelmRelease. */
  readonly file: string;
  readonly line: number;
  /** Whether nothing that Espalier does not follow changes it. What a rule finds in others is counted as not judged. */
  readonly certain: boolean;
  /** The Kustomization that applies it; undefined for what a person applies. */
  readonly kustomization: Kustomization | undefined;
  /** The chart that makes it. */
  readonly chart: Chart | undefined;
  /** What its pods are made of; undefined where it runs none. */
  readonly pod: Pod | undefined;
  /** What it refers to. */
  readonly references: readonly Reference[];
  /** What refers to it. */
  readonly referredBy: readonly Reference[];
  /** A value in it; undefined where there is none: `object.get('spec', 'replicas')`. */
  get(...path: Path): Json | undefined;
  /** The line of a value or, where there is none, of what would hold it. */
  lineOf(...path: Path): number;
}

/** What a chart made an object of. */
export interface Chart {
  readonly name: string;
  readonly version: string;
  /** As in `templates/deployment.yaml`. */
  readonly template: string;
  /** The HelmRelease. */
  readonly release: KubernetesObject;
}

/** A field that names another object. */
export interface Reference {
  readonly from: KubernetesObject;
  /** Where it names it. */
  readonly path: Path;
  readonly to: Required<ObjectName>;
  /** The key that it reads of a Secret or ConfigMap; undefined for all of it. */
  readonly key: string | undefined;
  /** Whether nothing fails without it. */
  readonly optional: boolean;
  /** What is there of what it names. */
  readonly target: Target;
}

/** A Secret or ConfigMap: who makes it, with which keys, and who reads it. Values are with the objects that have any. */
export interface Secret {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
  /** `unknown`: the tree does not show who makes it. */
  readonly state: Target['state'];
  /** The keys that it has for sure. */
  readonly keys: readonly string[];
  /** Whether there may be others. */
  readonly open: boolean;
  /** The Secret itself, an ExternalSecret, a Certificate, a database, … */
  readonly makers: readonly KubernetesObject[];
  readonly readers: readonly Reference[];
}

/** One read or write of Vault that an object asks External Secrets for. */
export interface VaultAccess {
  readonly verb: 'read' | 'find' | 'push' | 'delete';
  /** undefined where the store names none: then the key begins with it. */
  readonly mount: string | undefined;
  readonly key: string;
  readonly property: string | undefined;
  /** The SecretStore or ClusterSecretStore. */
  readonly store: KubernetesObject;
  readonly object: KubernetesObject;
  /** Where the object names the key. */
  readonly path: Path;
}

/** What a pod is made of. */
export interface Pod {
  /** What runs it. */
  readonly object: KubernetesObject;
  /** The way to its spec in the object. */
  readonly path: Path;
  readonly spec: JsonObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** All of them, init containers first. */
  readonly containers: readonly Container[];
}

export interface Container {
  readonly pod: Pod;
  readonly name: string;
  readonly image: string;
  /** A sidecar is an init container that goes on running (`restartPolicy: Always`). */
  readonly type: 'init' | 'sidecar' | 'container' | 'ephemeral';
  /** The way to it in the pod's object. */
  readonly path: Path;
  readonly value: JsonObject;
}

/** A Flux Kustomization with what it applies. */
export interface Kustomization {
  readonly namespace: string;
  readonly name: string;
  readonly object: KubernetesObject;
  /** The folder that it applies, from the root of the tree; undefined where that is elsewhere. */
  readonly folder: string | undefined;
  readonly suspended: boolean;
  readonly prune: boolean;
  readonly objects: readonly KubernetesObject[];
  readonly dependsOn: readonly Kustomization[];
  /** Whether Flux applies it only when another is ready: for its dependsOn, for that of others, or for who applies it. */
  comesAfter(other: Kustomization): boolean;
}
