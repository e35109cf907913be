import { namePath } from '../graph/references/find';
import type { Reference } from '../graph/references/reference';
import type { Producer } from '../graph/secrets/secret-index';
import { isJsonObject, type Json, type Path } from '../json/json';
import { at, keysAt, listAt, textAt } from '../json/read';
import { isClusterScoped } from '../systems/kinds/scope';
import type { SourceFile } from '../tree/source/source';
import type { Draft } from './draft';
import { type Code, type CodeObject, type Expression, Handle, Member } from './program';
import type { KustomizedFolder, Survey, Target, WrittenObject } from './survey';
import { filledIn } from './variables';

/** A reference of an object that leads to another one of the survey, and where it stands in it. */
interface Naming {
  readonly reference: Reference;
  readonly path: Path;
  readonly name: string;
  /** Where a key of a Secret is named, too. */
  readonly key: { readonly path: Path; readonly text: string } | undefined;
  readonly target: Target;
  /** How the target makes the Secret that is meant; undefined for a target that is meant itself. */
  readonly made: Producer | undefined;
}

/** An object as code, and by reference what stands for it. */
export interface WithHandles {
  readonly value: CodeObject;
  readonly handles: ReadonlyMap<Reference, Expression>;
}

/** An object with a handle wherever it names an object that the program makes, or a Secret that one of these makes. */
export function withHandles(survey: Survey, object: WrittenObject, drafts: ReadonlyMap<Target, Draft>): WithHandles {
  const places: [Path, Expression][] = [];
  const handles = new Map<Reference, Expression>();
  for (const naming of namingsOf(survey, object)) {
    const draft = drafts.get(naming.target);
    const name = draft && handleOf(naming, draft);
    if (draft === undefined || name === undefined) continue;
    places.push([naming.path, name]);
    handles.set(naming.reference, name);
    const key = naming.key && keyOf(naming, draft);
    if (naming.key && key) places.push([naming.key.path, key]);
  }
  return { value: place(object.value, places, 0) as CodeObject, handles };
}

const known = new WeakMap<WrittenObject, readonly Naming[]>();

/** Found once: the program is composed several times. */
function namingsOf(survey: Survey, object: WrittenObject): readonly Naming[] {
  const namings = known.get(object) ?? findNamings(survey, object);
  known.set(object, namings);
  return namings;
}

function findNamings(survey: Survey, object: WrittenObject): Naming[] {
  return survey.references(object).flatMap((reference): Naming[] => {
    const path = namePath(reference);
    const name = textAt(object.value, ...path);
    const { object: target, made, by } = survey.lookup(reference) ?? {};
    if (name !== undefined && made && by) {
      const isThere = made.namespace === reference.resource.namespace && isNamedThere(by, made, name);
      return isThere ? [{ reference, path, name, key: undefined, target: by, made }] : [];
    }
    if (name === undefined || target === undefined || target === object) return [];
    // Where variables are filled in later, both must say the same.
    if (name !== nameIn(target, made) || !isNear(reference, target, made)) return [];
    const { key: text, path: keyPath } = reference;
    const isNamed = text !== undefined && keyPath !== path && textAt(object.value, ...keyPath) === text;
    return [{ reference, path, name, key: isNamed ? { path: keyPath, text } : undefined, target, made }];
  });
}

/** Whether what brings a Secret or ConfigMap has it under this very name: without the hash that kustomize adds. */
function isNamedThere(by: KustomizedFolder | SourceFile, { kind, resource }: Producer, name: string): boolean {
  if (!('value' in by)) return resource.kind === kind && textAt(resource.document.value, 'metadata', 'name') === name;
  const generator = kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  return listAt(by.value, generator).some((entry) => textAt(entry, 'name') === name);
}

/** What the original says where the target, or the Secret that it makes, has its name. */
function nameIn({ value }: WrittenObject, made: Producer | undefined): string | undefined {
  if (made === undefined) return textAt(value, 'metadata', 'name');
  const { path, name, resource } = made;
  const said = textAt(value, ...path);
  // An operator may add something: `<name>-app` of a database.
  return said !== undefined && path[0] === 'metadata' && name.startsWith(resource.name)
    ? `${said}${name.slice(resource.name.length)}`
    : said;
}

