import type { Cluster } from '../../graph/cluster';
import { entryOf, readsOfEntry, remotesBy } from '../../graph/entries';
import { variableUsers } from '../../graph/flux/variable-users';
import type { Graph } from '../../graph/graph';
import { hostsOf } from '../../graph/hosts';
import { describe, type Identity, identityKey } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import { hider } from '../../graph/masking';
import { addressMentions, hostMentions } from '../../graph/mentions';
import type { Resource, ResourcePath } from '../../graph/resource';
import { shownPlace } from '../../graph/shown-place';
import { type Subject, subjectName } from '../../graph/subjects';
import { display } from '../../graph/substitution';
import { pathText } from '../../json/path-text';
import { podTemplatePath } from '../../systems/kinds/kinds';
import { groupBy } from '../../text/group-by';
import { lazy } from '../../text/memoize';
import { makeContext } from '../context';
import { effect, type Happening } from '../effect';
import { howItRolls } from '../effects/restart';
import { lossOf } from '../loss';
import { usersOfStore } from '../store-users';
import { type Change, concerns, ifChanged, isSecretKind } from './changed';
import { ifGone, type Loss } from './gone';
import type { Impact, ImpactEffect, Reader } from './impact';
import { likelyReadersOf, readersOf, referencesTo, takes } from './reads';
import { follow, shownName } from './walk';

export type { Impact, ImpactEffect, Reader } from './impact';

/** What hangs on a subject: who reads it, what happens once it is another, and once it is gone. */
export function impactOf(subject: Subject, graph: Graph, cluster: Cluster, name: string): Impact {
  const { tree } = graph;
  const resource = subject.type === 'object' ? resourceOf(subject.identity, cluster) : undefined;
  const whole = subject.type === 'object' && subject.key === undefined ? resource : undefined;
  const context = lazy(() => makeContext({ graph, cluster, name }, undefined));
  const setting = { cluster, lossesOf: (lost: Resource) => lossOf(lost, context()) };
  const impact: Impact = {
    cluster: name,
    subject: subjectName(subject),
    ...shownPlace(resource && { resource, path: ['metadata', 'name'] }, tree),
    ...(resource?.appliedBy !== undefined && { kustomization: nameOf(resource.appliedBy) }),
    madeBy: makersOf(subject, cluster),
    readers: readers(subject, cluster, graph),
    ifChanged: [
      ...own(subject, whole === undefined ? [] : ownChange(whole)),
      ...follow<Change>(subject, 'changed', (of, change) => ifChanged(of, change, cluster), tree),
    ],
    ifGone: [
      ...own(subject, whole === undefined ? [] : ownLoss(setting.lossesOf(whole), whole)),
      ...follow<Loss>(subject, 'gone', (of, loss) => ifGone(of, loss, setting), tree),
    ],
  };
  return hidden(impact, graph);
}

function resourceOf(identity: Identity, cluster: Cluster): Resource | undefined {
  return cluster.find(identity)[0] ?? cluster.begun.find((one) => identityKey(one) === identityKey(identity));
}

/** What happens to the subject itself. */
function own(subject: Subject, happenings: readonly Happening[]): ImpactEffect[] {
  return happenings.map(({ kind, danger, message, todo = [] }) => ({
    kind,
    danger,
    object: shownName(subject),
    message,
    chain: [],
    todo,
    distance: 0,
  }));
}

function ownChange(resource: Resource): Happening[] {
  if (resource.kind === 'HelmRelease') {
    return [effect('upgrade', 'medium', 'is upgraded; whether that restarts its pods is up to the chart')];
  }
  return podTemplatePath(resource) === undefined || /^(?:Job|Pod)$/.test(resource.kind) ? [] : [howItRolls(resource)];
}

/** Data and credentials that go with it, and what of it is not told of others. */
function ownLoss(losses: readonly Happening[], { kind: of }: Resource): Happening[] {
  return losses.filter(
    ({ kind }) => kind === 'data' || kind === 'password' || (kind === 'deleted' && of !== 'ExternalSecret'),
  );
}

/** What makes a Secret, a ConfigMap or an entry of a store, and with what. */
function makersOf(subject: Subject, cluster: Cluster): string[] {
  if (subject.type === 'host') {
    return unique((hostsOf(cluster).get(subject.host) ?? []).map(({ resource }) => describe(resource)));
  }
  if (subject.type === 'entry') {
    const pushes = subject.entry.remotes.filter((one) => one.verb === 'push' && concerns(one, subject.property));
    return unique(pushes.map(({ resource }) => describe(resource)));
  }
  const { identity, key } = subject;
  if (!isSecretKind(identity)) return [];
  const found = cluster.secrets.lookup(identity.kind, identity.namespace, identity.name);
  if (found.state === 'unknown') return [`${display(found.why)} (the tree does not show it)`];
  if (found.state === 'absent') return [];
  return unique(
    found.producers
      .filter((made) => key === undefined || made.open || made.keys.has(key))
      .map(({ resource }) => makerText(resource, identity, cluster)),
  );
}

