import { textAt } from '../json/read';
import { compareText } from '../text/compare';
import { joinPath } from '../text/join-path';
import { folderOf } from '../tree/paths';
import type { Draft } from './draft';
import { fieldsProp, isWritten } from './kustomization-file';
import type { Plan } from './modules';
import { camel } from './names';
import { holdsFile, isKustomization, type OwnFolder, ownFolders } from './own-folders';
import { below, type Place, type Places } from './places';
import { type Code, type CodeObject, type Construction, Handle, Member } from './program';
import type { KustomizedFolder, ObjectFile, WrittenObject } from './survey';

type Scope = Construction | Member;

/** The constructs of a module that hold others, and where each object stands. */
export interface Layout {
  /** Directories, Files and, in their places among them, the objects' own. */
  readonly constructions: Draft[];
  readonly objects: ReadonlyMap<WrittenObject, Draft>;
}

/**
 * Gives each object of a module its place.
 *
 * @param places those of other modules; those made here are added
 */
export function layOut(plan: Plan, places: Places): Layout {
  const { demotions } = places;
  const constructions: Draft[] = [];
  const objects = new Map<WrittenObject, Draft>();
  const owning = ownFolders(plan, places);
  const kustomized = new Map(
    plan.folders.flatMap(({ path, kustomized }) => (kustomized ? [[path, kustomized] as const] : [])),
  );
  const add = (draft: Draft): Draft => {
    constructions.push(draft);
    return draft;
  };
  const placeAt = (path: string): Place => places.at(path) ?? addDirectory(path);
  const addDirectory = (path: string): Place => {
    const folder = kustomized.get(path);
    const around = places.around(path);
    const namespace = places.namespaceIn(path, folder);
    const draft = add(directory(path, namespace, folder, around, places));
    return places.add({
      path,
      scope: draft,
      namespace: namespace ?? around?.namespace,
      kustomized: folder && isWritten(folder, demotions) ? folder : undefined,
      isApart: draft.props?.listed === false,
    });
  };

  const isKustomized = (folder: string) => places.survey.folders.some(({ path }) => path === folder);
  const around = (folder: string) =>
    isKustomized(folderOf(folder)) ? placeAt(folderOf(folder)) : places.around(folder);

  // The Kustomizations by the files that they stand in: what else is in these stands beside them.
  const holders = new Map<ObjectFile, Draft>();
  for (const own of owning) {
    const above = isKustomized(own.folder) || !places.lists(own.file.path) ? placeAt(own.folder) : around(own.folder);
    if (!holders.has(own.file) && !holdsFile(own)) holders.set(own.file, add(fileOf(own, above, places)));
    const draft = add(kustomization(own, above, holders.get(own.file), kustomized.get(own.applied), places));
    if (!holders.has(own.file)) holders.set(own.file, draft);
    objects.set(own.object, draft);
    const folder = kustomized.get(own.applied);
    places.add({
      path: own.applied,
      scope: new Member(draft, 'directory', undefined),
      namespace: above?.namespace ?? textAt(own.object.value, 'spec', 'targetNamespace'),
      kustomized: folder && isWritten(folder, demotions) ? folder : undefined,
      isApart: true,
    });
  }
  for (const { path } of [...plan.folders].sort((a, b) => compareText(a.path, b.path)))
    if (!isEmptied(path, plan, owning)) placeAt(path);
  const isMoving = new Map(plan.files.map((one) => [one.file, moves(one)] as const));
  // Names that files have are theirs first.
  for (const { file, folder } of [...plan.files].sort(
    (a, b) => Number(isMoving.get(a.file)) - Number(isMoving.get(b.file)),
  )) {
    const left = file.objects.filter((object) => !objects.has(object));
    if (left.length === 0) continue;
    if (isMoving.get(file)) {
      for (const object of left) objects.set(object, add(ownFile(object, placeAt(folder), places)));
      continue;
    }
    const held = fileFor(file, folder, holders.get(file));
    // A Kustomization's own object stands in the file under its name.
    for (const object of file.objects) if (isKustomization(object, places)) places.free(held.scope, [nameOf(object)]);
    for (const object of left) {
      const isBesideFolder = isKustomization(object, places);
      const scope = isBesideFolder ? held.around : held.scope;
      objects.set(
        object,
        add({
          className: 'Manifest',
          scope,
          id: held.id ?? places.free(scope, idsOf(object)),
          props: {},
          variable: camel(nameOf(object)),
          of: object,
          ...(held.id !== undefined && { at: file.path }),
          ...(isBesideFolder && { place: held.place }),
        }),
      );
    }
  }
  return { constructions, objects };

  /** Whether its objects get files of their own. */
  function moves({ file, folder }: Plan['files'][number]): boolean {
    const name = below(folder, file.path);
    const isOwn = owning.some((own) => own.file === file);
    const isUsual =
      name === 'ks.yaml' ||
      (file.objects.length === 1 && isFileId(name) && !isKustomization(file.objects[0] as WrittenObject, places));
    return !isOwn && !isUsual && folder === folderOf(file.path) && places.lists(file.path) && places.move(file);
  }

  /** Where the objects of a file stand. */
  function fileFor(file: ObjectFile, folder: string, beside: Draft | undefined): Held {
    if (beside) {
      const [written, value] = writtenIn(beside);
      const way = folderIn(places.placeOf(beside.scope), folderOf(file.path));
      return { scope: written, around: beside.scope, place: { folder: way, file: value } };
    }
    const place = placeAt(folder);
    const isListed = places.lists(file.path);
    const name = below(place.path, file.path);
    const id = name.replace(/\.yaml$/, '');
    if (isListed && file.objects.length === 1 && isFileId(name) && places.isFree(place.scope, id)) {
      const own: CodeObject = { folder: '.', ...(name !== 'ks.yaml' && { file: name }) };
      return { scope: place.scope, around: place.scope, id: places.free(place.scope, [id]), place: own };
    }
    const written = add({
      className: 'File',
      scope: place.scope,
      id: places.free(place.scope, [name]),
      props: isListed ? undefined : { listed: false },
      variable: camel(name),
      at: file.path,
    });
    return { scope: written, around: place.scope, place: { folder: '.', file: new Handle(written, null) } };
  }
}

