import { rootResource } from '../graph/apply';
import type { Graph } from '../graph/graph';
import { apiVersionOf, describe, isObject } from '../graph/identity';
import { kyvernoPolicies } from '../graph/kyverno';
import { policyVerdicts, toldVerdict } from '../graph/policies';
import { isGiven, judgedValues } from '../graph/releases/judged-values';
import { writtenAt } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import type { Path } from '../json/json';
import { isRemote } from '../systems/flux/helm-release';
import { compareText } from '../text/compare';
import { count } from '../text/count';
import { groupBy } from '../text/group-by';
import { listed } from '../text/listed';
import type { Place } from '../tree/kustomize/origin';
import { foldersOf } from '../tree/paths';
import { locate } from '../tree/source';
import { isSealed } from '../tree/source/encrypted';
import type { SourceDocument } from '../tree/source/source';
import type { NotJudged, Unknown } from './finding';
import { withoutSchema } from './schema/without-schema';

/** More Kustomizations than that are told together, where the reason is one. */
const alike = 5;

/** What could not be judged, each said once: parts of kustomize that were not followed, files from elsewhere, kinds without a schema. */
export function unknownsOf(graph: Graph): Unknown[] {
  const found = new Map<string, Unknown>();
  const say = (unknown: Unknown) => {
    const key = JSON.stringify([unknown.message, unknown.file]);
    if (!found.has(key)) found.set(key, unknown);
  };
  const sayAt = (message: string, document: SourceDocument, path: Path) =>
    say({ message, file: shownPath(graph.tree, document.file.path), line: locate(document, path).line });
  const hasFlux = graph.clusters.some(({ flux }) => flux);
  for (const { unresolved, faults } of graph.builds) {
    for (const { document, path, what } of unresolved) sayAt(what, document, path);
    for (const { kind, document, path } of faults) {
      if (kind === 'helm' && !hasFlux)
        sayAt('the chart is not opened: the objects that it renders are not checked', document, path);
    }
  }
  const elsewhere = graph.clusters.flatMap(({ kustomizations }) =>
    kustomizations.flatMap(({ contents, resource }) =>
      contents.type === 'elsewhere' ? [{ resource, why: contents.why }] : [],
    ),
  );
  for (const [why, all] of groupBy(elsewhere, (one) => one.why)) {
    const each = all.length > alike ? all.slice(0, 1) : all;
    const more = all.length - each.length;
    for (const { resource } of each) {
      const who = more === 0 ? `${describe(resource)} applies` : `${describe(resource)} and ${more} more apply`;
      say({ message: `what ${who} is not known: ${why}`, file: shownPath(graph.tree, resource.document.file.path) });
    }
  }
  for (const { document, value } of graph.builds.flatMap(({ objects }) => objects)) {
    if (!isSealed(value)) continue;
    sayAt(
      'the object is not checked: SOPS has encrypted its kind and name, too (encrypted_regex leaves them)',
      document,
      [],
    );
  }
  for (const unknown of closedReleases(graph)) say(unknown);
  for (const message of schemasElsewhere(graph)) say({ message });
  for (const message of lookingUp(graph)) say({ message });
  const kyverno = new Set(graph.clusters.flatMap((cluster) => kyvernoPolicies(cluster, graph)));
  if (kyverno.size > 0 && graph.toAskKyverno !== undefined) {
    const are = kyverno.size === 1 ? '1 policy of Kyverno is' : `${kyverno.size} policies of Kyverno are`;
    say({ message: `${are} not evaluated: ${graph.toAskKyverno}` });
  }
  for (const { message, at } of openPolicies(graph)) {
    if (at === undefined) say({ message });
    else sayAt(message, at.document, at.path);
  }
  for (const { message, at } of openSets(graph)) sayAt(message, at.document, at.path);
  const [left, ...others] = graph.unusedRoots;
  const resource = left && rootResource(left);
  if (resource !== undefined) {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    say({
      message: `nothing applies ${describe(resource)}${more}: what ${others.length > 0 ? 'they apply' : 'it applies'} is not checked`,
      file: shownPath(graph.tree, resource.document.file.path),
    });
  }
  if (hasFlux) for (const message of notApplied(graph)) say({ message });
  for (const [kind, count] of kindsWithoutSchema(graph)) {
    const objects = count === 1 ? '1 object' : `${count} objects`;
    say({
      message: `there is no schema for ${kind}: the fields of ${objects} are not checked; add its schema with espalier schemas add`,
    });
  }
  return [...found.values()].sort(
    (a, b) => compareText(a.file ?? '', b.file ?? '') || compareText(a.message, b.message),
  );
}

/** HelmReleases of whose charts nobody knows what they make, by the reason. */
function closedReleases(graph: Graph): Unknown[] {
  const closed = graph.clusters.flatMap(({ charts, ofKind }) =>
    ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').flatMap((release) => {
      const contents = charts.get(release);
      if (contents?.type === 'closed') return { release, why: contents.why, fix: contents.fix };
      if (contents?.type === 'failed' && contents.uncertain !== undefined) {
        return { release, why: `${contents.uncertain}, and without it: ${contents.message}`, fix: undefined };
      }
      const isAsked = contents !== undefined || isRemote(release) || graph.toOpenCharts === undefined;
      return isAsked ? [] : { release, why: graph.toOpenCharts ?? '', fix: undefined };
    }),
  );
  return [...groupBy(closed, ({ why }) => why)].map(([why, all]) => {
    const [{ release, fix }] = all;
    const file = why === graph.toOpenCharts ? {} : { file: shownPath(graph.tree, release.document.file.path) };
    const which =
      all.length === 1 ? `chart of ${describe(release)} makes` : `charts of ${all.length} HelmReleases make`;
    return { message: `what the ${which} is not checked: ${why}${fix === undefined ? '' : `. ${fix}`}`, ...file };
  });
}

