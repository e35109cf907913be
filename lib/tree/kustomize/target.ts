import { isJsonObject } from '../../json/json';
import type { SourceDocument, SourceFile } from '../source/source';
import type { BuildFault } from './built';
import { takeConfig } from './config';
import { addConfigurations } from './config-file';
import { addItems, newYield, takeFindings, type Yield } from './findings';
import { runGenerators, withoutHelm } from './generate';
import {
  emptyDocument,
  entriesOf,
  type Kustomization,
  onlyLists,
  type Placed,
  readKustomization,
} from './kustomization';
import { namedFile } from './named-file';
import { objectsOf } from './objects';
import { holds, resolveEntry } from './place';
import { runPlugins } from './plugins';
import { absence, comesFrom, kustomizationFiles, type Reading } from './reading';
import { runFields } from './steps';
import { addVars, takeVars } from './vars';

/** Reads a folder's kustomization; undefined, with the fault told, when there is none that can be followed. */
export function loadKustomization(
  files: readonly SourceFile[],
  isRoot: boolean,
  into: Yield,
): Kustomization | undefined {
  const [file, second] = files;
  if (file === undefined) return undefined;
  const document = file.documents[0] ?? emptyDocument(file);
  for (const each of files) into.files.add(each.path);
  into.kustomizations.add(document);
  if (second !== undefined) {
    const message = `${file.path} and ${second.path} are both kustomizations of one folder; keep one of them`;
    into.faults.add({ kind: 'invalid', document, path: [], message, fails: true });
  }
  // Of a key that stands twice the last counts.
  if (file.faults.some(({ kind }) => kind !== 'duplicate-key')) {
    unreadable(file, document, [], into);
    return undefined;
  }
  const { kustomization, faults } = readKustomization(file, isRoot);
  for (const fault of faults) into.faults.add(fault);
  return kustomization;
}

/** Reads what a kustomization brings together, and transforms it, as kusttarget.go of kustomize does. */
export function readTarget(
  reading: Reading,
  kustomization: Kustomization,
  visited: readonly string[],
  into: Yield,
): void {
  gather(reading, kustomization, visited, into);
  transform(reading, kustomization, visited, into);
}

/** Reads what a kustomization brings together: resources, what it generates, and components. */
export function gather(reading: Reading, kustomization: Kustomization, visited: readonly string[], into: Yield): void {
  into.folders.add(kustomization.folder);
  for (const entry of entriesOf(kustomization, 'resources')) readResource(reading, kustomization, entry, visited, into);
  if (onlyLists(kustomization)) return;
  const read = (entry: Placed<unknown>, listed: Yield) => readResource(reading, kustomization, entry, visited, listed);
  addConfigurations(reading, kustomization, into);
  noteUnfollowed(reading, kustomization, into);
  runGenerators(reading, kustomization, into);
  runPlugins(reading, kustomization, 'generators', read, into);
  for (const entry of entriesOf(kustomization, 'components'))
    readComponent(reading, kustomization, entry, visited, into);
}

/** Does to what a kustomization has brought together what it says. */
export function transform(
  reading: Reading,
  kustomization: Kustomization,
  visited: readonly string[],
  into: Yield,
): void {
  if (onlyLists(kustomization)) return;
  const read = (entry: Placed<unknown>, listed: Yield) => readResource(reading, kustomization, entry, visited, listed);
  runFields(reading, kustomization, into);
  runPlugins(reading, kustomization, 'transformers', read, into);
  runPlugins(reading, kustomization, 'validators', read, into);
  addVars(kustomization, into);
}

/** Tells of what is not followed, and of what Flux has no program for. */
function noteUnfollowed(reading: Reading, kustomization: Kustomization, into: Yield): void {
  for (const { value, document, path } of entriesOf(kustomization, 'openapi')) {
    const what = 'espalier does not follow openapi: patches of the kinds that it describes may merge differently';
    into.open.add({ document, path, what, hidesObjects: false });
    const file = isJsonObject(value) ? value.path : undefined;
    if (typeof file !== 'string') continue;
    namedFile(reading, kustomization, { value: file, document, path: [...path, 'path'] }, into);
  }
  for (const field of ['helmCharts', 'helmChartInflationGenerator']) {
    for (const entry of entriesOf(kustomization, field)) tell(into, 'helm', entry, withoutHelm);
  }
}

/** Adds the objects of a file. */
export function addFile(file: SourceFile, entry: Placed<unknown> | undefined, into: Yield): void {
  into.files.add(file.path);
  // That it cannot be read is told of the file itself, once.
  if (file.faults.length > 0) {
    unreadable(file, entry?.document ?? emptyDocument(file), entry?.path ?? [], into, file.text);
  }
  for (const document of file.documents) {
    const { items, faults } = objectsOf(document);
    for (const fault of faults) into.faults.add(fault);
    addItems(into, items, entry);
  }
}

function readResource(
  reading: Reading,
  kustomization: Kustomization,
  entry: Placed<unknown>,
  visited: readonly string[],
  into: Yield,
): void {
  const text = String(entry.value ?? '');
  const path = text === '' ? undefined : resolveEntry(kustomization.folder, text);
  // Most entries name a file.
  const file = path === undefined ? undefined : reading.yaml(path);
  if (file !== undefined) addFile(file, entry, into);
  else if (path !== undefined && reading.source.isFolder(path)) readFolder(reading, path, entry, visited, into);
  else absent(reading, entry, text, path, into);
}

