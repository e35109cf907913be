import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { refuse, where } from './input-error';
import {
  type ClusterScope,
  clusterOf,
  type FileScope,
  isCluster,
  isFile,
  isPlace,
  type KustomizationScope,
  type Place,
} from './scopes';

/** Where the walk stands: the scopes around a construct. */
interface Surroundings {
  readonly cluster?: ClusterScope;
  readonly place?: Place;
  /** What the folder's kustomization.yaml lists so far; undefined where it has none. */
  readonly listed?: Set<string>;
  readonly appliedBy?: KustomizationScope;
  /** Whether Flux gets to the folder: by a Kustomization's path, or by the kustomization.yaml above it. */
  readonly reached: boolean;
}

/** An object and the file that it goes to. */
export interface PlacedObject {
  readonly object: ApiObject;
  readonly path: string;
  /** The File, or the construct right below the folder, that the file is named after. */
  readonly madeBy: IConstruct;
  readonly cluster: ClusterScope;
  readonly appliedBy: KustomizationScope | undefined;
}

/** An app's constructs, and what goes where. */
export interface Placement {
  readonly constructs: readonly IConstruct[];
  readonly clusters: readonly ClusterScope[];
  readonly objects: readonly PlacedObject[];
  /** What each folder's kustomization.yaml lists, in the order of construction. */
  readonly entries: ReadonlyMap<Place, ReadonlySet<string>>;
}

/**
 * One walk over an app's constructs: places every object in a file, and every file and folder in the kustomization.yaml
 * above it.
 *
 * @throws EspalierError for an object that Flux would not get to: it stands in no folder, or in one that nothing applies
 */
export function placeObjects(app: IConstruct): Placement {
  const constructs: IConstruct[] = [];
  const clusters: ClusterScope[] = [];
  const objects: PlacedObject[] = [];
  const entries = new Map<Place, Set<string>>();

  // `file` is the File, or the construct right below the folder, that objects go to.
  const visit = (construct: IConstruct, around: Surroundings, file: FileScope | IConstruct | undefined): void => {
    constructs.push(construct);
    let here = around;
    let into = file;
    if (isPlace(construct)) {
      if (isCluster(construct)) clusters.push(construct);
      const { listedAs } = construct;
      if (listedAs !== undefined) around.listed?.add(listedAs);
      here = enter(construct, around);
      into = undefined;
      if (here.listed) entries.set(construct, here.listed);
    } else if (around.place) {
      into ??= construct;
    }
    if (ApiObject.isApiObject(construct)) objects.push(place(construct, here, into));
    for (const child of construct.node.children) visit(child, here, into);
  };
  visit(app, { reached: false }, undefined);
  return { constructs, clusters, objects, entries };
}

function enter(place: Place, around: Surroundings): Surroundings {
  const cluster = clusterOf(place);
  return {
    cluster,
    place,
    listed: place.kustomizationFile ? new Set() : undefined,
    appliedBy: place.appliedBy ?? around.appliedBy,
    reached:
      place.appliedBy !== undefined || cluster.entry === place || (around.reached && around.listed !== undefined),
  };
}

/** Places an object in its file, and lists that in its folder. */
function place(
  object: ApiObject,
  { cluster, place, listed, appliedBy, reached }: Surroundings,
  file: FileScope | IConstruct | undefined,
): PlacedObject {
  if (!cluster || !place || !file) {
    refuse(object, {
      field: 'scope',
      allowed: 'a folder of a Cluster',
      example: 'the `directory` of an Application as the scope',
    });
  }
  const named = isFile(file) ? file : undefined;
  const own = named?.madeBy === place; // a Kustomization's ks.yaml, beside the folder that it applies
  if (!reached || (!place.kustomizationFile && !own)) {
    refuse(object, {
      field: 'scope',
      value: where(place),
      allowed: `a folder that Flux applies${place.noObjects ? `, such as ${place.noObjects}` : ''}`,
      example: "shop.directory for an object, cluster.inNamespace('shop') for a FluxKustomization",
    });
  }
  const folder = place.path ? `${place.path}/` : '';
  const name = named ? named.path.slice(folder.length) : `${file.node.id}.yaml`;
  listed?.add(`./${name}`);
  return { object, path: folder + name, madeBy: file, cluster, appliedBy };
}