/** What policies say of objects that nobody can tell here, by policy and reason. */
function openPolicies(graph: Graph): { readonly message: string; readonly at?: Place }[] {
  const open = graph.clusters.flatMap((cluster) =>
    policyVerdicts(graph)(cluster).flatMap((found) => {
      const verdict = toldVerdict(found);
      return verdict.state === 'open' ? [{ policy: found.policy, why: verdict.why }] : [];
    }),
  );
  const groups = groupBy(open, ({ policy, why }) => JSON.stringify([policy.document.file.path, policy.name, why]));
  return [...groups.values()].map((all) => {
    const [{ policy, why }] = all;
    const message = `${describe(policy)} is not judged for ${count(all.length, 'object')}: ${why}`;
    const isOther = graph.policies?.includes(policy) === true;
    return isOther ? { message } : { message, at: writtenAt(policy, ['metadata', 'name']) };
  });
}

/** ResourceSets, and templates of them, whose objects are not known. */
function* openSets({ clusters }: Graph): Generator<{ readonly message: string; readonly at: Place }> {
  for (const { resourceSets } of clusters) {
    for (const [set, contents] of resourceSets) {
      const makes = `what ${describe(set)} makes`;
      if (contents.type === 'open') yield { message: `${makes} is not known: ${contents.why}`, at: writtenAt(set, []) };
      if (contents.type !== 'unfolded') continue;
      for (const { path, why } of contents.open) {
        yield { message: `${makes} of this template is not known: ${why}`, at: writtenAt(set, path) };
      }
    }
  }
}

/** How much could not be judged for something unknown, and for what most of all: in one line, since a large tree has hundreds. */
export function summaryOf(notJudged: readonly NotJudged[]): Unknown[] {
  if (notJudged.length === 0) return [];
  const reasons = [...groupBy(notJudged, ({ why }) => why)].sort(([, a], [, b]) => b.length - a.length);
  const most = reasons.slice(0, named).map(([why, all]) => (all.length === 1 ? why : `${why} (${all.length})`));
  const rest =
    reasons.length > named ? `; ${reasons.length - named} more reason${reasons.length - named === 1 ? '' : 's'}` : '';
  const what = notJudged.length === 1 ? '1 reference is' : `${notJudged.length} references are`;
  return [
    {
      message: `${what} right only if something that the tree does not show provides it: ${most.join('; ')}${rest} (--format json lists them)`,
    },
  ];
}

/** So many reasons are named. */
const named = 3;

/** How many objects no Kustomization applies, and where most of them lie. */
function notApplied({ tree, unreached }: Graph): string[] {
  if (unreached.length === 0) return [];
  let all = 0;
  for (const { documents } of tree.files.values()) for (const { value } of documents) if (isObject(value)) all += 1;
  const ways = unreached.map(({ file }) => foldersOf(file.path));
  const shared = (ways[0] ?? []).filter((folder, i) => ways.every((way) => way[i] === folder)).length;
  const folders = [...groupBy(ways, (way) => way.slice(0, shared + 2).at(-1) ?? '')];
  const most = folders.sort(([, a], [, b]) => b.length - a.length).slice(0, 3);
  const places = most.map(([folder, { length }]) => `${length} in ${shownPath(tree, folder) || 'the root'}`);
  const rest = unreached.length - most.reduce((sum, [, { length }]) => sum + length, 0);
  if (rest > 0) places.push(`${rest} elsewhere`);
  const what = unreached.length === 1 ? `1 of ${all} objects is` : `${unreached.length} of ${all} objects are`;
  return [`${what} in files that no Kustomization applies, and not checked: ${places.join(', ')}`];
}

/** Kinds that no schema is known of in the version that is written, with how many objects there are. */
function kindsWithoutSchema(graph: Graph): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cluster of graph.clusters) {
    for (const { resource } of withoutSchema(graph)(cluster)) {
      const key = `${apiVersionOf(resource.value)} ${resource.kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/** Schemas of charts that refer to what lies elsewhere, which is not fetched. */
function schemasElsewhere({ clusters }: Graph): string[] {
  const given = clusters.flatMap(({ charts }) => [...charts.values()].filter(isGiven));
  const found = given.flatMap((contents) =>
    judgedValues(contents).outside.map(({ chart, address }) => ({
      chart: `${chart} ${contents.chart.version}`,
      address,
    })),
  );
  return [...groupBy(found, ({ chart }) => chart)].map(([chart, all]) => {
    const addresses = [...new Set(all.map(({ address }) => address))].sort(compareText);
    const more = addresses.length > 1 ? ` and ${addresses.length - 1} more` : '';
    return `values.schema.json of chart ${chart} refers to ${addresses[0]}${more}, which is not fetched: what is said there of values is not checked`;
  });
}

/** The charts that ask the cluster what is in it (`lookup`), which answers nothing here: in one line. */
function lookingUp({ clusters }: Graph): string[] {
  const asking = clusters.flatMap(({ charts }) =>
    [...charts.values()].flatMap((contents) =>
      contents.type === 'opened' && contents.looksUp ? [`${contents.chart.name} ${contents.chart.version}`] : [],
    ),
  );
  const names = [...new Set(asking)].sort(compareText);
  if (names.length === 0) return [];
  const who = names.length === 1 ? 'a chart asks' : `${names.length} charts ask`;
  return [
    `${who} the cluster what is in it (lookup), which answers nothing here, as in a first installation: ${listed(names, 3)}`,
  ];
}
