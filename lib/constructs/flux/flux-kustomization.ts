import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { healthCheckExpressions } from '../../systems/flux/health';
import { substituteKey } from '../../systems/flux/substitution';
import { labelledName } from '../../systems/kubernetes/names';
import { joinPath } from '../../text/join-path';
import { fileName, relativePath, requireFormat } from '../formats';
import { gvk } from '../gvk';
import { resolveHandles } from '../handles';
import { refuse } from '../input-error';
import { type DeepPartial, merge, orDefault } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { Resource } from '../resource';
import {
  clusterOf,
  type KustomizationReference,
  type KustomizationScope,
  kustomizationOf,
  markKustomization,
  markPlace,
  namespaceAt,
  type Place,
  placeOf,
  requireSameCluster,
  type Substitutions,
  sayNamespace,
} from '../scopes';
import { addYamlNotes } from '../yaml-notes';
import { type ExactDependencies, givenDependencies, type KustomizationDependency, labelOf } from './dependencies';
import { componentPaths, Directory, File } from './directory';
import type { FluxKustomizationProps } from './kustomization-props';
import { type MergedSpec, requireSpec } from './kustomization-spec';
import { shardLabels, shardOf } from './shard';
import { referenceToSource, Source } from './source';
import { hasSubstitutions } from './substitution';

