import type { Cluster } from '../graph/cluster';
import { entryOf } from '../graph/entries';
import type { Graph } from '../graph/graph';
import { describe, type Identity } from '../graph/identity';
import { hider } from '../graph/masking';
import type { Remote } from '../graph/remotes';
import { type Resource, writtenAt } from '../graph/resource';
import { madeOf, remotesMaking } from '../graph/secrets/lineage';
import type { Producer, SecretKind } from '../graph/secrets/secret-index';
import { ofObject, type Subject, subjectId, subjectName } from '../graph/subjects';
import { display } from '../graph/substitution';
import { compareText } from '../text/compare';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Position } from '../tree/source';
import type { Mention } from './mentions';
import { makersOf, mentionsAt, referencesTo } from './navigate';
import { type Span, spanOf } from './places';

/** Something that is said, and where in the tree that stands. */
export interface Fact {
  readonly text: string;
  readonly at?: Span | undefined;
}

/** What is known of something. No value of a Secret is in it, only names. */
export interface Knowledge {
  /** The field that it was asked about. */
  readonly span: Span;
  /** `Secret shop/db key password`, `vault:kv/acme/shop#password`. */
  readonly title: string;
  readonly sections: readonly Section[];
}

interface Section {
  readonly label: string;
  readonly facts: readonly Fact[];
}

/** What is known of what a position speaks of: where it comes from, and who reads it. */
export function knowledgeAt(graph: Graph, file: string, position: Position): readonly Knowledge[] {
  const hide = hiderOf(graph);
  const things = [...groupBy(mentionsAt(graph, file, position), ({ subject }) => subjectId(subject)).values()];
  const shown = things.length > mostThings + 1 ? things.slice(0, mostThings) : things;
  const known = shown.map((mentions): Knowledge => {
    const [{ subject, place, onKey }] = mentions;
    const all = mentions.flatMap((mention) => sectionsOf(graph, mention.cluster, subject));
    return {
      span: spanOf(place, onKey),
      title: hide(titleOf(subject)),
      sections: [...groupBy(all, ({ label }) => label)].map(([label, alike]) => ({
        label,
        facts: shortened(distinct(alike.flatMap(({ facts }) => facts))).map((fact) => ({
          ...fact,
          text: hide(fact.text),
        })),
      })),
    };
  });
  const [first] = known;
  const others = things.slice(known.length).map(([{ subject }]) => ({ text: hide(titleOf(subject)) }));
  if (first === undefined || others.length === 0) return known;
  const more = { label: 'the same for', facts: shortened(others) };
  return [...known, { span: first.span, title: `and ${others.length} more`, sections: [more] }];
}

/** A file that many namespaces share speaks of as many things, which are alike. */
const mostThings = 3;

/** As messages name it. */
function titleOf(subject: Subject): string {
  if (subject.type !== 'object') return subjectName(subject);
  const { identity, key } = subject;
  return display(`${describe(identity)}${key === undefined ? '' : ` key ${key}`}`);
}

const hiderOf = memoize((graph: Graph) => hider([graph]));

function sectionsOf(graph: Graph, cluster: Cluster, subject: Subject): readonly Section[] {
  const sections = [...sectionsAbout(graph, cluster, subject)];
  return sections.filter(({ facts }) => facts.length > 0);
}

function* sectionsAbout(graph: Graph, cluster: Cluster, subject: Subject): Generator<Section> {
  if (subject.type === 'entry') {
    const { entry, property } = subject;
    const remotes = entry.remotes.filter(
      (one) => property === undefined || [undefined, property].includes(one.property),
    );
    const [writes, reads] = [
      remotes.filter(({ verb }) => verb === 'push'),
      remotes.filter(({ verb }) => verb !== 'push'),
    ];
    const made = reads.flatMap((remote) => madeOf(cluster, remote));
    yield { label: 'written by', facts: writes.length === 0 ? [{ text: 'nothing in the tree' }] : writes.map(asker) };
    yield { label: 'read by', facts: reads.map(asker) };
    yield { label: 'becomes', facts: made.map((one) => ({ text: titleOf(one) })) };
    yield { label: 'which is read by', facts: readers(made.flatMap((one) => referencesTo(graph, cluster, one))) };
    return;
  }
  if (subject.type !== 'object') return;
  const { identity, key } = subject;
  if (identity.group === '' && (identity.kind === 'Secret' || identity.kind === 'ConfigMap')) {
    yield* ofSecret(cluster, identity.kind, identity, key);
  } else yield* aboutObject(graph, cluster, identity);
  const label =
    key === undefined && identity.kind !== 'Secret' && identity.kind !== 'ConfigMap' ? 'named by' : 'read by';
  yield { label, facts: readers(referencesTo(graph, cluster, subject)) };
}

