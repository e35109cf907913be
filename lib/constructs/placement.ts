import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { joinPath } from '../text/join-path';
import { refuse, where } from './input-error';
import {
  type ClusterScope,
  clusterOf,
  type FileScope,
  isCluster,
  isFile,
  isPlace,
  isWhole,
  type KustomizationScope,
  keptIn,
  type Place,
  type WholeFile,
} from './scopes';

/** Where the walk stands: the scopes around a construct. */
interface Surroundings {
  readonly cluster?: ClusterScope;
  readonly place?: Place;
  /** The kustomization.yaml that lists what stands here; undefined where there is none, or none of Espalier's. */
  readonly listing?: Listing | undefined;
  readonly appliedBy?: KustomizationScope;
  /** Whether Flux gets to the folder: by a Kustomization's path, or by the kustomization.yaml above it. */
  readonly reached: boolean;
}

/** What a folder's kustomization.yaml lists so far. */
interface Listing {
  readonly place: Place;
  readonly entries: Set<string>;
}

/** Where something goes. */
interface Placed {
  readonly path: string;
  /** The File, or the construct right below the folder, that the file is named after. */
  readonly madeBy: IConstruct;
  readonly cluster: ClusterScope;
  readonly appliedBy: KustomizationScope | undefined;
}

/** An object and the file that it goes to. */
export interface PlacedObject extends Placed {
  readonly object: ApiObject;
}

/** A file that stays as it is. */
export interface PlacedFile extends Placed {
  readonly file: WholeFile;
}

/** An app's constructs, and what goes where. */
export interface Placement {
  readonly constructs: readonly IConstruct[];
  readonly clusters: readonly ClusterScope[];
  readonly objects: readonly PlacedObject[];
  readonly files: readonly PlacedFile[];
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
  const files: PlacedFile[] = [];
  const entries = new Map<Place, Set<string>>();

  // `file` is the File, or the construct right below the folder, that objects go to.
  const visit = (construct: IConstruct, around: Surroundings, file: FileScope | IConstruct | undefined): void => {
    constructs.push(construct);
    let here = around;
    let into = file;
    if (isPlace(construct)) {
      if (isCluster(construct)) clusters.push(construct);
      const { listedAs } = construct;
      if (listedAs !== undefined) list(around.listing, joinPath(around.place?.path ?? '', listedAs.slice(2)));
      // With a kustomization.yaml of its author's it is listed as a folder.
      else if (construct.listing === 'above' && keptIn(construct)) list(around.listing, construct.path);
      here = enter(construct, around);
      into = undefined;
      if (here.listing?.place === construct) entries.set(construct, here.listing.entries);
    } else if (around.place) {
      into ??= construct;
    }
    if (ApiObject.isApiObject(construct)) objects.push({ object: construct, ...place(construct, here, into) });
    if (isWhole(construct)) files.push({ file: construct, ...place(construct, here, construct) });
    for (const child of construct.node.children) visit(child, here, into);
  };
  visit(app, { reached: false }, undefined);
  return { constructs, clusters, objects, files, entries };
}

function enter(place: Place, around: Surroundings): Surroundings {
  const cluster = clusterOf(place);
  return {
    cluster,
    place,
    listing: listingOf(place, around),
    appliedBy: place.appliedBy ?? around.appliedBy,
    reached:
      place.appliedBy !== undefined ||
      (cluster.hasRoot && cluster.entry === place) ||
      (around.reached && around.place?.listing !== undefined),
  };
}

function listingOf(place: Place, around: Surroundings): Listing | undefined {
  if (place.listing === 'own' || keptIn(place)) return { place, entries: new Set() };
  // Who lists what lies further below a kustomization.yaml of its author's is not known.
  const isKept = around.listing && keptIn(around.listing.place);
  return place.listing === 'above' && !isKept ? around.listing : undefined;
}

/** Kustomize reads entries from where they are listed. */
function list(listing: Listing | undefined, path: string): void {
  if (!listing) return;
  const above = listing.place.path;
  listing.entries.add(`./${above === '' ? path : path.slice(above.length + 1)}`);
}

/** Places an object in its file, and lists that in its folder. */
function place(
  object: IConstruct,
  { cluster, place, listing, appliedBy, reached }: Surroundings,
  file: FileScope | IConstruct | undefined,
): Placed {
  if (!cluster || !place || !file) {
    refuse(object, {
      field: 'scope',
      allowed: 'a folder of a Cluster',
      example: 'the `directory` of an Application as the scope',
    });
  }
  const named = isFile(file) ? file : undefined;
  const own = named?.madeBy === place; // a Kustomization's ks.yaml, beside the folder that it applies
  // Without a root, what applies the folders is the author's own: the checks see whether it does.
  if (cluster.hasRoot && (!reached || (!place.listing && !own))) {
    refuse(object, {
      field: 'scope',
      value: where(place),
      allowed: `a folder that Flux applies${place.noObjects ? `, such as ${place.noObjects}` : ''}`,
      example: "shop.directory for an object, cluster.inNamespace('shop') for a FluxKustomization",
    });
  }
  const path = named ? named.path : joinPath(place.path, `${file.node.id}.yaml`);
  // What its author has written and lists, or does not, is no concern of this.
  const isOwn = isWhole(file) && file.copied === undefined && listing && keptIn(listing.place);
  if (named?.listed !== false && !isOwn) list(listing, path);
  return { path, madeBy: file, cluster, appliedBy };
}