function makerText(maker: Resource, identity: Identity, cluster: Cluster): string {
  if (identityKey(maker) === identityKey(identity)) {
    return maker.document.encrypted ? 'the tree, encrypted' : maker.generated ? 'kustomize, from files' : 'the tree';
  }
  const entries = (remotesBy(cluster).get(identityKey(maker)) ?? []).flatMap(
    (one) => entryOf(cluster, one)?.name ?? [],
  );
  return `${describe(maker)}${entries.length === 0 ? '' : `, from ${unique(entries).join(', ')}`}`;
}

function readers(subject: Subject, cluster: Cluster, { tree }: Graph): Reader[] {
  const found = [...readersIn(subject, cluster)];
  const byObject = groupBy(found, ({ at }) => identityKey(at.resource));
  return [...byObject.values()].map((uses) => ({
    object: display(describe(uses[0].at.resource)),
    how: unique(uses.map(({ how }) => how)).join(', '),
    optional: uses.every(({ optional }) => optional === true),
    ...shownPlace(uses[0].at, tree),
  }));
}

interface FoundReader {
  readonly at: ResourcePath;
  readonly how: string;
  readonly optional?: boolean;
}

function* readersIn(subject: Subject, cluster: Cluster): Generator<FoundReader> {
  if (subject.type === 'host') {
    for (const at of hostMentions(cluster).get(subject.host) ?? [])
      yield { at, how: `names it in \`${pathText(at.path)}\`` };
    return;
  }
  if (subject.type === 'entry') {
    for (const remote of readsOfEntry(cluster, subject.entry)) {
      if (!concerns(remote, subject.property)) continue;
      const what = remote.property === undefined ? 'it' : `\`${remote.property}\``;
      yield { at: remote, how: remote.verb === 'find' ? 'looks for all that is below it' : `reads ${what}` };
    }
    return;
  }
  const { identity, key } = subject;
  if (isSecretKind(identity)) {
    const { kind, namespace, name } = identity;
    for (const references of readersOf(cluster, kind, namespace, name, key)) {
      const optional = references.every((one) => one.optional);
      yield { at: references[0], how: takes(references), optional };
    }
    for (const at of likelyReadersOf(cluster, kind, namespace, name, key)) {
      yield { at, how: `names it in \`${pathText(at.path)}\`` };
    }
    for (const { kustomization, path, optional } of variableUsers(cluster, kind, namespace, name)) {
      yield { at: { resource: kustomization.resource, path }, how: 'takes variables from it', optional };
    }
  }
  for (const reference of referencesTo(cluster, identity)) {
    if (reference.use !== undefined) continue;
    yield { at: reference, how: `refers to it in \`${pathText(reference.path)}\`` };
  }
  if (identity.group === '' && identity.kind === 'Service') {
    for (const at of addressMentions(cluster).services.get(`${identity.namespace}/${identity.name}`) ?? []) {
      yield { at, how: `names its address in \`${pathText(at.path)}\`` };
    }
  }
  for (const at of addressMentions(cluster).releases.get(identityKey(identity)) ?? []) {
    yield { at, how: `names ${at.address}, which its chart seems to make, in \`${pathText(at.path)}\`` };
  }
  const [resource] = cluster.find(identity);
  if (resource === undefined || !/^(?:Cluster)?SecretStore$/.test(resource.kind)) return;
  for (const user of usersOfStore(resource, { cluster })) {
    yield {
      at: { resource: user, path: ['spec'] },
      how: user.kind.endsWith('PushSecret') ? 'writes through it' : 'reads through it',
    };
  }
}

/** Without what is secret in its texts. */
function hidden(impact: Impact, graph: Graph): Impact {
  const hide = hider([graph]);
  const effects = (all: readonly ImpactEffect[]) =>
    all.map((one) => ({
      ...one,
      message: hide(one.message),
      object: hide(one.object),
      chain: one.chain.map(hide),
      todo: one.todo.map(hide),
    }));
  return {
    ...impact,
    subject: hide(impact.subject),
    madeBy: impact.madeBy.map(hide),
    readers: impact.readers.map((reader) => ({ ...reader, object: hide(reader.object), how: hide(reader.how) })),
    ifChanged: effects(impact.ifChanged),
    ifGone: effects(impact.ifGone),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
