import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { Kustomization, type KustomizationSpec, toJson_KustomizationSpec } from '../../../imports/flux-kustomization';
import { type HealthCheckExpression, healthCheckExpressions } from '../../systems/flux/health';
import { substituteKey } from '../../systems/flux/substitution';
import { dnsLabel, labelledName } from '../../systems/kubernetes/names';
import { addExternal } from '../external';
import { fileName, optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge, type Plain, typed } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import {
  clusterOf,
  type KustomizationReference,
  type KustomizationScope,
  kustomizationOf,
  markKustomization,
  markPlace,
  type Place,
  placeOf,
  requireSameCluster,
  type SourceReference,
  type Substitutions,
} from '../scopes';
import { Directory, File, joinPath, type KustomizationFileFields } from './directory';
import { type MergedSpec, requireSpec } from './kustomization-spec';
import { hasSubstitutions } from './substitution';

/** An object whose readiness decides that of its Kustomization. */
export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface FluxKustomizationProps extends ResourceProps {
  /** The folder beside ks.yaml that it applies. @default 'app' */
  readonly directory?: string;
  /** A folder to apply that stands elsewhere in the tree. @default a new one, named by `directory` */
  readonly applies?: Directory;
  /** The file to stand in, for several Kustomizations in one. @default ks.yaml in a folder of its own */
  readonly file?: File;
  /** Fields added to the new folder's kustomization.yaml. @default none */
  readonly kustomizationFile?: KustomizationFileFields;
  /** @default '1h' */
  readonly interval?: string;
  /** @default '2m': without it a failure waits a whole interval */
  readonly retryInterval?: string;
  /** How long Flux waits for what it applied to be ready; until then it applies no newer revision, such as a fix. @default '5m' */
  readonly timeout?: string;
  /** Delete what leaves the tree. @default true */
  readonly prune?: boolean;
  /** Ready only when everything it applies is ready. @default true, unless `healthChecks` are given */
  readonly wait?: boolean;
  /** @default false */
  readonly suspend?: boolean;
  /** Recreate what cannot be changed. @default false */
  readonly force?: boolean;
  /** Wait for these objects alone. Flux ignores them while `wait` is true. @default none */
  readonly healthChecks?: readonly HealthCheck[];
  /** Expressions for further kinds; those for ESO's and CNPG's kinds are added by themselves. @default derived */
  readonly healthCheckExprs?: readonly HealthCheckExpression[];
  /** Kustomizations outside this app to wait for. Inside it use references, or `node.addDependency`. @default none */
  readonly dependsOn?: readonly KustomizationReference[];
  /** Moves everything into this namespace; objects that name another are refused. @default each object says its own */
  readonly targetNamespace?: string;
  /** Variables, added to those of the cluster. @default the cluster's */
  readonly postBuild?: Substitutions;
  /** SOPS decryption. @default none */
  readonly decryption?: {
    readonly provider: 'sops';
    readonly secretRef?: { readonly name: string };
    readonly serviceAccountName?: string;
  };
  /** What becomes of the objects when the Kustomization itself is deleted. @default MirrorPrune */
  readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan';
  /** Kustomize patches, applied by Flux. @default none */
  readonly patches?: readonly { readonly patch: string; readonly target?: Readonly<Record<string, string>> }[];
  /** Kustomize components, relative to the applied folder. @default none */
  readonly components?: readonly string[];
  /** @default the cluster's source */
  readonly sourceRef?: SourceReference;
  /** Any other field of spec, laid over what the properties above yield. @default none */
  readonly spec?: DeepPartial<KustomizationSpec>;
}

/**
 * A Flux Kustomization: `<id>/ks.yaml` in its namespace's folder, and beside it the folder that it applies.
 *
 * Its path is computed from where it stands. dependsOn follows from the references that cross it (a database that needs
 * its operator, an ExternalSecret that needs its store) and from `node.addDependency`.
 *
 * @example
 * const shop = new FluxKustomization(soyo.inNamespace('shop'), 'shop', { interval: '30m' });
 * shop.node.addDependency(otherKustomization);
 */
export class FluxKustomization extends Resource implements KustomizationScope, Place {
  readonly path: string;
  /** The folder that it applies. */
  readonly directory: Directory;
  readonly kustomizationName: string;
  readonly kustomizationNamespace: string;
  /** The file that it stands in. */
  readonly file: File;
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The namespace that everything is moved into, if any. */
  readonly targetNamespace: string | undefined;
  /** Whether Flux replaces `${…}` in what this Kustomization applies. */
  readonly substitutes: boolean;
  /** Whether it is ready only when everything it applies is. */
  readonly waits: boolean;
  /** Kustomizations to wait for that were named, rather than referred to. */
  readonly given: readonly KustomizationReference[];
  private order: readonly KustomizationReference[] = [];
  private kinds: ReadonlySet<string> = new Set();

