import type { ParseHcl } from '../systems/vault/hcl';
import type { Built } from '../tree/kustomize/built';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import type { Cluster } from './cluster';
import type { KyvernoVerdict } from './kyverno-verdict';
import type { Resource, ResourcePath, ValuePlace } from './resource';
import type { SchemaStore } from './schema/store';

/** What refers to what in a tree. */
export interface Graph {
  readonly tree: SourceTree;
  /** The way from the root of Flux's source to the tree's own, which paths of Kustomizations begin with: `dist`; '' for none. */
  readonly above: string;
  readonly clusters: readonly Cluster[];
  /** The schemas of kinds in a cluster, those of the tree's own CustomResourceDefinitions included that are not another cluster's alone. */
  schemasOf(cluster: Cluster): SchemaStore;
  /** Reads policies in HCL; undefined where its parser has not been loaded, and then they are not read. */
  readonly hcl: ParseHcl | undefined;
  /** Every folder that is built: one that several Kustomizations build differently, several times. */
  readonly builds: readonly Built[];
  /** The files that some Kustomization applies, or a kustomization.yaml that takes part in it names. */
  readonly reached: ReadonlySet<string>;
  /** Documents that Flux does not see although they look like objects: in no build, and no first Kustomization. */
  readonly unreached: readonly SourceDocument[];
  /** How whoever asks has the charts of HelmReleases opened: a clause; undefined where they are, or it cannot be done. */
  readonly toOpenCharts?: string | undefined;
  /** Finds the values that fields of what charts make are of, where a HelmRelease gives them; undefined where no charts are open. */
  readonly trace?: ((fields: readonly ResourcePath[]) => Promise<ReadonlyMap<ResourcePath, ValuePlace>>) | undefined;
  /** Objects of other folders: policies that every cluster has besides those of the tree, with their bindings and parameters. */
  readonly policies?: readonly Resource[] | undefined;
  /** What Kyverno says of objects, by cluster; undefined where nobody has asked it. */
  readonly kyverno?: ReadonlyMap<Cluster, readonly KyvernoVerdict[]> | undefined;
  /** How whoever asks has Kyverno asked: a clause; undefined where it is, or that cannot be done. */
  readonly toAskKyverno?: string | undefined;
  /** Kustomizations that nothing applies and that begin no cluster: an archive, an app that was taken out. */
  readonly unusedRoots: readonly SourceDocument[];
  /** Of a graph of some clusters of a tree (see narrow): what all of them are called, by the folders that `Cluster.name` has. */
  readonly calledByFolder?: ReadonlyMap<string, string>;
}
