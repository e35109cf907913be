import type { Cluster } from '../graph/cluster';
import { entryOf } from '../graph/entries';
import { askedReferences } from '../graph/external-secrets/references';
import { syncIn } from '../graph/flux/sync';
import type { Graph } from '../graph/graph';
import type { Identity } from '../graph/identity';
import { templatedReferences, valuesReferences } from '../graph/references/chart-values';
import { namePath } from '../graph/references/find';
import { remotesOf } from '../graph/remotes';
import { type Resource, writtenAt } from '../graph/resource';
import { keyPlace } from '../graph/secrets/key-places';
import { keysMadeOf } from '../graph/secrets/lineage';
import type { Producer } from '../graph/secrets/secret-index';
import { ofObject, type Subject, subjectId } from '../graph/subjects';
import type { Path } from '../json/json';
import { objectAt, textAt } from '../json/read';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Place } from '../tree/kustomize/origin';

/** A field that speaks of something: of an object, of a key of a Secret, of an entry of a store. */
export interface Mention {
  readonly subject: Subject;
  /** Whether its object makes that, writes to it, or reads or names it. */
  readonly role: 'makes' | 'writes' | 'reads';
  /** How it is read: `env`. @default - it is named */
  readonly use?: string | undefined;
  /** The key, or the property, that the same reference names beside it. @default - all of it is meant */
  readonly part?: string | undefined;
  readonly cluster: Cluster;
  /** The object whose field it is. */
  readonly resource: Resource;
  readonly place: Place;
  /** Whether the key of the field speaks of it, rather than its value. */
  readonly onKey: boolean;
}

/** All that the fields of a tree speak of. */
export interface Mentions {
  readonly byFile: ReadonlyMap<string, readonly Mention[]>;
  of(cluster: Cluster, subject: Subject): readonly Mention[];
}

/** Asked for when somebody asks about a place, which is not as often as a tree changes. */
export const mentionsIn: (graph: Graph) => Mentions = memoize(({ clusters }) => {
  const byFile = new Map<string, Mention[]>();
  const bySubject = new Map<Cluster, Map<string, Mention[]>>();
  for (const cluster of clusters) {
    const own = new Map<string, Mention[]>();
    bySubject.set(cluster, own);
    for (const { path, onKey = false, ...said } of ofCluster(cluster)) {
      const mention = { ...said, onKey, cluster, place: writtenAt(said.resource, path) };
      push(byFile, mention.place.document.file.path, mention);
      push(own, subjectId(said.subject), mention);
    }
  }
  return { byFile, of: (cluster, subject) => bySubject.get(cluster)?.get(subjectId(subject)) ?? [] };
});

type Said = Pick<Mention, 'subject' | 'role' | 'use' | 'part' | 'resource'> & {
  readonly path: Path;
  readonly onKey?: boolean;
};

function* ofCluster(cluster: Cluster): Generator<Said> {
  for (const resource of [...cluster.resources, ...cluster.begun]) {
    // Of what is generated, the way leads to its generator.
    const path = resource.generated ? ['name'] : ['metadata', 'name'];
    // A Secret is what it makes.
    const isTold = resource.group === '' && (resource.kind === 'Secret' || resource.kind === 'ConfigMap');
    if (!isTold) yield { subject: ofObject(resource), role: 'makes', resource, path };
  }
  for (const { resource } of cluster.kustomizations) {
    // The Flux Operator makes the source, too.
    const source = syncIn(resource.document) && objectAt(resource.value, 'spec', 'sourceRef');
    const [kind, name] = [textAt(source, 'kind'), textAt(source, 'name')];
    if (kind === undefined || name === undefined) continue;
    const { namespace } = resource;
    yield {
      subject: ofObject({ group: 'source.toolkit.fluxcd.io', kind, namespace, name }),
      role: 'makes',
      resource,
      path: [],
    };
  }
  for (const producer of cluster.secrets.producers) yield* ofProducer(producer);
  for (const reference of [...cluster.references.all, ...valuesReferences(cluster), ...templatedReferences(cluster)]) {
    const { resource, key, use } = reference;
    // An Alert means all of a kind by it.
    if (reference.name === '*') continue;
    const name = namePath(reference);
    yield { subject: ofObject(reference), role: 'reads', use, part: key, resource, path: name };
    if (key !== undefined) {
      yield { subject: keyOf(reference, key), role: 'reads', use, resource, path: reference.path };
    }
  }
  for (const { resource, path, ...named } of askedReferences(cluster)) {
    yield { subject: ofObject(named), role: 'reads', resource, path };
  }
  yield* ofRemotes(cluster);
}

/** One key of a Secret or ConfigMap. */
export function keyOf({ kind, namespace, name }: Pick<Identity, 'kind' | 'namespace' | 'name'>, key: string): Subject {
  return { type: 'object', identity: { group: '', kind, namespace, name }, key };
}

function* ofProducer(producer: Producer): Generator<Said> {
  const { kind, namespace, name, resource, keys } = producer;
  const path = resource.generated ? ['name'] : producer.path;
  yield { subject: ofObject({ group: '', kind, namespace, name }), role: 'makes', resource, path };
  for (const key of keys) {
    const place = keyPlace(producer, key);
    yield {
      subject: keyOf(producer, key),
      role: 'makes',
      resource,
      path: place?.path ?? path,
      onKey: place?.on === 'key',
    };
  }
}

/** Entries of stores: whoever writes or reads one, and the keys that are made of it. */
function* ofRemotes(cluster: Cluster): Generator<Said> {
  for (const remote of remotesOf(cluster)) {
    const { resource, path, property, secretKey, verb } = remote;
    const entry = entryOf(cluster, remote);
    if (entry === undefined) continue;
    const role = verb === 'push' ? 'writes' : 'reads';
    yield { subject: { type: 'entry', entry, property: undefined }, role, part: property, resource, path };
    if (property !== undefined) {
      const beside = [...path.slice(0, -1), 'property'];
      yield { subject: { type: 'entry', entry, property }, role, resource, path: beside };
    }
    const made = verb === 'push' ? 'all' : keysMadeOf(cluster, remote);
    if (made === 'all' || secretKey === undefined || made.includes(secretKey)) continue;
    // What a template makes a key of: the key that it is given leads to that.
    const given = [...path.slice(0, -2), 'secretKey'];
    for (const { kind, namespace, name } of cluster.secrets.producersOf(resource)) {
      for (const key of made) {
        yield { subject: keyOf({ kind, namespace, name }, key), role: 'reads', use: 'template', resource, path: given };
      }
    }
  }
}
