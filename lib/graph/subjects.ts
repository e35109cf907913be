import { at } from '../json/read';
import { isCalled } from '../systems/kinds/short-names';
import { compareText } from '../text/compare';
import { memoize } from '../text/memoize';
import { nearest } from '../text/nearest';
import { filesOfGenerator } from '../tree/kustomize/generators';
import { folderOf } from '../tree/paths';
import type { Cluster } from './cluster';
import { type Entry, entriesOf } from './entries';
import { hostsOf, hostWritten } from './hosts';
import { type Identity, identityKey } from './identity';
import type { Resource } from './resource';
import { display, isKnown } from './substitution';

/** Something that others depend on, and that somebody may ask about. */
export type Subject =
  /** An object, or one key of a Secret or ConfigMap. It need not be in the tree: what refers to it is. */
  | { readonly type: 'object'; readonly identity: Identity; readonly key: string | undefined }
  /** An entry of a store outside the cluster, or one property of it. */
  | { readonly type: 'entry'; readonly entry: Entry; readonly property: string | undefined }
  | { readonly type: 'host'; readonly host: string };

/** What a text may mean: one subject, or the names of those that it might mean. */
export type Meaning =
  | { readonly state: 'found'; readonly subject: Subject }
  | { readonly state: 'ambiguous'; readonly names: readonly string[] }
  | { readonly state: 'absent'; readonly near: readonly string[] };

/** `Secret/shop/db#password`, `vault:kv/shop/db`, `host:shop.example.org`: as people write it, and as it is asked for again. */
export function subjectName(subject: Subject): string {
  switch (subject.type) {
    case 'object':
      return `${objectName(subject.identity)}${subject.key === undefined ? '' : `#${subject.key}`}`;
    case 'entry':
      return `${subject.entry.name}${subject.property === undefined ? '' : `#${subject.property}`}`;
    case 'host':
      return `host:${subject.host}`;
  }
}

export function subjectId(subject: Subject): string {
  if (subject.type === 'object') return `${identityKey(subject.identity)}#${subject.key ?? ''}`;
  return subject.type === 'host' ? `host ${subject.host}` : `entry ${subject.entry.id}#${subject.property ?? ''}`;
}

/** What is asked about an object as a whole. */
export function ofObject({ group, kind, namespace, name }: Identity): Subject {
  return { type: 'object', identity: { group, kind, namespace, name }, key: undefined };
}

/**
 * What somebody means: `Kind/namespace/name`, `kind namespace/name`, `kind/name`, `namespace/name` or a name alone where it is the only one,
 * each with `#key`; `vault:PATH#property` and `STORE:KEY#property`; `host:NAME`, or a host.
 */
export function subjectCalled(cluster: Cluster, text: string): Meaning {
  const hash = text.lastIndexOf('#');
  const [name, part] = hash > 0 ? [text.slice(0, hash), text.slice(hash + 1)] : [text, undefined];
  const host = hostWritten(name.replace(/^host:/, ''));
  if (hostsOf(cluster).has(host)) return found({ type: 'host', host });
  if (/^[\w.-]+:[^:]/.test(name)) return entryCalled(cluster, name, part);
  return objectCalled(cluster, name, part);
}

function entryCalled(cluster: Cluster, name: string, property: string | undefined): Meaning {
  const entries = [...entriesOf(cluster).values()];
  const stored = entries.filter((one) => isStored(one, name));
  const [entry, ...others] = stored.length === 1 ? stored : entries.filter((one) => one.name === name);
  if (entry === undefined) {
    const near = nearest(
      name,
      entries.map((one) => one.name),
    );
    const path = name.slice(name.indexOf(':') + 1);
    const alike = entries.filter((one) => one.name.endsWith(`/${path.split('/').at(-1)}`)).map((one) => one.name);
    const hosts = name.startsWith('host:') ? [...hostsOf(cluster).keys()] : [];
    const host = nearest(path, hosts);
    const all = [...(near === undefined ? alike : [near]), ...(host === undefined ? [] : [`host:${host}`])];
    return { state: 'absent', near: unique(all) };
  }
  if (others.length > 0) return { state: 'ambiguous', names: [entry, ...others].map(storedName) };
  return found({ type: 'entry', entry, property });
}

/** With the name of a store instead of `vault`: of two Vaults that have the same path. */
function isStored(entry: Entry, name: string): boolean {
  return entry.remotes.some(
    ({ storeName }) => name === `${storeName}:${entry.name.slice(entry.name.indexOf(':') + 1)}`,
  );
}

function storedName({ name, remotes }: Entry): string {
  return `${remotes[0]?.storeName}:${name.slice(name.indexOf(':') + 1)}`;
}

