import { namePath } from '../graph/references/find';
import { isJsonObject, type Json, type JsonObject, type Path } from '../json/json';
import { textAt } from '../json/read';
import { arrange } from './arrange';
import type { Draft } from './draft';
import { formsOf } from './forms';
import { modulePlans } from './modules';
import { camel, identifiers } from './names';
import { type Code, type CodeObject, type Construction, Handle, type Module, type Program } from './program';
import type { KustomizedFolder, ObjectFile, Survey, WrittenObject } from './survey';

/** How far an item has been taken back from its first form to a plainer one: the number of forms that did not make it equal. */
export type Demotions = ReadonlyMap<WrittenObject | KustomizedFolder | ObjectFile, number>;

/** What a program is made for. */
export interface ComposeOptions {
  /** The cluster's name. */
  readonly name: string;
  /** The folder that the tree is written to, as main.ts sees it. */
  readonly outdir: string;
}

/**
 * Makes the program of what was found. Nothing is tried here: what turns out to differ, or is refused, is composed again in its
 * next form.
 */
export function compose(survey: Survey, demotions: Demotions, { name, outdir }: ComposeOptions): Program {
  const drafts = new Map<WrittenObject, Draft>();
  const modules: { path: string; name: string; constructions: Draft[] }[] = [];
  for (const plan of modulePlans(survey)) {
    const constructions: Draft[] = [];
    const directories = new Map<string, Draft>();
    for (const folder of plan.folders) {
      const draft = directory(folder.path, folder.kustomized, demotions);
      directories.set(folder.path, draft);
      constructions.push(draft);
    }
    for (const file of plan.files) {
      const scope = directories.get(file.folder) as Draft;
      const below = file.file.path.slice(file.folder === '' ? 0 : file.folder.length + 1);
      const single = file.file.objects.length === 1 && /^[A-Za-z0-9_][-._A-Za-z0-9]*\.yaml$/.test(below);
      const holder = single ? undefined : draftOf('File', scope, below, undefined, camel(below));
      if (holder) constructions.push(holder);
      for (const object of file.file.objects) {
        const id = single ? below.slice(0, -'.yaml'.length) : idIn(object, constructions, holder as Draft);
        const draft = draftOf('Manifest', holder ?? scope, id, {}, camel(nameOf(object)), object);
        drafts.set(object, draft);
        constructions.push(draft);
      }
    }
    modules.push({ path: plan.path, name: plan.name, constructions });
  }
  for (const [object, draft] of drafts) {
    const forms = formsOf(object);
    const form = forms[Math.min(demotions.get(object) ?? 0, forms.length - 1)] as (typeof forms)[number];
    const value = form.handles ? withHandles(survey, object, drafts) : (object.value as CodeObject);
    Object.assign(draft, form.make({ value, scope: draft.scope as Construction, id: draft.id }));
  }
  return {
    outdir,
    cluster: { name, props: { sourceRoot: '.', root: null } },
    modules: identifiers(arrange(modules)) satisfies readonly Module[],
  };
}

function draftOf(
  className: string,
  scope: Draft | undefined,
  id: string,
  props: CodeObject | undefined,
  variable: string,
  of?: object,
): Draft {
  return { className, scope, id, props, variable, ...(of && { of }) };
}

function directory(path: string, folder: KustomizedFolder | undefined, demotions: Demotions): Draft {
  const left = folder === undefined || (demotions.get(folder) ?? 0) > 0;
  const fields = left ? null : fieldsOf(folder.value);
  const props = { path: path === '' ? '.' : path, kustomizationFile: fields };
  return draftOf(
    'Directory',
    undefined,
    path === '' ? 'root' : path.includes('/') ? path.replaceAll('/', '-') : `${path}-folder`,
    props,
    camel(path.split('/').pop() ?? 'root'),
    left ? undefined : folder,
  );
}

/** A kustomization.yaml but for what every one has. */
function fieldsOf({ apiVersion, kind, ...fields }: JsonObject): CodeObject {
  const usual = (apiVersion ?? usualApiVersion) === usualApiVersion && (kind ?? 'Kustomization') === 'Kustomization';
  return (
    usual && apiVersion !== undefined && kind !== undefined ? fields : { apiVersion, kind, ...fields }
  ) as CodeObject;
}

const usualApiVersion = 'kustomize.config.k8s.io/v1beta1';

function nameOf({ value, file }: WrittenObject): string {
  return textAt(value, 'metadata', 'name') ?? textAt(value, 'metadata', 'generateName') ?? file.path;
}

function idIn(object: WrittenObject, made: readonly Draft[], holder: Draft): string {
  const base = nameOf(object).replace(/[^-.\w]/g, '-') || 'object';
  const taken = new Set(made.filter(({ scope }) => scope === holder).map(({ id }) => id));
  const options = [base, `${base}-${object.value.kind.toLowerCase()}`];
  for (let i = 2; ; i += 1) {
    const id = options.find((option) => !taken.has(option));
    if (id !== undefined) return id;
    options.push(`${base}-${i}`);
  }
}

/** An object with a handle wherever it names an object that the program makes. */
function withHandles(survey: Survey, object: WrittenObject, drafts: ReadonlyMap<WrittenObject, Draft>): CodeObject {
  const handles: [Path, Handle][] = [];
  for (const reference of survey.references(object)) {
    const path = namePath(reference);
    if (textAt(object.value, ...path) !== reference.name) continue;
    const target = survey.target(reference);
    const draft = target && target !== object ? drafts.get(target) : undefined;
    if (draft) handles.push([path, new Handle(draft, reference.name)]);
  }
  return place(object.value, handles, 0) as CodeObject;
}

/** The value with handles at their paths. */
function place(value: Json, handles: readonly [Path, Handle][], depth: number): Code {
  const here = handles.find(([path]) => path.length === depth);
  if (here) return here[1];
  if (handles.length === 0) return value as Code;
  const below = (step: string | number) => handles.filter(([path]) => path[depth] === step);
  if (Array.isArray(value)) return value.map((item, i) => place(item as Json, below(i), depth + 1));
  if (!isJsonObject(value)) return value as Code;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, place(item, below(key), depth + 1)]));
}
