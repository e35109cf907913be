import { isJsonObject, type Json } from '../json/json';
import { at, keysAt, listAt, textAt, textsIn } from '../json/read';
import type { GroupKind } from '../systems/api-version';
import { releaseOf } from '../systems/flux/helm-release';
import { withoutPrefix } from '../systems/kinds/prefixes';
import { lazy } from '../text/memoize';
import type { ChartContents } from './chart-contents';
import { describe, type Identity } from './identity';
import { chartReferences } from './references/chart-values';
import { namePath } from './references/find';
import type { Resource } from './resource';
import type { UnknownSource } from './unknown-source';

type Find = (kind: string, namespace: string, name: string) => Resource | undefined;

/**
 * What the chart of a HelmRelease may make: its names begin with the release's, the chart's or what the values say instead, or stand
 * in the values.
 */
function chartIn(release: Resource, find: Find): Partial<UnknownSource> {
  const { target } = releaseOf(release);
  const creates = at(release.value, 'spec', 'install', 'createNamespace') === true;
  const own = releaseOf(release).name;
  // Most releases are never asked, and most names are known at once.
  const lacks = lazy(() => lackingIn(release, find));
  const names = lazy(() => namesOf(release, find));
  const makes = (object: Identity): boolean => {
    if (lacks()(object)) return false;
    if (beginsWith(object.name, own) || beginsWith(object.name, release.name)) return true;
    const { beginnings, words, parts, chart } = names();
    if (beginnings.some((one) => beginsWith(object.name, one)) || words.has(object.name)) return true;
    if (chart === 'flux-instance' && object.kind === 'FluxInstance') return true;
    const ofOperator = withoutPrefix(object.name);
    if (ofOperator !== undefined && beginnings.some((one) => beginsWith(ofOperator, one))) return true;
    return object.kind === 'Service' && object.name.split('-').every((part) => parts.has(part));
  };
  return { namespaces: [target], makes, helm: true, release: own, createsNamespace: creates ? target : undefined };
}

/**
 * What a HelmRelease may make that the tree does not show: all that its chart may, unless that has been opened. Then it is what hooks
 * and a chart that asks the cluster may make besides.
 */
export function leftUnknown(
  release: Resource,
  contents: ChartContents | undefined,
  find: Find,
): readonly Partial<UnknownSource>[] {
  const any = chartIn(release, find);
  if (contents?.type !== 'opened' || contents.uncertain !== undefined || contents.incomplete) return [any];
  const hasJob = contents.objects.some(({ kind, chart }) => kind === 'Job' && (chart?.hooks.length ?? 0) > 0);
  if (!hasJob && !contents.looksUp) return any.createsNamespace === undefined ? [] : [{ ...any, holds: () => false }];
  const what = hasJob ? 'a Job of its chart' : 'its chart, which asks the cluster,';
  const why = `${what} may make it (${describe(release)})`;
  return [{ ...any, why, holds: isPlainData }];
}

function isPlainData({ group, kind }: GroupKind): boolean {
  return group === '' && (kind === 'Secret' || kind === 'ConfigMap');
}

/** Whether a name is another, or begins with it and a dash or a dot. */
export function beginsWith(name: string, beginning: string): boolean {
  return name.startsWith(beginning) && (name.length === beginning.length || /[-.]/.test(name[beginning.length] ?? ''));
}

/** Parts of the names of Services that no values say. */
const usual = 'admin api controller gateway headless http metrics operated server service svc ui web webhook'.split(
  ' ',
);