/** A file for objects. */
interface Held {
  readonly scope: Scope;
  /** What the file stands in, which is the scope of a FluxKustomization in it. */
  readonly around: Scope | undefined;
  /** The id that gives the one object in it its file. */
  readonly id?: string;
  /** How a FluxKustomization says that it stands there. */
  readonly place: CodeObject;
}

/** An object in the file that its construct has by itself. */
function ownFile(object: WrittenObject, { path, scope }: Place, places: Places): Draft {
  const isAlone = object.file.objects.length === 1;
  const name = below(path, object.file.path).replace(/\.ya?ml$/, '');
  const isFolder = isKustomization(object, places);
  const id = places.free(scope, [
    ...(isAlone && !isFolder && isFileId(`${name}.yaml`) ? [name] : []),
    ...idsOf(object),
  ]);
  return {
    className: 'Manifest',
    scope,
    id,
    props: {},
    variable: camel(nameOf(object)),
    of: object,
    at: joinPath(path, isFolder ? `${id}/ks.yaml` : `${id}.yaml`),
    from: object.file.path,
  };
}

/** The file of several Kustomizations, of which none is waited for by all others. */
function fileOf({ file, folder }: OwnFolder, above: Place | undefined, places: Places): Draft {
  const name = below(folder, file.path);
  const way = folderIn(above, folder);
  return {
    className: 'File',
    scope: above?.scope,
    id: places.free(above?.scope, [way === '.' ? name : `${way}/${name}`]),
    props: undefined,
    variable: camel(name),
    at: file.path,
  };
}

/** The file that a construct is or has: as a scope, and as a value. */
function writtenIn(holder: Draft): [Scope, Code] {
  if (holder.className === 'File') return [holder, new Handle(holder, null)];
  const file = new Member(holder, 'file', undefined);
  return [file, file];
}

