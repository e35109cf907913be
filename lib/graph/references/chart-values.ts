import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import { releaseOf } from '../../systems/flux/helm-release';
import { claim, environment, volumeFiles } from '../../systems/references/kubernetes';
import { configMap, configMapKey, type Rows, secret, secretKey } from '../../systems/references/row';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { addReferences } from './find';
import type { Reference } from './reference';
import { visitRows } from './walk';

/**
 * What the values of a HelmRelease hand on to its pods, where they are written as Kubernetes writes it (`envFrom`, `secretKeyRef`,
 * `volumes`), as app-template does (`persistence`), or under the name that charts agree on (`existingSecret`).
 */
export const chartReferences = memoize((release: Resource): readonly Reference[] =>
  // What Helm fills in is not known.
  writtenReferences(release).filter(({ name, key }) => !name.includes('{{') && !key?.includes('{{')),
);

const writtenReferences = memoize((release: Resource): readonly Reference[] => {
  const values = objectAt(release.value, 'spec', 'values');
  if (values === undefined || at(release.value, 'spec', 'suspend') === true) return [];
  const found: Reference[] = [];
  addValues(found, release, values, ['spec', 'values']);
  const namespace = textAt(release.value, 'spec', 'targetNamespace') ?? release.namespace;
  return found.map((one) => ({ ...one, namespace }));
});

/** The same of all releases whose charts are not opened: of the others the objects say what they refer to. */
export function valuesReferences(cluster: Pick<Cluster, 'charts' | 'ofKind'>): readonly Reference[] {
  return closedReleases(cluster).flatMap(chartReferences);
}

/** Those whose name Helm fills in with the release's: what most charts do with `{{ .Release.Name }}` in their values. */
export function templatedReferences(cluster: Pick<Cluster, 'charts' | 'ofKind'>): readonly Reference[] {
  return closedReleases(cluster).flatMap((release) =>
    writtenReferences(release).flatMap((reference) => {
      const name = reference.name.replace(/\{\{-?\s*\.Release\.Name\s*-?\}\}/g, releaseOf(release).name);
      return name === reference.name || name.includes('{{') ? [] : [{ ...reference, name }];
    }),
  );
}

function closedReleases({ charts, ofKind }: Pick<Cluster, 'charts' | 'ofKind'>): readonly Resource[] {
  return ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').filter((release) => charts.get(release)?.type !== 'opened');
}

const ofItself = Object.fromEntries(Object.entries(environment).filter(([path]) => path.startsWith('envFrom')));

/** `env` is gone through like all else, for a pair of name and key. */
const keyed: Rows = { secretKeyRef: secretKey('env'), configMapKeyRef: configMapKey('env') };

function addValues(found: Reference[], release: Resource, value: JsonObject, path: Path): void {
  // Of what is off nothing is rendered.
  if (value.enabled === false) return;
  const add = (rows: Rows, of: Json, way: Path) =>
    visitRows(rows, of, way, (row, one, to) => addReferences(found, release, row, one, to));
  add(ofItself, value, path);
  for (const [field, inner] of Object.entries(value)) {
    const way = [...path, field];
    const row = rowOf(field, inner);
    if (row !== undefined) addReferences(found, release, row, inner, way);
    else if (/volumes$/i.test(field) && Array.isArray(inner)) {
      for (const [i, volume] of (inner as readonly Json[]).entries()) add(volumeFiles, volume, [...way, i]);
    } else if (field === 'persistence' && isJsonObject(inner)) addPersistence(found, release, inner, way);
    else if (field !== 'envFrom') addInner(found, release, inner, way);
  }
}

function rowOf(field: string, value: Json) {
  const pair = keyed[field];
  if (pair !== undefined && textAt(value, 'name') !== undefined && textAt(value, 'key') !== undefined) return pair;
  if (typeof value !== 'string') return undefined;
  if (/^existingSecret(?:Name)?$/.test(field)) return secret('credentials');
  if (field === 'existingClaim') return claim;
  return /^existingConfig-?map(?:Name)?$/i.test(field) ? configMap('credentials') : undefined;
}

function addInner(found: Reference[], release: Resource, value: Json, path: Path): void {
  if (isJsonObject(value)) addValues(found, release, value, path);
  else if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) addInner(found, release, item, [...path, i]);
  }
}

/** The volumes of app-template: `persistence.config: {type: configMap, name: …}`. */
function addPersistence(found: Reference[], release: Resource, persistence: JsonObject, path: Path): void {
  for (const [field, volume] of Object.entries(persistence)) {
    if (!isJsonObject(volume) || volume.enabled === false) continue;
    const row = { secret: secret('volume'), configMap: configMap('volume') }[textAt(volume, 'type') ?? ''];
    if (row === undefined) addValues(found, release, volume, [...path, field]);
    else if (typeof volume.name === 'string') addReferences(found, release, row, volume.name, [...path, field, 'name']);
  }
}
