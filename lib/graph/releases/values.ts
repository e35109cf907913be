import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt, textsIn } from '../../json/read';
import { mergeValues, type Values } from '../../systems/helm/merge-values';
import { setLiteral, setValue, ValueFault } from '../../systems/helm/set-value';
import { isKnown, symbol } from '../../text/symbolic';
import { parseFile } from '../../tree/source/parse';
import type { Cluster } from '../cluster';
import { describe } from '../identity';
import type { Resource } from '../resource';

/** The values of a release, as far as they are known. */
export interface ReleaseValues {
  readonly values: JsonObject;
  /** Why they may be otherwise: a clause; undefined where all is known but for symbols in them. */
  readonly uncertain: string | undefined;
  /** The values among them that Secrets of the tree hold. */
  readonly secret: readonly string[];
}

/** What an entry of `valuesFrom` leads to. */
type Content =
  | { readonly state: 'known'; readonly text: string }
  /** It is, but nobody knows what is in it. */
  | { readonly state: 'unknown'; readonly why: string }
  /** The entry is passed over. */
  | { readonly state: 'none' };

/**
 * The values that Helm is given: what `spec.valuesFrom` names in its order, then `spec.values`. With targetPath the values come
 * before it, and again at the end: they win where both have a map, and where they have the value.
 *
 * Source: fluxcd/pkg chartutil 1.27 values.go (ChartValuesFromReferences), of helm-controller 1.6
 *
 * @throws ValueFault for what Flux refuses
 */
export function valuesOfRelease(release: Resource, cluster: Cluster): ReleaseValues {
  const written = objectAt(release.value, 'spec', 'values') ?? {};
  const entries = listAt(release.value, 'spec', 'valuesFrom');
  if (entries.length === 0) return { values: written, uncertain: undefined, secret: [] };
  // What is set at a path may be set in a map of these, which is why they are a copy.
  const own = structuredClone(written) as Values;
  let values: Values = {};
  let uncertain: string | undefined;
  const secret: string[] = [];
  for (const entry of entries) {
    const content = contentOf(entry, release.namespace, cluster);
    if (content.state === 'none') continue;
    if (content.state === 'known' && textAt(entry, 'kind') === 'Secret') secret.push(content.text);
    const path = textAt(entry, 'targetPath') ?? '';
    if (path === '') {
      if (content.state === 'unknown') uncertain ??= content.why;
      else {
        const file = read(content.text, entry);
        if (textAt(entry, 'kind') === 'Secret') for (const { text } of textsIn(file)) secret.push(text);
        values = mergeValues(values, file);
      }
      continue;
    }
    values = mergeValues(values, own);
    if (content.state === 'unknown') setLiteral(values, path, unknownText(entry));
    else if (at(entry, 'literal') === true) setLiteral(values, path, content.text);
    else setValue(values, path, content.text);
  }
  return { values: mergeValues(values, own), uncertain, secret };
}

/** `${Secret/db/password}`: what a value that nobody knows is called. */
function unknownText(entry: Json): string {
  return symbol(`${textAt(entry, 'kind') ?? ''}/${textAt(entry, 'name') ?? ''}/${keyOf(entry)}`);
}

export function keyOf(entry: Json): string {
  return textAt(entry, 'valuesKey') || 'values.yaml';
}

export function contentOf(entry: Json, namespace: string, cluster: Cluster): Content {
  const kind = textAt(entry, 'kind');
  const name = textAt(entry, 'name') ?? '';
  if (kind !== 'Secret' && kind !== 'ConfigMap')
    throw new ValueFault(`valuesFrom names a ${kind ?? 'thing without kind'}`);
  const why = `nobody but the cluster knows ${describe({ kind, namespace, name })}, of which its values are`;
  const [plain] = cluster.find({ group: '', kind, namespace, name });
  if (plain !== undefined) {
    const text = dataOf(plain, keyOf(entry));
    if (text === undefined && !plain.uncertain && at(entry, 'optional') === true) return { state: 'none' };
    return text === undefined ||
      plain.uncertain ||
      plain.document.encrypted ||
      text.startsWith('ENC[') ||
      !isKnown(text)
      ? { state: 'unknown', why }
      : { state: 'known', text };
  }
  const found = cluster.secrets.lookup(kind, namespace, name);
  // A chart makes nothing that values are read of: not its own's, which are read before.
  const isAbsent =
    found.state === 'found'
      ? !found.open && !found.keys.has(keyOf(entry))
      : found.state === 'absent' || found.by?.helm === true;
  return isAbsent && at(entry, 'optional') === true ? { state: 'none' } : { state: 'unknown', why };
}

/** The text of a key: what a ConfigMap has in `data`, a Secret there or in `stringData`, which counts first. */
function dataOf({ kind, value }: Resource, key: string): string | undefined {
  if (kind === 'ConfigMap') return textAt(value, 'data', key);
  const data = textAt(value, 'data', key);
  return textAt(value, 'stringData', key) ?? (data && isKnown(data) ? Buffer.from(data, 'base64').toString() : data);
}

/** As sigs.k8s.io/yaml does, which kustomize reads its own files with: `yes` is true, and of two alike keys the last counts. */
function read(text: string, entry: Json): Values {
  const { documents, faults } = parseFile('kustomization.yaml', text);
  const [document] = documents;
  if (
    faults.some(({ kind }) => kind !== 'duplicate-key') ||
    (document !== undefined && document.value !== null && !isJsonObject(document.value))
  ) {
    throw new ValueFault(`${textAt(entry, 'kind')} ${textAt(entry, 'name')} has no YAML of a map in ${keyOf(entry)}`);
  }
  return structuredClone(document?.value ?? {}) as Values;
}