/** Constructs look for what has a namespace in their own, unless the reference says another. */
function isNear(
  { resource, at: way, row }: Reference,
  { value, resources }: WrittenObject,
  made: Producer | undefined,
): boolean {
  // A Component brings it to several namespaces.
  const to = resources.find(({ namespace }) => namespace === resource.namespace) ?? resources[0];
  if (to === undefined || (made !== undefined && made.namespace !== to.namespace)) return false;
  if (isClusterScoped(to) === true) return made === undefined;
  const [own, other] = [
    textAt(resource.document.value, 'metadata', 'namespace'),
    textAt(value, 'metadata', 'namespace'),
  ];
  if (own !== other && `${own}${other}`.includes('${')) return false;
  const isSaid = row.namespace !== 'own' && textAt(at(resource.value, ...way), 'namespace') !== undefined;
  return isSaid || resource.namespace === to.namespace || isClusterScoped(resource) === true;
}

/** What stands for the name, in the class that the target has; undefined where nothing does. */
function handleOf({ name, made, target, key, reference }: Naming, draft: Draft): Expression | undefined {
  const { className } = draft;
  if (made && !('resources' in target)) {
    const isSecret = made.kind === 'Secret';
    const read = made.keys.has(reference.key ?? '') ? [reference.key as string] : isSecret ? [...made.keys] : [];
    // A Secret of many keys would say more of itself than of its reader.
    if (isSecret && (read.length === 0 || read.length > 6)) return undefined;
    const method = `${className === 'FluxKustomization' ? 'directory.' : ''}${isSecret ? 'secret' : 'configMap'}`;
    return new Member(draft, method, [name, ...(read.length > 0 ? [read] : [])], name);
  }
  if (!('resources' in target)) return undefined;
  if (made === undefined) return className === 'ExternalSecret' ? undefined : new Handle(draft, name);
  if (made.kind === target.value.kind) return new Handle(draft, name);
  if (made.kind === 'ConfigMap') return undefined;
  if (className === 'ExternalSecret' || className === 'Certificate')
    return new Member(draft, 'secret', undefined, name);
  if (className === 'PostgresCluster')
    return isOfApp(target, name) ? new Member(draft, 'app', undefined, name) : undefined;
  return className === 'Manifest'
    ? new Member(draft, 'secret', secretArguments(target, name, keysRead(made, key?.text)), name)
    : undefined;
}

/** What stands for the key, where the compiler knows that the Secret has it. */
function keyOf({ name, key, made, target }: Naming, draft: Draft): Expression | undefined {
  const { text = '' } = key ?? {};
  if (made === undefined || made.kind === 'ConfigMap' || !('resources' in target)) return undefined;
  if (draft.className === 'ExternalSecret')
    return hasKey(target.value, text) ? new Member(draft, 'secret.key', [text], text) : undefined;
  if (draft.className === 'Certificate')
    return made.keys.has(text) ? new Member(draft, 'secret.key', [text], text) : undefined;
  if (draft.className === 'PostgresCluster')
    return isOfApp(target, name) && made.keys.has(text) ? new Member(draft, 'app.key', [text], text) : undefined;
  return undefined;
}

function isOfApp({ value }: WrittenObject, name: string): boolean {
  return name === `${textAt(value, 'metadata', 'name')}-app`;
}

function keysRead({ keys, open }: Producer, key: string | undefined): readonly string[] | null {
  if (key !== undefined) return [key];
  return open || keys.size === 0 || keys.size > 3 ? null : [...keys];
}

/** Of `Manifest.secret`: the keys, and the name where it is not the object's. */
function secretArguments({ value }: WrittenObject, name: string, keys: readonly string[] | null): Code[] {
  if (name !== textAt(value, 'metadata', 'name')) return [keys, filledIn(name)];
  return keys === null ? [] : [keys];
}

/** Whether the type of an ExternalSecret's handle has a key: those of its template, else those of data, else any. */
function hasKey(value: Json, key: string): boolean {
  const templated = keysAt(value, 'spec', 'target', 'template', 'data');
  if (templated.length > 0) return templated.includes(key);
  const data = at(value, 'spec', 'data');
  if (!Array.isArray(data) || data.length === 0) return true;
  return data.some((item) => textAt(item as Json, 'secretKey') === key);
}

/** The value with expressions at their paths. */
function place(value: Json, places: readonly [Path, Expression][], depth: number): Code {
  const here = places.find(([path]) => path.length === depth);
  if (here) return here[1];
  if (places.length === 0) return value as Code;
  const below = (step: string | number) => places.filter(([path]) => path[depth] === step);
  if (Array.isArray(value)) return value.map((item, i) => place(item as Json, below(i), depth + 1));
  if (!isJsonObject(value)) return value as Code;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, place(item, below(key), depth + 1)]));
}