export type { ExactDependencies, KustomizationDependency } from './dependencies';
export type { FluxKustomizationProps, FluxSource, HealthCheck } from './kustomization-props';

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
  /** The shard of Flux's controllers that reconciles it. */
  readonly shard: string | undefined;
  /** Kustomizations to wait for that were named, rather than referred to. */
  readonly given: readonly KustomizationReference[];
  /** Whether those are all that it waits for, whatever refers to others. */
  readonly givenAlone: boolean;
  private readonly applied: Directory | undefined;
  /** Whether an empty list is written: it is as its author gave it. */
  private readonly writesNoDependencies: boolean;
  private order: readonly KustomizationReference[] = [];
  private kinds: ReadonlySet<string> = new Set();

  constructor(scope: Construct, id: string, props: FluxKustomizationProps = {}) {
    props = underLockdown(scope, props);
    super(scope, id, props);
    refuseUnknown(this, FluxKustomization, props);
    this.path = this.folder(props.folder ?? id);
    markKustomization(this);
    markPlace(this);
    this.file = typeof props.file === 'object' ? this.own(props.file, 'file') : new File(this, props.file ?? 'ks.yaml');
    this.file.belongsTo(this);
    this.applied = this.appliedDirectory(props);
    this.applied?.applyBy(this);
    this.kustomizationNamespace = namespaceAt(this) ?? clusterOf(this).source.namespace;
    this.shard = shardOf(this, props);
    const more = { annotations: this.protectedFromVariables(), ...shardLabels(this.shard) };
    const metadata = this.metadata(props, more, labelledName);
    this.kustomizationName = String(metadata.name);

    const {
      dependsOn = [],
      healthCheckExprs,
      ...spec
    } = merge(this.spec(props), props.spec as DeepPartial<MergedSpec> | undefined);
    requireSpec(this, spec);
    this.targetNamespace = spec.targetNamespace;
    this.substitutes = hasSubstitutions(spec.postBuild);
    this.waits = spec.wait === true;
    const waitsFor = givenDependencies(this, dependenciesOf(props, dependsOn, clusterOf(this).defaults));
    this.given = waitsFor.references;
    this.givenAlone = waitsFor.exact;
    this.writesNoDependencies = !clusterOf(this).defaults && isExactly(props.dependsOn);
    if (waitsFor.constructs.length > 0) this.node.addDependency(...waitsFor.constructs);
    const checksHealth = this.waits || spec.healthChecks !== undefined;
    const takesNone =
      props.healthCheckExprs === null || props.spec?.healthCheckExprs === null || !clusterOf(this).defaults;
    const ownChecks = props.healthCheckExprs ?? [];
    this.resource = new ApiObject(this.file, this.kustomizationName, {
      ...gvk.Kustomization,
      metadata: { namespace: namespaceAt(this), ...metadata },
      spec: {
        ...spec,
        ...(spec.components && { components: componentPaths(this, spec.components, spec.path ?? '.') }),
        dependsOn: Lazy.any({ produce: () => this.writtenDependsOn() }),
        healthCheckExprs: Lazy.any({
          produce: () => {
            const derives = checksHealth && !takesNone;
            return orNothing(healthCheckExprs ?? healthCheckExpressions(derives ? this.kinds : new Set(), ownChecks));
          },
        }),
      },
    });
    addYamlNotes(this.resource, props);
    // It may stand in the file of another one.
    if (props.namespace !== undefined) sayNamespace(this.resource, props.namespace);
  }

  /**
   * The folder that it applies.
   *
   * @throws EspalierError where it is known by its path alone
   */
  get directory(): Directory {
    return (
      this.applied ??
      refuse(this, {
        field: 'directory',
        allowed:
          'a Kustomization that applies a Directory: of this one, only the path of a folder that is your own is known',
        example: "applies: new Directory(cluster, 'app', { … })",
      })
    );
  }

  /** Of those that apply the same folder the first, which what stands in it belongs to. */
  get first(): KustomizationScope {
    return this.applied?.appliedBy ?? this;
  }

  /** What stands beside ks.yaml is applied by nobody. */
  get noObjects(): string {
    return `${this.applied?.node.path ?? 'a Directory'} (the \`directory\` of the FluxKustomization)`;
  }

  /** How the namespace's kustomization.yaml lists it; nothing where it stands in another's file. */
  get listedAs(): string | undefined {
    if (this.file.node.scope !== this) return undefined;
    const above = placeOf(this.node.scope as Construct).path;
    return `./${above === '' ? this.file.path : this.file.path.slice(above.length + 1)}`;
  }

  /** What follows from references. Called once, when the tree is made. */
  derive(order: readonly KustomizationReference[], kinds: ReadonlySet<string>): void {
    this.order = order;
    this.kinds = kinds;
  }

  private folder(below: string): string {
    const above = placeOf(this.node.scope as Construct).path;
    return below === '.' ? above : joinPath(above, requireFormat(this, 'folder', below, relativePath));
  }

  private appliedDirectory(props: FluxKustomizationProps): Directory | undefined {
    if (props.applies === null || typeof props.applies === 'string') return undefined;
    if (props.applies) return this.own(props.applies, 'applies');
    const name = requireFormat(this, 'directory', props.directory ?? 'app', fileName);
    const { kustomizationFile, kustomizationFileName, writeNamespace, targetNamespace } = props;
    const namespace = (writeNamespace === false && targetNamespace) || undefined;
    return new Directory(this, name, { kustomizationFile, kustomizationFileName, writeNamespace, namespace });
  }

  /** What the properties yield, in the API's own terms. */
  private spec(props: FluxKustomizationProps): MergedSpec {
    const cluster = clusterOf(this);
    const { interval, retryInterval, timeout, prune, wait, suspend, force, targetNamespace } = props;
    const { deletionPolicy, patches, components, sourceRef } = props;
    const decryption = this.named(props.decryption);
    const healthChecks = props.healthChecks?.length ? props.healthChecks : undefined;
    const defaults: MergedSpec = {
      ...(cluster.defaults && { interval: '1h', retryInterval: '2m', timeout: '5m' }),
      path: this.applied && cluster.sourcePath(this.applied.path),
      ...(cluster.defaults && { prune: true, wait: healthChecks === undefined }),
      ...(cluster.sourceRef && { sourceRef: { ...cluster.sourceRef } }),
      // The root applies Kustomizations, whose own texts are not meant for its variables.
      postBuild: postBuild(
        cluster.hasRoot && this.applied === cluster.apps ? {} : cluster.substitutions,
        this.named(props.postBuild) as PostBuild,
        cluster.defaults,
      ),
    };
    const path = typeof props.applies === 'string' ? props.applies : undefined;
    const times = { interval, retryInterval, timeout };
    const flags = { prune, wait, suspend, force };
    const rest = { path, healthChecks, targetNamespace, decryption, deletionPolicy, patches, components };
    const spec = merge<MergedSpec>(defaults, { ...times, ...flags, ...rest } as DeepPartial<MergedSpec>);
    if (!(sourceRef instanceof Source)) {
      // Laid over nothing, null would stay.
      const base: MergedSpec = sourceRef && !spec.sourceRef ? { ...spec, sourceRef: {} } : spec;
      return merge<MergedSpec>(base, { sourceRef } as DeepPartial<MergedSpec>);
    }
    return { ...spec, sourceRef: referenceToSource(this, 'sourceRef', sourceRef) };
  }

  /** Where what applies this Kustomization replaces variables, its own texts are none of them. */
  private protectedFromVariables(): Record<string, string> | undefined {
    const above = this.node.scope && kustomizationOf(this.node.scope);
    return above?.substitutes && clusterOf(this).defaults ? { [substituteKey]: 'disabled' } : undefined;
  }

  private writtenDependsOn(): readonly KustomizationReference[] | undefined {
    const all = this.dependsOn();
    return all.length > 0 || this.writesNoDependencies ? all : undefined;
  }

  /** What was given, and what follows from references; given ones win, with their readyExpr. */
  private dependsOn(): readonly KustomizationReference[] {
    if (this.givenAlone || this.order.length === 0) return this.given;
    const given = new Set(this.given.map((reference) => labelOf(this, reference)));
    return [...this.given, ...this.order.filter((reference) => !given.has(labelOf(this, reference)))];
  }

  /** What names Secrets and ConfigMaps of its namespace, with their names in place of handles. */
  private named(value: unknown): unknown {
    return resolveHandles(this, value, { field: 'spec', namespace: this.kustomizationNamespace });
  }

  /** A folder or file that was given, of this cluster. */
  private own<T extends Construct>(given: T, field: string): T {
    requireSameCluster(this, field, given);
    return given;
  }
}

