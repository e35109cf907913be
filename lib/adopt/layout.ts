import { isFluxKustomization } from '../graph/flux/objects';
import { listAt, textAt } from '../json/read';
import { folderOf } from '../tree/paths';
import type { Demotions } from './demotions';
import type { Draft } from './draft';
import type { ModulePlan } from './modules';
import { camel } from './names';
import { type CodeObject, type Construction, Member } from './program';
import type { KustomizedFolder, Survey, WrittenObject } from './survey';

/** Where a construct stands. */
export type Scope = Construction | Member | undefined;

/** What is laid out at once: what one module makes. */
type Plan = Pick<ModulePlan, 'files' | 'folders'>;

/** The constructs of a module that hold others, and where each object stands. */
export interface Layout {
  /** Directories, Files and, in their places among them, the objects' own. */
  readonly constructions: Draft[];
  readonly objects: ReadonlyMap<WrittenObject, Draft>;
}

/** A Flux Kustomization whose file and folder lie as FluxKustomization has them: `<name>/ks.yaml`, and beside it what it applies. */
interface OwnFolder {
  readonly object: WrittenObject;
  /** The folder above, such as that of a namespace. */
  readonly above: string;
  readonly id: string;
  readonly directory: string;
}

/**
 * Gives each object of a module its place.
 *
 * @param directories those of other modules, by path; those made here are added
 */
export function layOut(survey: Survey, plan: Plan, demotions: Demotions, directories: Map<string, Scope>): Layout {
  const constructions: Draft[] = [];
  const objects = new Map<WrittenObject, Draft>();
  const owning = ownFolders(survey, plan, demotions);
  const kustomized = new Map(
    plan.folders.flatMap(({ path, kustomized }) => (kustomized ? [[path, kustomized] as const] : [])),
  );

  // Of a folder whose apps stand in folders of their own, theirs counts.
  const namespaceOf = (path: string) => {
    const own = [...owning.values()]
      .filter(({ above }) => above === path)
      .flatMap(({ object }) => survey.namespaceIn(folderOf(object.file.path)) ?? []);
    const all = new Set([...own, ...(survey.namespaceIn(path) === undefined ? [] : [survey.namespaceIn(path)])]);
    return all.size === 1 ? [...all][0] : undefined;
  };
  const add = (draft: Draft): Draft => {
    constructions.push(draft);
    return draft;
  };
  const directoryAt = (path: string): Scope => {
    const known = directories.get(path);
    if (known) return known;
    const draft = add(directory(namespaceOf(path), path, kustomized.get(path), demotions));
    directories.set(path, draft);
    return draft;
  };
  for (const [path, { object, above, id, directory: name }] of owning) {
    // What stands in a folder that stays the user's own needs no construct for that: other code may name the same folder.
    const isOwn = survey.folders.some((one) => one.path === above);
    const folder = kustomized.get(path) as KustomizedFolder;
    const draft = add({
      className: 'FluxKustomization',
      scope: isOwn ? directoryAt(above) : undefined,
      id: isOwn || above === '' ? id : `${above.split('/').pop()}-${id}`,
      props: {},
      variable: camel(textAt(object.value, 'metadata', 'name') ?? id),
      of: object,
      folder,
    });
    draft.props = {
      ...(!isOwn && { folder: folderOf(path) }),
      ...(!isOwn && textAt(object.value, 'spec', 'targetNamespace') !== undefined && { writeNamespace: false }),
      ...(name !== 'app' && { directory: name }),
      ...fieldsProp(folder, demotions),
    };
    objects.set(object, draft);
    directories.set(path, new Member(draft, 'directory', undefined));
  }
  for (const { path } of plan.folders) if (!isEmptied(path, plan, owning)) directoryAt(path);
  for (const { file, folder } of plan.files) {
    if (file.objects.some((object) => objects.has(object))) continue;
    const scope = directoryAt(folder);
    const below = file.path.slice(folder === '' ? 0 : folder.length + 1);
    const listing = kustomized.get(folder);
    const isListed = listing === undefined || normalList(listing).includes(below);
    const single = isListed && file.objects.length === 1 && /^[A-Za-z0-9_][-._A-Za-z0-9]*\.yaml$/.test(below);
    const holder = single
      ? undefined
      : add({
          className: 'File',
          scope,
          id: below,
          props: isListed ? undefined : { listed: false },
          variable: camel(below),
        });
    const taken = new Set<string>();
    for (const object of file.objects) {
      const id = single ? below.slice(0, -'.yaml'.length) : freeIdOf(object, taken);
      const draft: Draft = {
        className: 'Manifest',
        scope: holder ?? scope,
        id,
        props: {},
        variable: camel(nameOf(object)),
        of: object,
      };
      objects.set(object, add(draft));
    }
  }
  return { constructions, objects };
}

/** Of the Kustomizations of a module those that lie as FluxKustomization has them, by the folder that they apply. */
function ownFolders(survey: Survey, { files, folders }: Plan, demotions: Demotions): Map<string, OwnFolder> {
  const found = new Map<string, OwnFolder>();
  const kustomized = new Set(folders.flatMap(({ path, kustomized }) => (kustomized ? [path] : [])));
  for (const { file } of files) {
    const [object, ...others] = file.objects;
    if (object === undefined || others.length > 0 || !file.path.endsWith('/ks.yaml')) continue;
    if (!isFluxKustomization(object.value) || (demotions.get(object) ?? 0) > 0) continue;
    const folder = folderOf(file.path);
    const applied = appliedPath(object);
    if (applied === undefined || folderOf(applied) !== folder || !kustomized.has(applied) || found.has(applied))
      continue;
    if (survey.appliers(applied) > 1 || !/^[A-Za-z0-9_][-._A-Za-z0-9]*$/.test(applied.slice(folder.length + 1)))
      continue;
    const above = folderOf(folder);
    const id = folder.slice(above === '' ? 0 : above.length + 1);
    found.set(applied, { object, above, id, directory: applied.slice(folder.length + 1) });
  }
  return found;
}