  constructor(scope: Construct, id: string, props: FluxKustomizationProps = {}) {
    super(scope, id);
    this.path = joinPath(placeOf(scope).path, id);
    markKustomization(this);
    markPlace(this);
    this.file = this.own(props.file, 'file') ?? new File(this, 'ks.yaml');
    this.file.belongsTo(this);
    this.directory = this.own(props.applies, 'applies') ?? this.ownDirectory(props);
    this.directory.applyBy(this);
    this.kustomizationNamespace = this.namespace;
    const metadata = this.metadata(props, { annotations: this.protectedFromVariables() }, labelledName);
    this.kustomizationName = String(metadata.name);

    const {
      dependsOn = [],
      healthCheckExprs,
      ...spec
    } = merge(this.spec(props), props.spec) as MergedSpec & Plain<KustomizationSpec>;
    requireSpec(this, spec);
    this.targetNamespace = spec.targetNamespace;
    this.substitutes = hasSubstitutions(spec.postBuild);
    this.waits = spec.wait;
    this.given = this.checkedReferences([...(props.dependsOn ?? []), ...dependsOn]);
    for (const { name, namespace = this.namespace } of this.given) addExternal(this, 'Kustomization', namespace, name);
    const checksHealth = spec.wait || spec.healthChecks !== undefined;
    this.resource = new ApiObject(this.file, this.kustomizationName, {
      ...Kustomization.GVK,
      metadata: { namespace: this.kustomizationNamespace, ...metadata },
      spec: {
        ...toJson_KustomizationSpec(typed<KustomizationSpec>(spec)),
        dependsOn: Lazy.any({ produce: () => orNothing(this.dependsOn()) }),
        healthCheckExprs: Lazy.any({
          produce: () =>
            checksHealth
              ? orNothing(healthCheckExprs ?? healthCheckExpressions(this.kinds, props.healthCheckExprs))
              : undefined,
        }),
      },
    });
  }

  /** What stands beside ks.yaml is applied by nobody. */
  get noObjects(): string {
    return `${this.directory.node.path} (the \`directory\` of the FluxKustomization)`;
  }

  /** How the namespace's kustomization.yaml lists it; nothing where it stands in another's file. */
  get listedAs(): string | undefined {
    return this.file.node.scope === this ? `./${this.node.id}/ks.yaml` : undefined;
  }

  /** What follows from references. Called once, when the tree is made. */
  derive(order: readonly KustomizationReference[], kinds: ReadonlySet<string>): void {
    this.order = order;
    this.kinds = kinds;
  }

  private ownDirectory(props: FluxKustomizationProps): Directory {
    const name = requireFormat(this, 'directory', props.directory ?? 'app', fileName);
    return new Directory(this, name, { kustomizationFile: props.kustomizationFile });
  }

  /** What the properties yield, in the API's own terms; the generated types differ from them in enums alone. */
  private spec(props: FluxKustomizationProps): KustomizationSpec {
    const cluster = clusterOf(this);
    const healthChecks = props.healthChecks?.length ? props.healthChecks : undefined;
    // The root applies Kustomizations, whose own texts are not meant for its variables.
    const shared = this.directory === cluster.apps ? {} : cluster.substitutions;
    const spec = {
      interval: props.interval ?? '1h',
      retryInterval: props.retryInterval ?? '2m',
      timeout: props.timeout ?? '5m',
      path: cluster.sourcePath(this.directory.path),
      prune: props.prune ?? true,
      wait: props.wait ?? healthChecks === undefined,
      sourceRef: { ...(props.sourceRef ?? cluster.source) },
      suspend: props.suspend,
      force: props.force,
      healthChecks,
      targetNamespace: props.targetNamespace,
      decryption: props.decryption,
      deletionPolicy: props.deletionPolicy,
      patches: props.patches,
      components: props.components,
      postBuild: postBuild(joinSubstitutions(shared, props.postBuild)),
    };
    return typed<KustomizationSpec>(spec);
  }

  /** Where what applies this Kustomization replaces variables, its own texts are none of them. */
  private protectedFromVariables(): Record<string, string> | undefined {
    const above = this.node.scope && kustomizationOf(this.node.scope);
    return above?.substitutes ? { [substituteKey]: 'disabled' } : undefined;
  }

  /** What was given, and what follows from references; given ones win, with their readyExpr. */
  private dependsOn(): readonly KustomizationReference[] {
    if (this.given.length === 0) return this.order;
    const given = new Set(this.given.map((reference) => this.labelOf(reference)));
    return [...this.given, ...this.order.filter((reference) => !given.has(this.labelOf(reference)))];
  }

  private labelOf({ namespace = this.kustomizationNamespace, name }: KustomizationReference): string {
    return `${namespace}/${name}`;
  }

  private checkedReferences(references: readonly KustomizationReference[]): readonly KustomizationReference[] {
    const seen = new Set<string>();
    for (const reference of references) {
      requireFormat(this, 'dependsOn[].name', reference.name, labelledName);
      optionalFormat(this, 'dependsOn[].namespace', reference.namespace, dnsLabel);
      const label = this.labelOf(reference);
      if (seen.has(label) || label === `${this.kustomizationNamespace}/${this.kustomizationName}`) {
        refuse(this, {
          field: 'dependsOn',
          value: label,
          allowed: 'every other Kustomization at most once, and not itself',
        });
      }
      seen.add(label);
    }
    return references;
  }

  /** A folder or file that was given, of this cluster. */
  private own<T extends Construct>(given: T | undefined, field: string): T | undefined {
    if (given) requireSameCluster(this, field, given);
    return given;
  }
}

/** Where all variables come from objects that may turn out empty, Flux would leave `$${…}` as it is: replace always. */
function postBuild(variables: Substitutions): Record<string, unknown> | undefined {
  if (!hasSubstitutions(variables)) return undefined;
  return variables.substitute ? { ...variables } : { ...variables, substituteStrategy: 'Always' };
}

function joinSubstitutions(all: Substitutions, own: Substitutions = {}): Substitutions {
  const substitute = { ...all.substitute, ...own.substitute };
  const substituteFrom = [...(all.substituteFrom ?? []), ...(own.substituteFrom ?? [])];
  return {
    ...(Object.keys(substitute).length > 0 && { substitute }),
    ...(substituteFrom.length > 0 && { substituteFrom }),
  };
}

// cdk8s keeps empty lists; Flux's reviewers need not see them.
function orNothing<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