function objectCalled(cluster: Cluster, text: string, key: string | undefined): Meaning {
  const all = objectsOf(cluster);
  const matching = matches(all, text);
  const [first, ...others] = matching;
  if (first !== undefined && others.length === 0) return found({ type: 'object', identity: first, key });
  if (first !== undefined) return { state: 'ambiguous', names: matching.map(objectName).sort(compareText) };
  const { kind, name } = partsOf(text, all);
  const ofKind = all.filter((one) => kind === undefined || isKind(one, kind));
  const sameName = ofKind.filter((one) => one.name === name);
  const like = nearest(name, [...new Set(ofKind.map((one) => one.name))]);
  const meant = sameName.length > 0 ? sameName : ofKind.filter((one) => one.name === like);
  const close = [...meant, ...all.filter((one) => one.name === name)];
  // Of a kind that has none like it, all that there are.
  const near = close.length > 0 || kind === undefined ? close : ofKind;
  return { state: 'absent', near: unique(near.map(objectName)) };
}

/** Every reading of the text, the one that says most first: the first that fits any object counts. */
function matches(all: readonly Identity[], text: string): readonly Identity[] {
  const [first = '', second = '', ...rest] = text.trim().split(/[/\s]+/);
  const readings: ((one: Identity) => boolean)[] =
    second === ''
      ? [({ name }) => name === first]
      : rest.length === 0
        ? [
            (one) => isKind(one, first) && one.name === second,
            ({ namespace, name }) => namespace === first && name === second,
          ]
        : [(one) => isKind(one, first) && one.namespace === second && one.name === rest.join('/')];
  for (const reading of readings) {
    const found = all.filter(reading);
    if (found.length > 0) return found;
  }
  return [];
}

/** `secret`, `secrets`, `es`; with its group, as kubectl takes it: `cluster.postgresql.cnpg.io`. */
function isKind({ group, kind }: Identity, word: string): boolean {
  const [name = '', ...rest] = word.split('.');
  return isCalled(kind, name) && (rest.length === 0 || group === rest.join('.'));
}

/** A first word is a kind where there are objects of it. */
function partsOf(text: string, all: readonly Identity[]): { readonly kind: string | undefined; readonly name: string } {
  const [first = '', ...rest] = text.trim().split(/[/\s]+/);
  const isOne = rest.length > 1 || all.some((one) => isKind(one, first));
  return { kind: isOne ? first : undefined, name: rest.at(-1) ?? (isOne ? '' : first) };
}

/** Every object that the tree has, makes or refers to. */
const objectsOf = memoize((cluster: Cluster): readonly Identity[] => {
  const known = new Map<string, Identity>();
  const add = ({ group, kind, namespace, name }: Identity) => {
    if (name === '' || namespace === '*' || !isKnown(name) || !isKnown(namespace)) return;
    const identity = { group, kind, namespace, name };
    known.set(identityKey(identity), identity);
  };
  for (const resource of [...cluster.resources, ...cluster.begun]) add(resource);
  for (const made of cluster.secrets.producers) add({ ...made, group: '' });
  for (const reference of cluster.references.all) add(reference);
  return [...known.values()];
});

/** Everything that one may ask about whose name holds a text, in any case; of a kind where that is given. */
export function subjectsHolding(cluster: Cluster, text: string, kind?: string): readonly Subject[] {
  const objects = objectsOf(cluster)
    .filter((one) => kind === undefined || isKind(one, kind))
    .map(ofObject);
  const entries = [...entriesOf(cluster).values()].map(
    (entry): Subject => ({ type: 'entry', entry, property: undefined }),
  );
  const hosts = [...hostsOf(cluster).keys()].map((host): Subject => ({ type: 'host', host }));
  const wanted = text.toLowerCase();
  const all = kind === undefined ? [...objects, ...entries, ...hosts] : objects;
  return all.filter((subject) => subjectName(subject).toLowerCase().includes(wanted));
}

/**
 * The objects that a file holds, or that kustomize generates of it; of a file with none of these, the Kustomizations that build
 * something of it.
 */
export function subjectsIn(cluster: Cluster, file: string): readonly Subject[] {
  const isOf = ({ document, path, chart, generated }: Resource) =>
    chart === undefined &&
    (document.file.path === file ||
      (generated && filesOfGenerator(at(document.value, ...path), folderOf(document.file.path)).includes(file)));
  const written = [...cluster.resources, ...cluster.begun].filter(isOf);
  const building = cluster.kustomizations.filter(
    ({ contents }) => contents.type === 'built' && contents.built.files.has(file),
  );
  const objects = written.length > 0 ? written : building.map(({ resource }) => resource);
  return [...new Map(objects.map((resource) => [identityKey(resource), ofObject(resource)])).values()];
}

function objectName({ kind, namespace, name }: Identity): string {
  return [kind, namespace, name]
    .filter((part) => part !== '')
    .map(display)
    .join('/');
}

function found(subject: Subject): Meaning {
  return { state: 'found', subject };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