/** How a construct says that it lies in a folder. */
function folderIn(above: Place | undefined, folder: string): string {
  return above ? below(above.path, folder) || '.' : folder;
}

/** A Kustomization with the folder that it applies. */
function kustomization(
  { object, file, folder, applied }: OwnFolder,
  above: Place | undefined,
  beside: Draft | undefined,
  kustomized: KustomizedFolder | undefined,
  places: Places,
): Draft {
  const name = folder.split('/').pop() as string;
  const fileName = below(folder, file.path);
  const own = textAt(object.value, 'metadata', 'name') ?? name;
  // What stands in a folder that stays the user's own needs no construct for that: other code may name the same folder.
  const around = folderOf(folder).split('/').pop();
  const isUsual = fileName === 'ks.yaml' || (file.objects.length === 1 && places.move(file));
  const isFirst = beside === undefined && isUsual;
  const ids = [...(isFirst ? [name] : []), own].map((id) => (above || !around ? id : `${around}-${id}`));
  const id = places.free(above?.scope, ids);
  const way = folderIn(above, folder);
  const directoryName = below(folder, applied);
  return {
    className: 'FluxKustomization',
    scope: above?.scope,
    id,
    props: {},
    variable: camel(own),
    of: object,
    ...(kustomized && { folder: kustomized }),
    ...(!beside && { at: isUsual ? `${folder}/ks.yaml` : file.path, from: file.path }),
    bringsFolder: true,
    place: {
      ...(way !== id && { folder: way }),
      ...(beside ? { file: writtenIn(beside)[1] } : !isUsual && { file: fileName }),
      ...(!above && textAt(object.value, 'spec', 'targetNamespace') !== undefined && { writeNamespace: false }),
      ...(directoryName !== 'app' && { directory: directoryName }),
      ...fieldsProp(kustomized, places),
    } as CodeObject,
  };
}

function directory(
  path: string,
  namespace: string | undefined,
  folder: KustomizedFolder | undefined,
  around: Place | undefined,
  places: Places,
): Draft {
  const stays = folder !== undefined && !isWritten(folder, places.demotions);
  const isComponent = folder?.value.kind === 'Component';
  const way = (around ? below(around.path, path) : path) || '.';
  const id = places.free(around?.scope, [way]);
  return {
    className: 'Directory',
    scope: around?.scope,
    id,
    variable: camel(path.split('/').pop() || 'root'),
    ...(folder && { of: folder, folder }),
    at: path,
    props: {
      ...(id !== way && { path: way }),
      // It is set by something else: a kustomization.yaml, or a Kustomization.
      ...(namespace !== undefined && namespace !== around?.namespace && { namespace, writeNamespace: false }),
      ...fieldsProp(folder, places),
      ...(around && !isComponent && (stays || places.isHidden(path, folder)) && { listed: false }),
    },
  };
}

/** Whether nothing is left in a folder once its Kustomizations have constructs that bring the folder. */
function isEmptied(path: string, { files, folders }: Plan, owning: readonly OwnFolder[]): boolean {
  if (owning.some(({ applied }) => applied === path)) return true;
  if (folders.some((folder) => folder.path === path && folder.kustomized)) return false;
  const held = new Set(owning.map(({ file }) => file));
  return files.every(({ file, folder }) => folder !== path || held.has(file));
}

function isFileId(name: string): boolean {
  return /^[A-Za-z0-9_][-._A-Za-z0-9]*\.yaml$/.test(name);
}

function nameOf({ value, file }: WrittenObject): string {
  return textAt(value, 'metadata', 'name') ?? textAt(value, 'metadata', 'generateName') ?? file.path;
}

/** Ids for an object in a file of several. */
function idsOf(object: WrittenObject): string[] {
  const named = nameOf(object).replace(/\$\{(\w+)[^}]*\}/g, (_, variable) => variable.toLowerCase());
  const base = named.replace(/[^-.\w]/g, '-') || 'object';
  return [base, `${base}-${object.value.kind.toLowerCase()}`];
}