/** Where references to other namespaces are refused, what applies the cluster's source stands beside it, and says its account. */
function underLockdown(scope: Construct, props: FluxKustomizationProps): FluxKustomizationProps {
  const { lockdown, source } = clusterOf(scope);
  if (!lockdown || props?.sourceRef !== undefined) return props;
  const spec = { serviceAccountName: 'kustomize-controller', ...props.spec };
  return { ...props, namespace: props.namespace ?? source.namespace, spec };
}

function isExactly(dependsOn: FluxKustomizationProps['dependsOn']): boolean {
  return dependsOn != null && 'exactly' in dependsOn;
}

function dependenciesOf(
  { dependsOn, spec }: FluxKustomizationProps,
  ofSpec: readonly KustomizationReference[],
  derives: boolean,
): readonly KustomizationDependency[] | ExactDependencies {
  if (dependsOn === null || spec?.dependsOn === null) return { exactly: [] };
  if (dependsOn && 'exactly' in dependsOn) return { exactly: [...dependsOn.exactly, ...ofSpec] };
  const given = [...(dependsOn ?? []), ...ofSpec];
  return derives || dependsOn !== undefined ? given : { exactly: given };
}

/** What FluxKustomizationProps say, without handles. */
type PostBuild = (Substitutions & { readonly substituteStrategy?: string | null }) | null | undefined;

/**
 * What is replaced, in the order of precedence. Where all variables come from objects that may turn out empty, Flux would leave
 * `$${…}` as it is: replace always.
 */
function postBuild(all: Substitutions, given: PostBuild = {}, hasDefaults = true): MergedSpec['postBuild'] | undefined {
  if (given === null) return undefined;
  const joined = joinSubstitutions(all, given);
  const byDefault = hasDefaults && joined.substituteFrom && !joined.substitute ? 'Always' : undefined;
  const substituteStrategy = orDefault<string | undefined>(given.substituteStrategy, byDefault);
  const whole = { ...joined, ...(substituteStrategy !== undefined && { substituteStrategy }) };
  return Object.keys(whole).length > 0 ? whole : undefined;
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
