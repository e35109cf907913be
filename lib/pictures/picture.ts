import type { Identity } from '../graph/identity';

/** What is drawn: how secrets flow, or in which order Flux applies a cluster. */
export type PictureName = 'secrets' | 'order';

/** What a node stands for; each kind has one look. */
export type NodeKind =
  /** An entry of a store outside the cluster: a Vault path, say. */
  | 'remote'
  /** What draws a value: a Password, say. */
  | 'generator'
  /** An ExternalSecret or ClusterExternalSecret. */
  | 'external-secret'
  | 'push-secret'
  /** A SecretStore or ClusterSecretStore that reads a Secret itself. */
  | 'store'
  | 'secret'
  /** A CNPG Cluster, or what belongs to one. */
  | 'database'
  /** What runs pods. */
  | 'workload'
  /** Another object that makes or reads a Secret. */
  | 'object'
  /** Flux itself: what begins. */
  | 'flux'
  | 'kustomization';

/** An object of the tree. */
export interface ObjectRef extends Identity {
  /** The file that it is written in, below the tree's root; `shownPath()` says how it is named from where the command runs. */
  readonly file: string;
}

/** A picture as plain data: every format draws it, none looks at the tree. Its texts are the tree's, and escaped by who prints them. */
export interface Picture {
  readonly name: PictureName;
  /** `Secret flow of backstage/backstage`. */
  readonly title: string;
  /** The way in which most of its edges lead. */
  readonly direction: 'right' | 'down';
  readonly groups: readonly PictureGroup[];
  /** In an order that follows from the tree alone. */
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** A system that some nodes belong to. */
export interface PictureGroup {
  readonly id: string;
  /** `Vault KV v2`, `External Secrets Operator`, `Kubernetes`. */
  readonly label: string;
}

export interface PictureNode {
  /** Tells it from the others of its picture; the same for the same object in every run. */
  readonly id: string;
  readonly kind: NodeKind;
  /** `Secret backstage-secrets`: one line. */
  readonly label: string;
  /** What else is to be known, each on a line: when a Kustomization counts as ready, say. */
  readonly details: readonly string[];
  /** The keys of a Secret, sorted, and whether there may be others; undefined for what is none. */
  readonly keys: { readonly known: readonly string[]; readonly open: boolean } | undefined;
  /** The id of its group; undefined for none. */
  readonly group: string | undefined;
  /** The object of the tree that it is; undefined for what is outside of it, or missing. */
  readonly object: ObjectRef | undefined;
  /** '' for what has none. */
  readonly namespace: string;
  /** The Kustomization that applies it, `namespace/name`; undefined for what none does. */
  readonly app: string | undefined;
  /**
   * `present` is in the tree or follows from it; `elsewhere` may come from outside the tree, and a detail says how; `missing` is
   * referred to, and nothing makes it.
   */
  readonly state: 'present' | 'elsewhere' | 'missing';
  /** Whether it was not asked for, and is shown because what was asked for hangs on it. */
  readonly outside: boolean;
}

export type EdgeKind =
  /** A value is handed on: read, made, used, pushed. */
  | 'flow'
  /** A Kustomization waits until another is ready. */
  | 'depends-on'
  /** A Kustomization comes into the cluster by another. */
  | 'applies'
  /** Flux begins with it. */
  | 'begins';

export interface PictureEdge {
  /** The id of the node that comes first: in time, or in the way of the value. */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** How: `env username, password`; '' for nothing to say. */
  readonly label: string;
  /** Whether what it leads from may be missing. */
  readonly optional: boolean;
  /** Whether it follows from others, so that most pictures do without it. */
  readonly implied: boolean;
}
