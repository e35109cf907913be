import { isFluxKustomization } from '../graph/flux/objects';
import { listAt, textAt } from '../json/read';
import { dnsLabel } from '../systems/kubernetes/names';
import { push } from '../text/group-by';
import { folderOf, foldersOf } from '../tree/paths';
import type { Demotions } from './demotions';
import type { Moving } from './moving';
import type { Construction, Member } from './program';
import type { KustomizedFolder, ObjectFile, Survey } from './survey';

/** A folder that a construct stands for. */
export interface Place {
  readonly path: string;
  readonly scope: Construction | Member;
  /** The namespace of what stands in it and names none. */
  readonly namespace: string | undefined;
  /** Its kustomization.yaml, where code makes that. */
  readonly kustomized: KustomizedFolder | undefined;
  /** Whether nothing above lists what is in it. */
  readonly isApart: boolean;
}

/** The folders of one Cluster that have constructs so far. */
export class Places {
  private readonly byPath = new Map<string, Place>();
  private readonly ids = new Map<Construction | Member | undefined, Set<string>>();
  /** By folder, the namespaces of the Kustomizations in the folders of apps below. */
  private readonly ofApps = new Map<string, string[]>();
  /** The folders that Kustomizations of the tree apply. */
  private readonly applied: ReadonlySet<string | undefined>;

  /**
   * @param moving what may lie where constructs put it by themselves
   * @param moved what does so, added as it is found
   */
  constructor(
    readonly survey: Survey,
    readonly demotions: Demotions,
    private readonly moving: Moving,
    readonly moved: Set<ObjectFile | KustomizedFolder>,
  ) {
    const objects = survey.files.flatMap((file) => file.objects);
    const kustomizations = objects.filter(({ value }) => isFluxKustomization(value));
    this.applied = new Set(kustomizations.map((object) => survey.applied(object)));
    for (const { file } of kustomizations) {
      const namespace = survey.namespaceIn(folderOf(file.path));
      if (namespace !== undefined) push(this.ofApps, folderOf(folderOf(file.path)), namespace);
    }
  }

  /** The namespace of what stands in a folder and names none; where apps stand in folders of their own, of these. */
  namespaceIn(path: string, kustomized: KustomizedFolder | undefined): string | undefined {
    const said = kustomized && textAt(kustomized.value, 'namespace');
    if (said !== undefined && dnsLabel.accepts(said)) return said;
    const own = this.survey.namespaceIn(path);
    const [namespace, ...others] = new Set([...(own === undefined ? [] : [own]), ...(this.ofApps.get(path) ?? [])]);
    return others.length === 0 ? namespace : undefined;
  }

  at(path: string): Place | undefined {
    return this.byPath.get(path);
  }

  add(place: Place): Place {
    this.byPath.set(place.path, place);
    return place;
  }

  /** Moves what may be. */
  move(one: ObjectFile | KustomizedFolder): boolean {
    if (this.moving.has(one)) this.moved.add(one);
    return this.moving.has(one);
  }

  /** The folder that a construct stands for. */
  placeOf(scope: Construction | Member | undefined): Place | undefined {
    return [...this.byPath.values()].find((place) => place.scope === scope);
  }

  /** The innermost folder around that has a construct. */
  around(path: string): Place | undefined {
    const above = [...foldersOf(path)].reverse().find((folder) => this.byPath.has(folder));
    return above === undefined ? undefined : this.byPath.get(above);
  }

  /** Whether the kustomization.yaml that code makes for what lies at a path lists it: true where there is none. */
  lists(path: string): boolean {
    const listing = this.listing(path);
    return listing === undefined || entriesOf(listing.kustomized).includes(below(listing.path, path));
  }

  /** Whether a folder must say that nothing lists it. */
  isHidden(path: string, kustomized: KustomizedFolder | undefined): boolean {
    if (kustomized) return !this.lists(path);
    const listing = this.listing(path);
    if (listing === undefined) return false;
    const way = below(listing.path, path);
    return !entriesOf(listing.kustomized).some((entry) => entry.startsWith(`${way}/`));
  }

  /** The folder whose kustomization.yaml lists what lies at a path. */
  private listing(path: string): (Place & { readonly kustomized: KustomizedFolder }) | undefined {
    for (const folder of [...foldersOf(path)].reverse()) {
      const place = this.byPath.get(folder);
      if (place?.kustomized) return place as Place & { readonly kustomized: KustomizedFolder };
      // Without a kustomization.yaml Flux makes one.
      if (place?.isApart || this.applied.has(folder)) return undefined;
    }
    return undefined;
  }

  isFree(scope: Construction | Member | undefined, id: string): boolean {
    // Constructs keep their children in a plain object.
    return this.ids.get(scope)?.has(id) !== true && !(id in Object.prototype);
  }

  /** The first of the ids that nothing else in the scope has. */
  free(scope: Construction | Member | undefined, ids: readonly string[]): string {
    let id = ids.find((option) => this.isFree(scope, option));
    for (let i = 2; id === undefined; i += 1) if (this.isFree(scope, `${ids[0]}-${i}`)) id = `${ids[0]}-${i}`;
    this.ids.set(scope, (this.ids.get(scope) ?? new Set()).add(id));
    return id;
  }
}

/** The way from a folder to what lies below. */
export function below(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

/** What a kustomization.yaml lists, without `./`. */
export function entriesOf({ value }: KustomizedFolder): string[] {
  return listAt(value, 'resources').map((entry) => plainEntry(String(entry)));
}

/** An entry without `./` and `/`. */
export function plainEntry(entry: string): string {
  return entry.replace(/^(?:\.\/)+/, '').replace(/\/$/, '');
}
