import { deepEqual } from '../json/deep-equal';
import type { JsonObject } from '../json/json';
import { at, listAt, objectAt, textAt } from '../json/read';
import { lazy } from '../text/memoize';
import type { Build, Built, BuiltObject } from '../tree/kustomize/built';
import type { SourceDocument } from '../tree/source/source';
import { kustomizeGroup } from './flux/objects';
import { kustomizationIn, syncIn } from './flux/sync';
import type { OriginOf } from './origins';
import type {
  Contents,
  Dependency,
  FluxKustomization,
  KustomizationSubstitutionFault,
  Resource,
  ResourceTypeChange,
} from './resource';
import { resourceOf } from './resource-of';
import type { SetContents } from './resource-sets/contents';
import { UnfoldedSets } from './resource-sets/sets';
import { type FolderOf, folderNamed } from './source-root';
import type { Sources } from './sources';
import { isKnown, type KustomizationVariables, substitute, variablesOf } from './substitution';
import { type ValuesOf, withOthers } from './variable-values';

/** What applying a cluster needs to know of its surroundings. */
export interface Surroundings {
  readonly build: Build;
  readonly originOf: OriginOf;
  readonly folderOf: FolderOf;
  readonly exists: (folder: string) => boolean;
  readonly sources: Sources;
  /** The values of the ConfigMaps and Secrets that `substituteFrom` names. */
  readonly valuesOf: ValuesOf;
  /** Whether something changes Kustomizations as they are applied. */
  readonly changed: boolean;
  readonly submoduleOf: (folder: string) => string | undefined;
  /** Whether all is applied for those values alone: few objects are looked into then, and the others need not be filled in. */
  readonly forValues: boolean;
  /** How many more objects the tree may have. */
  readonly left: number;
}

/** What the first Kustomizations of a cluster apply, and those that they apply. */
export interface Applied {
  readonly kustomizations: readonly FluxKustomization[];
  readonly resources: readonly Resource[];
  /** What the ResourceSets among them make, which is among them, too. */
  readonly sets: ReadonlyMap<Resource, SetContents>;
}

/** A Kustomization whose fields are filled in as they are applied. */
type Applying = { -readonly [K in keyof FluxKustomization]: FluxKustomization[K] } & {
  resources: Resource[];
  typed: ResourceTypeChange[];
};

/** What many Kustomizations apply of one large folder multiplies; no tree holds so much. */
export const maximumResources = 100_000;

/**
 * Applies the first Kustomizations, then those that they apply, and so on; each of a name once.
 *
 * @param others what is applied already, and not again
 */
export function applyAll(
  roots: readonly Resource[],
  surroundings: Surroundings,
  others: readonly FluxKustomization[] = [],
): Applied {
  const known = new Map(others.map((other) => [nameOf(other), other]));
  const byName = new Map<string, Applying>();
  const resources: Resource[] = [];
  const waiting = unapplied(roots, surroundings);
  const sets = new UnfoldedSets();
  const add = (found: readonly Resource[]) => {
    for (const resource of found) {
      resources.push(resource);
      sets.add(resource);
      if (isFlux(resource) && !byName.has(nameOf(resource))) waiting.push(resource);
    }
  };
  const applyWaiting = () => {
    for (let resource = waiting.shift(); resource !== undefined; resource = waiting.shift()) {
      const name = nameOf(resource);
      if (byName.has(name) || known.has(name)) continue;
      const kustomization = applyAgain(resource, surroundings, surroundings.left - resources.length);
      byName.set(name, kustomization);
      add(kustomization.resources);
    }
  };
  applyWaiting();
  const left = () => surroundings.left - resources.length;
  for (let made = sets.next(left()); made !== undefined; made = sets.next(left())) {
    add(made);
    applyWaiting();
  }
  // A first Kustomization that nothing applies, itself included, is in the cluster all the same.
  const applied = new Set(resources.filter(isFlux).map(nameOf));
  const byHand = roots.filter((root) => !applied.has(nameOf(root)));
  for (const kustomization of byName.values()) {
    kustomization.dependsOn = kustomization.dependsOn.map((dependency) => ({
      ...dependency,
      target: byName.get(nameOf(dependency)) ?? known.get(nameOf(dependency)),
    }));
  }
  return { kustomizations: [...byName.values()], resources: [...byHand, ...resources], sets: sets.contents };
}

