import { App, CloudNativePg, Cluster, type ClusterProps, ExternalSecrets, VaultStore } from '../../lib';
import type { JsonObject } from '../../lib/json/json';
import type { Tree } from '../../lib/tree/tree';

/** What a test composes its constructs from. */
export interface Stage {
  readonly app: App;
  readonly cluster: Cluster;
  readonly eso: ExternalSecrets;
  readonly cnpg: CloudNativePg;
  readonly vault: VaultStore;
}

/** The stage with the tree that it yields. */
export interface Synthesized<T> extends Stage {
  /** What the builder returned. */
  readonly built: T;
  readonly tree: Tree;
  /** Every file's path, sorted. */
  paths(): string[];
  /** The documents of one file. Throws where there is no such file. */
  documents(path: string): JsonObject[];
  /** One document of one file. @default the first */
  document(path: string, index?: number): JsonObject;
  /** The one object of this kind and name, in whichever file. Throws where there is none, or more than one. */
  find(kind: string, name: string): JsonObject;
}

/** An app with the cluster soyo, nothing in it. */
export function emptyCluster(props: Partial<ClusterProps> = {}): { app: App; cluster: Cluster } {
  const app = new App();
  return { app, cluster: new Cluster(app, 'soyo', { organisation: 'webgrip', environment: 'prod', ...props }) };
}

/** The cluster soyo with its operators and its store, nothing else. */
export function stage(props: Partial<ClusterProps> = {}): Stage {
  const { app, cluster } = emptyCluster(props);
  const cnpg = new CloudNativePg(cluster, { version: '0.29.0' });
  const eso = new ExternalSecrets(cluster, { version: '2.9.0' });
  const vault = new VaultStore(cluster, 'vault', { operator: eso, server: 'http://vault.vault.svc:8200', mount: 'kv' });
  return { app, cluster, eso, cnpg, vault };
}

/** Composes on a stage, and makes the tree of it. */
export function synthesize<T>(build: (stage: Stage) => T, props: Partial<ClusterProps> = {}): Synthesized<T> {
  const on = stage(props);
  const built = build(on);
  return { ...on, built, ...reader(on.app.tree()) };
}

/** The message of what a function throws. Throws where it throws nothing. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Nothing was refused');
}

/** Ways to read a tree. */
export function reader(tree: Tree): Pick<Synthesized<unknown>, 'tree' | 'paths' | 'documents' | 'document' | 'find'> {
  const paths = () => tree.files.map(({ path }) => path).sort();
  const documents = (path: string) => {
    const file = tree.files.find((candidate) => candidate.path === path);
    if (!file) throw new Error(`The tree has no file ${path}. It has:\n${paths().join('\n')}`);
    return file.documents as JsonObject[];
  };
  return {
    tree,
    paths,
    documents,
    document: (path, index = 0) => {
      const document = documents(path)[index];
      if (!document) throw new Error(`${path} has no document ${index}`);
      return document;
    },
    find: (kind, name) => {
      const all = tree.files.flatMap((file) => file.documents as JsonObject[]);
      const found = all.filter(
        (document) => document.kind === kind && (document.metadata as JsonObject)?.name === name,
      );
      if (found.length !== 1 || !found[0]) throw new Error(`The tree has ${found.length} of ${kind} ${name}`);
      return found[0];
    },
  };
}