function namesOf(release: Resource, find: Find) {
  const { name, value } = release;
  const chart = chartOf(release, find);
  const beginnings = new Set([releaseOf(release).name, name, ...(chart === undefined ? [] : [chart])]);
  const words = new Set<string>();
  // What the values name as made elsewhere, the chart does not make.
  const references = chartReferences(release);
  const named = new Set(references.map((reference) => reference.name));
  const referred = new Set(references.map((reference) => JSON.stringify(namePath(reference))));
  const given = valuesGiven(release, find);
  const values = at(value, 'spec', 'values');
  for (const { text, path } of [
    ...textsIn(values, ['spec', 'values']),
    ...textsIn(at(value, 'spec', 'postRenderers'), ['spec', 'postRenderers']),
    ...given.flatMap((map) => [...textsIn(at(map, 'data')), ...textsIn(at(map, 'stringData'))]),
  ]) {
    if (named.has(text) && referred.has(JSON.stringify(path))) continue;
    if (/nameoverride$/i.test(String(path.at(-1)))) beginnings.add(text);
    for (const word of text.split(/[^A-Za-z0-9.-]+/)) words.add(word);
    for (const [, override] of text.matchAll(/nameOverride:\s*["']?([a-z0-9.-]+)/gi)) beginnings.add(override ?? '');
  }
  for (const key of keysIn(values)) words.add(key);
  beginnings.delete('');
  words.delete('');
  // Charts cut their names off: kube-prometheus-stack after 26 letters, Flux a release's after 40.
  for (const one of [...beginnings]) if (one.length > 26) beginnings.add(one.slice(0, 26).replace(/-$/, ''));
  // Services often are called by what the values switch on: `hubble-ui` of `hubble: {ui: …}`.
  const parts = new Set([...words, ...[...beginnings].flatMap((one) => one.split('-')), ...usual]);
  return { beginnings: [...beginnings], words, parts, chart };
}

/** The objects that `valuesFrom` names. */
function valuesGiven({ namespace, value }: Resource, find: Find) {
  return listAt(value, 'spec', 'valuesFrom').map(
    (from) => find(textAt(from, 'kind') ?? '', namespace, textAt(from, 'name') ?? '')?.value,
  );
}

function lackingIn(release: Resource, find: Find): (object: Identity) => boolean {
  const isKnown =
    chartOf(release, find) === 'app-template' && valuesGiven(release, find).every((map) => map !== undefined);
  return isKnown ? lacking(at(release.value, 'spec', 'values')) : () => false;
}

/** The chart's name; undefined where a source says it that the tree does not have. */
function chartOf({ namespace, value }: Resource, find: Find): string | undefined {
  const named = textAt(value, 'spec', 'chart', 'spec', 'chart');
  if (named !== undefined) return named.split('/').at(-1);
  const ref = at(value, 'spec', 'chartRef');
  const [kind, name] = [textAt(ref, 'kind') ?? '', textAt(ref, 'name') ?? ''];
  const source = find(kind, textAt(ref, 'namespace') ?? namespace, name);
  const chart = textAt(source?.value, 'spec', 'url') ?? textAt(source?.value, 'spec', 'chart');
  return (chart ?? name).split('/').at(-1);
}

/**
 * The Secrets, ConfigMaps and claims that bjw-s' app-template, which most releases of home clusters use, does not make: it has none but
 * those that its values list (https://bjw-s-labs.github.io/helm-charts/docs/common-library/).
 */
function lacking(values: Json | undefined): (object: Identity) => boolean {
  const has = (fields: RegExp) => keysAt(values).some((key) => fields.test(key));
  const secrets = has(/^(?:secrets?|externalSecrets?|serviceAccount|rawResources|ingress|addons)$/i);
  const maps = has(/^(?:config-?maps?(?:FromFolder)?|rawResources|addons)$/i);
  const claims =
    has(/^(?:rawResources|addons)$/i) ||
    JSON.stringify(at(values, 'controllers') ?? null).includes('volumeClaimTemplates') ||
    keysAt(values, 'persistence').some((field) => isMadeClaim(at(values, 'persistence', field)));
  return ({ group, kind }) =>
    group === '' &&
    ((kind === 'Secret' && !secrets) ||
      (kind === 'ConfigMap' && !maps) ||
      (kind === 'PersistentVolumeClaim' && !claims));
}

/** Whether app-template makes a claim for an entry of `persistence`, rather than to mount one that is there. */
function isMadeClaim(entry: Json | undefined): boolean {
  const isClaim = (textAt(entry, 'type') ?? 'persistentVolumeClaim') === 'persistentVolumeClaim';
  return isClaim && textAt(entry, 'existingClaim') === undefined;
}

/** Every key in a value. */
function* keysIn(value: Json | undefined): Generator<string> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) yield* keysIn(item);
  else if (isJsonObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      yield key;
      yield* keysIn(inner);
    }
  }
}
