import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import { writtenAt } from '../graph/resource';
import { madeOf, remotesMaking } from '../graph/secrets/lineage';
import { ofObject, type Subject } from '../graph/subjects';
import type { Place } from '../tree/kustomize/origin';
import type { Position } from '../tree/source';
import { type Mention, mentionsIn } from './mentions';
import { isOn, type Span, spanOf } from './places';

type Said = Pick<Mention, 'place' | 'onKey'>;

/** The fields at a position that speak of something: several, where a field makes two things, or clusters share a file. */
export function mentionsAt(graph: Graph, file: string, position: Position): readonly Mention[] {
  const found = mentionsIn(graph).byFile.get(file) ?? [];
  const onValue = found.filter(({ place, onKey }) => isOn(spanOf(place, onKey), position));
  return onValue.length > 0 ? onValue : found.filter(({ place }) => isOn(spanOf(place, true), position));
}

/** Where what a position speaks of is made; of what is made there, the entry of a store that it is made of. */
export function definitionsAt(graph: Graph, file: string, position: Position): readonly Span[] {
  return spansOf(mentionsAt(graph, file, position).flatMap((mention) => definitionsOf(graph, mention)));
}

/** All that speaks of the same as a position; of an entry of a store, what reads the keys that are made of it, too. */
export function referencesAt(graph: Graph, file: string, position: Position, withOwn: boolean): readonly Span[] {
  const mentions = mentionsAt(graph, file, position);
  const found = mentions.flatMap(({ cluster, subject }) => referencesTo(graph, cluster, subject));
  return spansOf(withOwn ? found : found.filter(({ role }) => role !== 'makes'));
}

function definitionsOf(graph: Graph, mention: Mention): readonly Said[] {
  const { cluster, subject, role, resource } = mention;
  if (subject.type === 'entry') return writersOf(graph, mention);
  if (subject.type !== 'object') return [];
  if (role === 'makes') {
    const remotes = remotesMaking(cluster, resource, subject.key);
    return remotes.length === 0 ? [mention] : remotes.map(({ path }) => at(writtenAt(resource, path)));
  }
  const made = makersOf(graph, cluster, subject);
  return made.length > 0 ? made : makersOf(graph, cluster, ofObject(subject.identity));
}

function at(place: Place): Said {
  return { place, onKey: false };
}

/** The fields that make something. */
export function makersOf(graph: Graph, cluster: Cluster, subject: Subject): readonly Mention[] {
  return mentionsIn(graph)
    .of(cluster, subject)
    .filter(({ role }) => role === 'makes');
}

/** What writes to an entry of a store; where nothing in the tree does, the store. */
function writersOf(graph: Graph, { cluster, subject, resource, part }: Mention): readonly Said[] {
  if (subject.type !== 'entry') return [];
  const { entry, property = part } = subject;
  const writes = entry.remotes.filter(
    (remote) =>
      remote.verb === 'push' &&
      remote.resource !== resource &&
      [undefined, property].includes(remote.property ?? property),
  );
  if (writes.length > 0) return writes.map((remote) => at(writtenAt(remote.resource, remote.path)));
  const store = entry.remotes.find((remote) => remote.resource === resource)?.store;
  return store === undefined ? [] : makersOf(graph, cluster, ofObject(store));
}

/** What speaks of a subject, of all that it is a part of, or of what is made of it. */
export function referencesTo(graph: Graph, cluster: Cluster, subject: Subject): readonly Mention[] {
  const { of } = mentionsIn(graph);
  const own = of(cluster, subject);
  const isWhole = ({ role, part }: Mention) => role !== 'makes' && part === undefined;
  if (subject.type === 'object') {
    return subject.key === undefined ? own : [...own, ...of(cluster, ofObject(subject.identity)).filter(isWhole)];
  }
  if (subject.type !== 'entry') return own;
  const { entry, property } = subject;
  const remotes = entry.remotes.filter(
    (remote) => property === undefined || [undefined, property].includes(remote.property),
  );
  const made = remotes.flatMap((remote) => madeOf(cluster, remote));
  const wholes =
    property === undefined ? [] : of(cluster, { type: 'entry', entry, property: undefined }).filter(isWhole);
  return [...own, ...wholes, ...made.flatMap((one) => referencesTo(graph, cluster, one))];
}

function spansOf(said: readonly Said[]): readonly Span[] {
  const spans = said.map(({ place, onKey }) => spanOf(place, onKey));
  return [...new Map(spans.map((span) => [`${span.file}:${span.line}:${span.column}`, span])).values()];
}