/**
 * The first Kustomizations but those that another of them applies, which they are not known to do as they stand in their files: a path
 * may be set by a patch. Of a circle all are taken.
 */
function unapplied(roots: readonly Resource[], surroundings: Surroundings): Resource[] {
  if (roots.length < 2) return [...roots];
  const applied = new Set<SourceDocument>();
  for (const root of roots) {
    const contents = contentsOf(root, objectAt(root.value, 'spec') ?? {}, surroundings, maximumResources);
    if (contents.type !== 'built') continue;
    for (const { document } of contents.built.objects) if (document !== root.document) applied.add(document);
  }
  const first = roots.filter(({ document }) => !applied.has(document));
  return first.length > 0 ? first : [...roots];
}

/** A Kustomization as it stands in its file; of what the Flux Operator is told to sync, the one that it makes. */
export function rootResource(document: SourceDocument): Resource | undefined {
  const value = kustomizationIn(document);
  return value && resourceOf(value, { document, path: syncIn(document)?.path });
}

/** Whether an object is a Flux Kustomization. */
export function isFlux({ group, kind }: Resource): boolean {
  return kind === 'Kustomization' && group === kustomizeGroup;
}

/** What tells one Kustomization of a cluster from another. */
export function nameOf({ namespace, name }: Pick<Resource, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** What bootstrap wrote, a Kustomization that applies itself may patch: then what it applies counts, not what it was at first. */
function applyAgain(resource: Resource, surroundings: Surroundings, left: number): Applying {
  let kustomization = apply(resource, surroundings, left);
  // Where another one applies it, too, the two overwrite each other.
  if (resource.appliedBy !== undefined) return kustomization;
  for (let round = 0; round < maximumRounds; round += 1) {
    const own = kustomization.resources.find((each) => isFlux(each) && nameOf(each) === nameOf(resource));
    if (own === undefined || deepEqual(own.value, kustomization.resource.value)) break;
    kustomization = apply({ ...own, appliedBy: undefined }, surroundings, left);
  }
  return kustomization;
}

/** A patch of itself settles at once; one that makes it grow at every turn does so in the cluster, too. */
const maximumRounds = 3;

/** @param left how many more objects the cluster may have */
function apply(resource: Resource, surroundings: Surroundings, left: number): Applying {
  const spec = objectAt(resource.value, 'spec') ?? {};
  const { namespace, name } = resource;
  const contents = contentsOf(resource, spec, surroundings, left);
  const kustomization: Applying = {
    resource,
    spec,
    namespace,
    name,
    contents,
    resources: [],
    dependsOn: dependencies(spec, namespace),
    variables: undefined,
    substitution: [],
    typed: [],
  };
  if (contents.type === 'built') {
    const given = variablesOf(spec, (kind, from) => surroundings.valuesOf(kind, namespace, from));
    const variables = resource.uncertain || surroundings.changed ? withOthers(given) : given;
    const faults: KustomizationSubstitutionFault[] = variables.faults.map((fault) => ({
      ...fault,
      resource: undefined,
    }));
    const isAskedLater = surroundings.forValues && objectAt(spec, 'postBuild') !== undefined;
    for (const object of contents.built.objects) {
      const { document, path, generated } = object;
      const uncertain = object.uncertain || resource.uncertain;
      const of = { document, path, generated, uncertain, appliedBy: kustomization };
      if (isAskedLater && !isNamedByVariables(object)) {
        const written = resourceOf(object.value, of);
        if (written !== undefined) kustomization.resources.push(filledInLater(written, variables));
        continue;
      }
      const substituted = variables.substitutes === 'never' ? undefined : substitute(object.value, variables);
      const applied = resourceOf(substituted?.value ?? object.value, of);
      if (applied !== undefined) kustomization.resources.push(applied);
      if (substituted === undefined) continue;
      for (const fault of substituted.faults) faults.push({ ...fault, resource: applied });
      for (const change of substituted.typed) if (applied) kustomization.typed.push({ ...change, resource: applied });
    }
    kustomization.variables = variables;
    kustomization.substitution = faults;
  }
  return kustomization;
}

function isNamedByVariables({ value }: BuiltObject): boolean {
  const names = [
    at(value, 'apiVersion'),
    at(value, 'kind'),
    at(value, 'metadata', 'name'),
    at(value, 'metadata', 'namespace'),
  ];
  return names.some((name) => typeof name === 'string' && name.includes('${'));
}

function filledInLater(resource: Resource, variables: KustomizationVariables): Resource {
  const value = lazy(() => substitute(resource.value, variables).value);
  return {
    ...resource,
    get value() {
      return value();
    },
  };
}

function contentsOf(resource: Resource, spec: JsonObject, surroundings: Surroundings, left: number): Contents {
  if (textAt(spec, 'kubeConfig', 'secretRef', 'name') !== undefined || objectAt(spec, 'kubeConfig', 'configMapRef')) {
    return { type: 'elsewhere', why: 'it applies to another cluster' };
  }
  const { source, path } = surroundings.originOf(resource.value, resource.namespace, resource.document);
  if (path === undefined) {
    return {
      type: 'elsewhere',
      why: `its files are put together in ${source.kind} ${source.namespace}/${source.name}`,
    };
  }
  const elsewhere = surroundings.sources.elsewhere(resource, path);
  if (elsewhere !== undefined) return { type: 'elsewhere', why: elsewhere };
  // Whoever applies the first ones by hand may fill in what a text leaves open.
  const isOpen = !isKnown(path) || (resource.appliedBy === undefined && path.includes('${'));
  if (isOpen) return { type: 'elsewhere', why: 'its path depends on values that the tree does not show' };
  const folder = surroundings.folderOf(path, resource.document);
  const submodule = folder === undefined ? undefined : surroundings.submoduleOf(folder);
  if (submodule !== undefined) return { type: 'elsewhere', why: `its files are those of the submodule ${submodule}` };
  if (folder === undefined || !surroundings.exists(folder)) {
    const isIncluded = surroundings.sources.spec?.included.some((each) =>
      `${folderNamed(path)}/`.startsWith(`${each}/`),
    );
    if (isIncluded) return { type: 'elsewhere', why: 'its source includes the folder from another repository' };
    return { type: 'missing', folder: folder ?? path };
  }
  const built: Built = surroundings.build(folder, {
    document: resource.document,
    path: [...resource.path, 'spec'],
    spec,
  });
  if (built.objects.length > left) {
    return { type: 'elsewhere', why: `the tree would have more than ${maximumResources.toLocaleString('en')} objects` };
  }
  return { type: 'built', folder, built };
}

/** The names of the Kustomizations that one waits for. */
export function neededBy({ value, namespace }: Resource): string[] {
  return dependencies(objectAt(value, 'spec') ?? {}, namespace).map(nameOf);
}

function dependencies(spec: JsonObject, namespace: string): Dependency[] {
  const found: Dependency[] = [];
  for (const [i, dependency] of listAt(spec, 'dependsOn').entries()) {
    const name = textAt(dependency, 'name');
    if (name === undefined) continue;
    const path = ['spec', 'dependsOn', i, 'name'];
    found.push({ name, namespace: textAt(dependency, 'namespace') ?? namespace, path, target: undefined });
  }
  return found;
}
