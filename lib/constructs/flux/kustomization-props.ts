import type { KustomizationSpec } from '../../../imports/flux-kustomization';
import type { HealthCheckExpression } from '../../systems/flux/health';
import type { DeepPartial, Plain } from '../merge';
import type { ResourceProps } from '../resource';
import type { SourceReference, SubstituteReference, Substitutions } from '../scopes';
import type { ExactDependencies, KustomizationDependency } from './dependencies';
import type { Component, Directory, File, FolderProps } from './directory';
import type { HelmText } from './helm-values';
import type { KustomizationFileFields } from './kustomization-fields';
import type { Sharded } from './shard';
import type { Source } from './source';

/** An object whose readiness decides that of its Kustomization. */
export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** `null` takes a default away: the field is not written then. */
export interface FluxKustomizationProps extends ResourceProps, Sharded {
  /** The folder that its file and `directory` stand in, below that of its scope; `.` is the latter. @default the id */
  readonly folder?: string;
  /** The folder beside ks.yaml that it applies. @default 'app' */
  readonly directory?: string;
  /**
   * What it applies instead: a folder that stands elsewhere in the tree, or spec.path as it is, of a folder that is your own, such as
   * `./kubernetes/apps/media/jellyfin/app`. @default a new one, named by `directory`
   */
  readonly applies?: Directory | string | null;
  /** The file to stand in: one that several share, or the name of its own, such as `ks-jobs.yaml`. @default ks.yaml */
  readonly file?: File | string;
  /** Fields added to the new folder's kustomization.yaml; `null` for a folder that gets none. @default none */
  readonly kustomizationFile?: KustomizationFileFields | null;
  /** What the new folder's kustomization.yaml is called. @default 'kustomization.yaml' */
  readonly kustomizationFileName?: FolderProps['kustomizationFileName'];
  /**
   * Whether metadata.namespace is written in the objects of the new folder. Off, they count as those of `targetNamespace`, or of its
   * surroundings. @default as in the folder that it stands in
   */
  readonly writeNamespace?: boolean;
  /** @default '1h' */
  readonly interval?: string | null;
  /** @default '2m': without it a failure waits a whole interval */
  readonly retryInterval?: string | null;
  /** How long Flux waits for what it applied to be ready; until then it applies no newer revision, such as a fix. @default '5m' */
  readonly timeout?: string | null;
  /** Delete what leaves the tree. @default true */
  readonly prune?: boolean | null;
  /** Ready only when everything it applies is ready. @default true, unless `healthChecks` are given */
  readonly wait?: boolean | null;
  /** @default false */
  readonly suspend?: boolean | null;
  /** Recreate what cannot be changed. @default false */
  readonly force?: boolean | null;
  /** Wait for these objects alone. Flux ignores them while `wait` is true. @default none */
  readonly healthChecks?: readonly HealthCheck[] | null;
  /**
   * Expressions for further kinds; those for ESO's and CNPG's kinds are added by themselves, but for `null`, and where `spec` has
   * all of them. @default derived
   */
  readonly healthCheckExprs?: readonly HealthCheckExpression[] | null;
  /**
   * Kustomizations to wait for besides those that follow from references: constructs, and references to what this app does not make.
   * `{ exactly: […] }` is all that it waits for, in this order; `null` is nothing. @default what follows from references
   */
  readonly dependsOn?: readonly KustomizationDependency[] | ExactDependencies | null;
  /** Moves everything into this namespace; objects that name another are refused. @default each object says its own */
  readonly targetNamespace?: string | null;
  /** Variables, added to those of the cluster; `null` is none at all. @default the cluster's */
  readonly postBuild?:
    | (Omit<Substitutions, 'substituteFrom'> & {
        /** Objects in its own namespace whose keys become variables; a handle may be the name. */
        readonly substituteFrom?: readonly (Omit<SubstituteReference, 'name'> & { readonly name: HelmText })[];
        /** @default 'Always' where all variables come from objects, which may turn out empty; else none */
        readonly substituteStrategy?: 'WithVariables' | 'Always' | null;
      })
    | null;
  /** SOPS decryption. @default none */
  readonly decryption?: {
    readonly provider: 'sops';
    readonly secretRef?: { readonly name: HelmText };
    readonly serviceAccountName?: string;
  } | null;
  /** What becomes of the objects when the Kustomization itself is deleted. @default MirrorPrune */
  readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan' | null;
  /** Kustomize patches, applied by Flux. @default none */
  readonly patches?: readonly { readonly patch: string; readonly target?: Readonly<Record<string, string>> }[] | null;
  /** Components of kustomize: their Directories, or the ways to them from the applied folder. @default none */
  readonly components?: readonly Component[] | null;
  /** Laid over the cluster's source; `namespace: null` leaves the namespace out. @default the cluster's source */
  readonly sourceRef?: Source<SourceReference['kind']> | FluxSource | null;
  /** Any other field of spec, laid over what the properties above yield. @default none */
  readonly spec?: DeepPartial<Plain<KustomizationSpec>>;
}

/** A source by its name, or what of the cluster's is another. */
export type FluxSource = Partial<Omit<SourceReference, 'namespace'>> & { readonly namespace: string | null };