function* ofSecret(
  cluster: Cluster,
  kind: SecretKind,
  { namespace, name }: Identity,
  key: string | undefined,
): Generator<Section> {
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state === 'absent') yield { label: 'made by', facts: [{ text: 'nothing in the tree' }] };
  if (found.state === 'unknown') yield { label: 'not in the tree:', facts: [{ text: display(found.why) }] };
  if (found.state !== 'found') return;
  const keys = [...found.keys].map(display).sort(compareText);
  const has = key === undefined || found.open || found.keys.has(key);
  if (!has)
    yield { label: 'made by', facts: [{ text: `nothing in the tree: it has ${keys.join(', ') || 'no keys'}` }] };
  const makers = found.producers.filter((one) => key === undefined || one.open || one.keys.has(key));
  const sources = makers.flatMap(({ resource }) => remotesMaking(cluster, resource, key));
  yield { label: 'made by', facts: makers.map(maker) };
  yield { label: 'from', facts: sources.map((remote) => ({ text: remoteName(cluster, remote), at: placeOf(remote) })) };
  if (key !== undefined) return;
  yield {
    label: 'keys',
    facts: [{ text: [...keys, ...(found.open ? ['others that the tree does not name'] : [])].join(', ') }],
  };
}

function* aboutObject(graph: Graph, cluster: Cluster, identity: Identity): Generator<Section> {
  const found = cluster.lookup(identity);
  if (found.state !== 'found') {
    const made = makersOf(graph, cluster, ofObject(identity)).map(({ place }) => spanOf(place, false));
    if (made.length > 0) yield { label: 'defined in', facts: made.map((at) => ({ text: at.file, at })) };
    else if (found.state === 'absent') yield { label: 'defined in', facts: [{ text: 'nothing in the tree' }] };
    else yield { label: 'not in the tree:', facts: [{ text: display(found.why) }] };
    return;
  }
  yield {
    label: 'defined in',
    facts: found.resources.map((one) => ({ text: one.document.file.path, at: nameOf(one) })),
  };
  const by = found.resources.flatMap(({ appliedBy }) => (appliedBy === undefined ? [] : [appliedBy.resource]));
  yield { label: 'applied by', facts: by.map((one) => ({ text: display(describe(one)), at: nameOf(one) })) };
  const flux = cluster.kustomization(identity.namespace, identity.name);
  if (flux === undefined || identity.kind !== 'Kustomization') return;
  const { contents, resources, dependsOn } = flux;
  if (contents.type !== 'elsewhere') {
    yield {
      label: 'applies',
      facts: [{ text: `${resources.length} objects of ${display(contents.folder) || 'the root'}` }],
    };
  }
  yield {
    label: 'waits for',
    facts: dependsOn.map((one) => ({
      text: display(describe({ ...one, kind: 'Kustomization' })),
      at: one.target && nameOf(one.target.resource),
    })),
  };
}

function maker({ resource, path }: Producer): Fact {
  return {
    text: display(describe(resource)),
    at: spanOf(writtenAt(resource, resource.generated ? ['name'] : path), false),
  };
}

function asker(remote: Remote): Fact {
  const part = remote.property === undefined ? '' : ` (${remote.property})`;
  return { text: `${display(describe(remote.resource))}${display(part)}`, at: placeOf(remote) };
}

function remoteName(cluster: Cluster, remote: Remote): string {
  const entry = entryOf(cluster, remote);
  const { property, storeKind, storeName } = remote;
  const name = entry === undefined ? display(remote.key) : subjectName({ type: 'entry', entry, property });
  return `${name} by ${storeKind} ${display(storeName)}`;
}

function placeOf({ resource, path }: Remote): Span {
  return spanOf(writtenAt(resource, path), false);
}

function nameOf(resource: Resource): Span {
  return spanOf(writtenAt(resource, resource.generated ? ['name'] : ['metadata', 'name']), false);
}

/** Each object that reads something, and how. */
function readers(mentions: readonly Mention[]): readonly Fact[] {
  const byObject = groupBy(
    // What a template makes another key of is no reader of that.
    mentions.filter(({ role, use }) => role !== 'makes' && use !== 'template'),
    ({ resource }) => resource,
  );
  return [...byObject.values()].map((own) => {
    const [{ resource, place, onKey }] = own;
    const uses = [...new Set(own.flatMap(({ use }) => use ?? []))].sort(compareText);
    return {
      text: `${display(describe(resource))}${uses.length === 0 ? '' : ` (${uses.join(', ')})`}`,
      at: spanOf(place, onKey),
    };
  });
}

function distinct(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.text, fact])).values()];
}

/** Who reads a list of more than that in a small window? */
const mostFacts = 10;

function shortened(facts: readonly Fact[]): readonly Fact[] {
  const left = facts.length - mostFacts;
  return left > 1 ? [...facts.slice(0, mostFacts), { text: `and ${left} more` }] : facts;
}