/** Adds what a folder yields by its kustomization. */
export function readFolder(
  reading: Reading,
  folder: string,
  entry: Placed<unknown>,
  visited: readonly string[],
  into: Yield,
): void {
  if (isCycle([folder], entry, visited, into) || isTooDeep(entry, visited, into)) return;
  // No path has a NUL.
  const key = reading.notesTransformers ? `${folder}\0` : folder;
  let yielded = reading.folders.get(key);
  if (yielded === undefined) {
    if (!spend(reading, entry, into)) return;
    yielded = newYield(reading.work);
    const kustomization = folderKustomization(reading, folder, entry, false, yielded);
    if (kustomization !== undefined) readTarget(reading, kustomization, [...visited, folder], yielded);
    // A circle that runs through those who list the folder is theirs, and so is that they list what is no kustomization.
    const isTheirs = kustomization === undefined || [...yielded.faults].some(({ kind }) => kind === 'cycle');
    if (!isTheirs) reading.folders.set(key, yielded);
  }
  takeFindings(into, yielded);
  takeVars(into, yielded);
  takeConfig(into, yielded.config, entry);
  if (!isCycle([...yielded.folders], entry, visited, into)) addItems(into, yielded.items, entry);
}

/** A component acts on what the kustomization that lists it has so far. */
function readComponent(
  reading: Reading,
  { folder: from }: Kustomization,
  entry: Placed<unknown>,
  visited: readonly string[],
  into: Yield,
): void {
  const text = String(entry.value ?? '');
  const folder = text === '' ? undefined : resolveEntry(from, text);
  if (folder === undefined || !reading.source.isFolder(folder)) {
    if (folder === undefined || reading.bytes(folder) === undefined) absent(reading, entry, text, folder, into);
    else
      tell(into, 'invalid', entry, `${folder} is a file, but a component must be a folder with a kustomization.yaml`);
    return;
  }
  if (isCycle([folder], entry, visited, into) || isTooDeep(entry, visited, into) || !spend(reading, entry, into))
    return;
  const kustomization = folderKustomization(reading, folder, entry, true, into);
  if (kustomization === undefined) return;
  readTarget(reading, kustomization, [...visited, folder], into);
  // What the component made one object of two is found when all are added again.
  const { items } = into;
  into.items = [];
  addItems(into, items, entry);
}

function folderKustomization(
  reading: Reading,
  folder: string,
  entry: Placed<unknown>,
  asComponent: boolean,
  into: Yield,
): Kustomization | undefined {
  const files = kustomizationFiles(reading, folder);
  if (files.length === 0) {
    tell(into, 'missing', entry, `${folder} has no kustomization.yaml; add one, or list the files in it`);
    return undefined;
  }
  const kustomization = loadKustomization(files, false, into);
  if (kustomization === undefined || kustomization.isComponent === asComponent) return kustomization;
  const message = asComponent
    ? `${folder} is not a Component (its kind is Kustomization); list it under resources`
    : `${folder} is a Component; list it under components`;
  tell(into, 'invalid', entry, message);
  return undefined;
}

/** kustomize refuses to enter a folder that is, or holds, one that it came through. */
function isCycle(folders: readonly string[], entry: Placed<unknown>, visited: readonly string[], into: Yield): boolean {
  for (const folder of folders) {
    const reached = visited.find((each) => holds(folder, each));
    if (reached === undefined) continue;
    const way = reached === folder ? 'is built already' : `holds ${reached}, which is built already`;
    tell(into, 'cycle', entry, `the entry closes a circle: ${folder || 'the root'} ${way}; list what lies in it`);
    return true;
  }
  return false;
}

/** The stack is as deep as kustomizations lie within one another, and no build that a person wrote is so deep. */
const maximumNesting = 250;

function isTooDeep(entry: Placed<unknown>, visited: readonly string[], into: Yield): boolean {
  if (visited.length < maximumNesting) return false;
  tell(into, 'failed', entry, `the entry leads to more than ${maximumNesting} kustomizations, each within the other`);
  return true;
}

function spend(reading: Reading, entry: Placed<unknown>, into: Yield): boolean {
  if (reading.budget-- > 0) return true;
  tell(into, 'failed', entry, 'the entry leads to more kustomizations than espalier follows in one build');
  return false;
}

function absent(reading: Reading, entry: Placed<unknown>, text: string, path: string | undefined, into: Yield): void {
  const { document, path: at } = entry;
  const origin = comesFrom(reading, text, path);
  if (text === '') tell(into, 'invalid', entry, 'the entry is empty; remove it');
  else if (origin !== undefined) into.open.add({ document, path: at, what: origin, hidesObjects: true });
  else if (path === undefined) tell(into, 'outside', entry, `${text} lies outside the source; move it into the source`);
  else {
    const { kind, message } = absence(reading, path, 'add it, or correct the entry');
    tell(into, kind, entry, message);
  }
}

function unreadable(
  file: SourceFile,
  document: SourceDocument,
  path: BuildFault['path'],
  into: Yield,
  text?: string,
): void {
  const what = `${file.path} cannot be read`;
  into.open.add({ document, path, what, hidesObjects: true, ...(text !== undefined && { text }) });
}

function tell(into: Yield, kind: BuildFault['kind'], { document, path }: Placed<unknown>, message: string): void {
  into.faults.add({ kind, document, path, message, fails: true });
}
