import { isFluxKustomization } from '../graph/flux/objects';
import { listAt, textAt } from '../json/read';
import { folderOf } from '../tree/paths';
import { formsOf } from './forms';
import type { Plan } from './modules';
import { below, type Places } from './places';
import type { CodeObject } from './program';
import type { ObjectFile, WrittenObject } from './survey';

/** A Flux Kustomization that lies as FluxKustomization has it: its file, and beside that the folder that it applies. */
export interface OwnFolder {
  readonly object: WrittenObject;
  readonly file: ObjectFile;
  /** That of the file. */
  readonly folder: string;
  readonly applied: string;
}

/** Of the Kustomizations of a module those that have their folders beside them; in a file, those that others wait for come first. */
export function ownFolders({ files, folders }: Plan, places: Places): OwnFolder[] {
  const { survey } = places;
  const free = new Set(folders.map(({ path }) => path).filter((path) => survey.appliers(path) < 2));
  return files.flatMap(({ file }) => {
    const folder = folderOf(file.path);
    if (folder === '' || !isName(below(folder, file.path)) || !file.path.endsWith('.yaml')) return [];
    return waitedForFirst(file.objects).flatMap((object) => {
      const applied = isFluxKustomization(object.value) ? survey.applied(object) : undefined;
      const isOwn =
        applied !== undefined &&
        folderOf(applied) === folder &&
        isName(below(folder, applied)) &&
        free.has(applied) &&
        (places.demotions.get(object) ?? 0) === 0 &&
        isKustomization(object, places);
      if (isOwn) free.delete(applied);
      return isOwn ? [{ object, file, folder, applied }] : [];
    });
  });
}

/** Whether what else is in its file can stand in that: it waits for nothing there. */
export function holdsFile({ object, file }: OwnFolder): boolean {
  return waitedForFirst(file.objects)[0] === object;
}

function waitedForFirst(objects: readonly WrittenObject[]): WrittenObject[] {
  const ordered = new Set<WrittenObject>();
  const visit = (object: WrittenObject, waiting: readonly WrittenObject[]) => {
    if (waiting.includes(object)) return;
    const names = listAt(object.value, 'spec', 'dependsOn').map((entry) => textAt(entry, 'name'));
    for (const other of objects) {
      if (names.includes(textAt(other.value, 'metadata', 'name'))) visit(other, [...waiting, object]);
    }
    ordered.add(object);
  };
  for (const object of objects) visit(object, []);
  return [...ordered];
}

/** Whether the form that an object has come to is the construct of a Flux Kustomization. */
export function isKustomization(object: WrittenObject, { demotions }: Places): boolean {
  if (!isFluxKustomization(object.value)) return false;
  const form = formsOf(object)[demotions.get(object) ?? 0];
  const said = form?.make({ object, value: object.value as CodeObject, id: '', defaults: false, source: null });
  return said?.className === 'FluxKustomization';
}

function isName(name: string): boolean {
  return /^[A-Za-z0-9_][-._A-Za-z0-9]*$/.test(name);
}
