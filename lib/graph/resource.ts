import type { JsonObject, Path } from '../json/json';
import { at } from '../json/read';
import type { Built } from '../tree/kustomize/built';
import { type Place, placeWithin } from '../tree/kustomize/origin';
import type { SourceDocument } from '../tree/source/source';
import type { Identity } from './identity';
import type { KustomizationVariables, SubstitutionFault, TypeChange } from './substitution';

/** One object as Flux applies it: built by kustomize, variables substituted. */
export interface Resource extends Identity {
  readonly version: string;
  readonly value: JsonObject;
  /** Where it was written, or the kustomization that generates it. */
  readonly document: SourceDocument;
  /** The way to it in its document: of an object in a List, `items` and its index; else empty. */
  readonly path: Path;
  readonly generated: boolean;
  /** Whether something that is not known acts on it, such as a patch from an address: what `value` lacks or says may be otherwise. */
  readonly uncertain: boolean;
  /** The Kustomization that applies it; undefined for what a person or another tool applies. Of what a chart makes, its release's. */
  readonly appliedBy: FluxKustomization | undefined;
  /** The chart that makes it: then `document` and `path` are its HelmRelease's, and `value` stands in no file. */
  readonly chart?: ChartOrigin;
  /** The ResourceSet that the Flux Operator makes it of: `appliedBy` is what applies that. */
  readonly madeBy?: Resource;
}

/** What a chart made an object of. */
export interface ChartOrigin {
  /** The HelmRelease, which a chart may have made, too. */
  readonly release: Resource;
  readonly name: string;
  readonly version: string;
  /** The file of the chart: `templates/deployment.yaml`. */
  readonly template: string;
  /** The hooks that it is of (`helm.sh/hook`); none of what is no hook. */
  readonly hooks: readonly string[];
}

/** A value in an object: what a finding points to. */
export interface ResourcePath {
  readonly resource: Resource;
  readonly path: Path;
}

/** Where a value that a HelmRelease gives its chart is written. */
export type ValuePlace = (
  | ResourcePath
  /** In a file that a ConfigMap or Secret is generated of. */
  | { readonly document: SourceDocument; readonly path: Path }
) & {
  /** The line of a text that it stands on. */
  readonly part?: string;
  /** The ConfigMap or Secret that it is of. */
  readonly given?: Resource;
  /** Whether it is of a Secret. */
  readonly secret: boolean;
};

/**
 * Where a value of an object is written: in the file of the object, or in the patch that set it. What a chart makes is written
 * nowhere: its HelmRelease is, and there the values.
 */
export function writtenAt({ value, document, path, chart }: Resource, way: Path): Place {
  if (chart === undefined) return placeWithin(value, { document, path }, way);
  const { release } = chart;
  return writtenAt(
    release,
    at(release.value, 'spec', 'values') === undefined ? ['metadata', 'name'] : ['spec', 'values'],
  );
}

/** What a Kustomization waits for. */
export interface Dependency {
  readonly name: string;
  /** Its own namespace, unless it says another. */
  readonly namespace: string;
  readonly path: Path;
  /** The Kustomization of that name; undefined when the tree has none. */
  readonly target: FluxKustomization | undefined;
}

/** Where the files that a Kustomization applies come from. */
export type Contents =
  /** A folder of this tree. */
  | { readonly type: 'built'; readonly folder: string; readonly built: Built }
  /** This tree, but the folder is not there. */
  | { readonly type: 'missing'; readonly folder: string }
  /** Another repository, an artifact, or a path that depends on unknown values. */
  | { readonly type: 'elsewhere'; readonly why: string };

/** A Flux Kustomization with what it applies. */
export interface FluxKustomization {
  /** As its parent applies it; where it has no parent, as it is written. */
  readonly resource: Resource;
  readonly spec: JsonObject;
  readonly namespace: string;
  readonly name: string;
  readonly contents: Contents;
  readonly resources: readonly Resource[];
  readonly dependsOn: readonly Dependency[];
  /** What fails or surprises when its variables are substituted, by the object that they stand in. */
  readonly substitution: readonly KustomizationSubstitutionFault[];
  /** Texts that are numbers, booleans or nothing once variables are filled in. */
  readonly typed: readonly ResourceTypeChange[];
  /** Its variables; undefined when nothing is built. */
  readonly variables: KustomizationVariables | undefined;
}

export type ResourceTypeChange = TypeChange & { readonly resource: Resource };

export type KustomizationSubstitutionFault = SubstitutionFault & {
  /** The object whose text it is; undefined for a fault of `spec.postBuild` itself. */
  readonly resource: Resource | undefined;
};