/** The folder that a Kustomization applies, as a path below the tree's root. */
export function appliedPath({ value }: WrittenObject): string | undefined {
  const path = textAt(value, 'spec', 'path');
  if (path === undefined || /[$]/.test(path)) return undefined;
  return path
    .split('/')
    .filter((step) => step !== '.' && step !== '')
    .join('/');
}

/** Whether nothing is left in a folder once its Kustomization has a construct that brings the folder. */
function isEmptied(path: string, { files, folders }: Plan, owning: ReadonlyMap<string, OwnFolder>): boolean {
  if (owning.has(path)) return true;
  if (folders.some((folder) => folder.path === path && folder.kustomized)) return false;
  const owned = new Set([...owning.values()].map(({ object }) => object));
  return files.every(({ file, folder }) => folder !== path || file.objects.every((object) => owned.has(object)));
}

function directory(
  namespace: string | undefined,
  path: string,
  folder: KustomizedFolder | undefined,
  demotions: Demotions,
): Draft {
  const draft: Draft = {
    className: 'Directory',
    scope: undefined,
    id: path === '' ? '.' : path,
    props: {},
    variable: camel(path.split('/').pop() || 'root'),
    ...(folder && { of: folder, folder }),
  };
  // It is set by something else: a kustomization.yaml, or a Kustomization.
  draft.props = {
    ...(namespace !== undefined && { namespace, writeNamespace: false }),
    ...fieldsProp(folder, demotions),
  };
  return draft;
}

/** What a folder says of its kustomization.yaml. */
function fieldsProp(folder: KustomizedFolder | undefined, demotions: Demotions): CodeObject {
  if (folder === undefined || (demotions.get(folder) ?? 0) > 1) return { kustomizationFile: null };
  const fields = fieldsOf(folder);
  return Object.keys(fields).length > 0 ? { kustomizationFile: fields } : {};
}

/** A kustomization.yaml but for what every one has. */
function fieldsOf({ value }: KustomizedFolder): CodeObject {
  const { apiVersion, kind, ...fields } = value;
  const isUsual = apiVersion === 'kustomize.config.k8s.io/v1beta1' && kind === 'Kustomization';
  return (isUsual ? fields : { apiVersion: apiVersion ?? null, kind: kind ?? null, ...fields }) as CodeObject;
}

/** What a kustomization.yaml lists, without `./`. */
function normalList({ value }: KustomizedFolder): string[] {
  return listAt(value, 'resources').map((entry) =>
    String(entry)
      .replace(/^(?:\.\/)+/, '')
      .replace(/\/$/, ''),
  );
}

/**
 * Leaves out of a kustomization.yaml what is listed by itself because of what stands in the folder: afterwards, when all constructs
 * have their places.
 */
export function leaveOutListed(drafts: readonly Draft[], demotions: Demotions): void {
  const listed = new Map<Construction, string[]>();
  for (const draft of drafts) {
    const scope = draft.scope === undefined ? undefined : 'className' in draft.scope ? draft.scope : draft.scope.of;
    const entry = entryOf(draft);
    if (scope === undefined || entry === undefined) continue;
    const list = listed.get(scope) ?? [];
    listed.set(scope, list);
    // What stands in a Kustomization's construct by itself stands beside the folder that it applies.
    if (draft.scope instanceof Member || scope.className === 'Directory') list.push(entry);
  }
  for (const draft of drafts) {
    const fields = draft.props?.kustomizationFile as CodeObject | null | undefined;
    if (fields === null || fields === undefined || !Array.isArray(fields.resources)) continue;
    const { folder } = draft;
    if (folder !== undefined && (demotions.get(folder) ?? 0) > 0) continue;
    const own = new Set(listed.get(draft) ?? []);
    const resources = (fields.resources as readonly string[]).filter(
      (entry) =>
        !own.has(
          `./${String(entry)
            .replace(/^(?:\.\/)+/, '')
            .replace(/\/$/, '')}`,
        ),
    );
    const { resources: _, ...rest } = fields;
    const left: CodeObject = resources.length > 0 ? { ...rest, resources } : rest;
    const { kustomizationFile: __, ...props } = draft.props as CodeObject;
    draft.props = Object.keys(left).length > 0 ? { ...props, kustomizationFile: left } : props;
  }
}

/** How the folder lists what stands in it; undefined for what it does not. */
export function entryOf({ className, id, props }: Draft): string | undefined {
  if (className === 'Directory' || (className === 'File' && props?.listed === false)) return undefined;
  if (className === 'File') return `./${id}`;
  if (className !== 'FluxKustomization') return `./${id}.yaml`;
  if (props?.folder === '.') return typeof props.file === 'string' ? `./${props.file}` : undefined;
  return `./${id}/ks.yaml`;
}

function nameOf({ value, file }: WrittenObject): string {
  return textAt(value, 'metadata', 'name') ?? textAt(value, 'metadata', 'generateName') ?? file.path;
}

/** An id that no other object of the file has. */
function freeIdOf(object: WrittenObject, taken: Set<string>): string {
  const named = nameOf(object).replace(/\$\{(\w+)[^}]*\}/g, (_, variable) => variable.toLowerCase());
  const base = named.replace(/[^-.\w]/g, '-') || 'object';
  const options = [base, `${base}-${object.value.kind.toLowerCase()}`];
  for (let i = 2; ; i += 1) {
    const id = options.find((option) => !taken.has(option));
    if (id !== undefined) {
      taken.add(id);
      return id;
    }
    options.push(`${base}-${i}`);
  }
}
