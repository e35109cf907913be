import { isUtf8 } from 'node:buffer';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { resolvePlain } from '../source/scalar';
import type { BuildFault } from './built';
import { type Item, itemOf } from './item';
import { entriesOf, type Kustomization, type Placed } from './kustomization';
import { resolveEntry } from './place';
import { absence, comesFrom, type Reading } from './reading';

/** What a generator makes, and what it reads. */
export interface Generated {
  readonly item?: Item;
  readonly files: readonly string[];
  readonly faults: readonly BuildFault[];
  /** What it does to an object that is there: none, by default. */
  readonly behavior?: 'merge' | 'replace';
  /** Why it cannot be followed; with an item, why that is uncertain. */
  readonly open?: string;
}

/** The most bytes that the generators of a tree read: a ConfigMap or Secret holds one MB at most. */
const maximumGenerated = 100_000_000;

/** The files that an entry of configMapGenerator or secretGenerator names, whether they are there or not. */
export function filesOfGenerator(entry: Json | undefined, folder: string): readonly string[] {
  if (!isJsonObject(entry)) return [];
  const envs = [...texts(entry.envs), ...(typeof entry.env === 'string' ? [entry.env] : [])];
  const files = texts(entry.files).map((file) => file.slice(file.indexOf('=') + 1));
  return [...envs, ...files].flatMap((file) => resolveEntry(folder, file) ?? []);
}

/** The ConfigMap or Secret that an entry of configMapGenerator or secretGenerator makes (api/internal/generators). */
export function generate(
  reading: Reading,
  kustomization: Kustomization,
  kind: 'ConfigMap' | 'Secret',
  { value, document, path }: Placed<Json>,
): Generated {
  const faults: BuildFault[] = [];
  const fault = (kindOf: BuildFault['kind'], at: BuildFault['path'], message: string): void => {
    faults.push({ kind: kindOf, document, path: [...path, ...at], message, fails: true });
  };
  const args = isJsonObject(value) ? value : {};
  const files: string[] = [];
  const pairs: [key: string, value: Buffer][] = [];
  let open: string | undefined;
  let encrypted: string | undefined;

  /** A file's bytes; what is not there is a fault. */
  const load = (entry: string, at: BuildFault['path']): Buffer | undefined => {
    const where = resolveEntry(kustomization.folder, entry);
    const bytes = where === undefined ? undefined : reading.bytes(where);
    if (where !== undefined && bytes !== undefined) {
      reading.generated += bytes.length;
      if (reading.generated > maximumGenerated) {
        open = `generators of the tree read more than ${maximumGenerated / 1e6} MB, which is more than is followed`;
        return undefined;
      }
      files.push(where);
      const content = Buffer.from(bytes);
      if (isEncrypted(content)) encrypted = where;
      return content;
    }
    const origin = comesFrom(reading, entry, where);
    if (origin !== undefined) open = origin;
    else if (where === undefined) fault('outside', at, `${entry} lies outside the source; move it into the source`);
    else {
      const { kind, message } = absence(reading, where, 'add the file, or correct the entry');
      fault(kind, at, message);
    }
    return undefined;
  };

  const envs = [...texts(args.envs), ...(typeof args.env === 'string' && args.env !== '' ? [args.env] : [])];
  for (const [i, entry] of envs.entries()) {
    const at = i < texts(args.envs).length ? ['envs', i] : ['env'];
    const content = load(entry, at);
    for (const line of linesOf(content?.toString('utf8') ?? '')) {
      const [key = '', ...rest] = line.split('=');
      if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)) fault('invalid', at, `${entry} has a line that is not NAME=value`);
      // What SOPS notes beside the values: Flux has taken it away by then.
      else if (!isEncrypted(content) || !key.startsWith('sops_')) pairs.push([key, Buffer.from(rest.join('='))]);
    }
  }
  for (const [i, literal] of texts(args.literals).entries()) {
    const split = literal.indexOf('=');
    // Not the literal itself: it may be a secret.
    if (split < 1) fault('invalid', ['literals', i], 'a literal must be key=value');
    else pairs.push([literal.slice(0, split), Buffer.from(unquoted(literal.slice(split + 1)))]);
  }
  for (const [i, entry] of texts(args.files).entries()) {
    const parts = entry.split('=');
    const [key = '', file = ''] = parts.length === 1 ? [entry.split('/').at(-1), entry] : parts;
    if (parts.length > 2 || key === '' || file === '') {
      fault('invalid', ['files', i], `${JSON.stringify(entry)} must be a path, or key=path`);
      continue;
    }
    const content = load(file, ['files', i]);
    if (content !== undefined) pairs.push([key, content]);
  }

  const seen = new Set<string>();
  for (const [key] of pairs) {
    if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key))
      fault('invalid', [], `${JSON.stringify(key)} is no key, which has letters, digits, "-", "_" or "."`);
    // kustomize writes it without quotes, reads it back and fails (kyaml/yaml/datamap.go).
    else if (resolvePlain(key, 'resource') !== key)
      fault('invalid', [], `the key ${key} is no text in YAML, and kustomize fails at it; give it another name`);
    else if (seen.has(key)) fault('invalid', [], `the key ${key} appears twice in one generator`);
    seen.add(key);
  }
  if (typeof args.name !== 'string' || args.name === '') fault('invalid', [], 'the generator has no name');
  if (faults.length > 0 || open !== undefined) return { files, faults, open };

  const options = optionsOf(kustomization, args);
  const item = itemOf(objectOf(kind, args, pairs, options), document, path, true);
  const unknown = encrypted && `${encrypted} is encrypted: only Flux knows its content and its hash`;
  const hashed = options.disableNameSuffixHash !== true;
  const behavior = args.behavior === 'merge' || args.behavior === 'replace' ? args.behavior : undefined;
  return { item: { ...item, hashed, uncertain: unknown !== undefined }, behavior, files, faults, open: unknown };
}

function objectOf(
  kind: 'ConfigMap' | 'Secret',
  args: JsonObject,
  pairs: readonly (readonly [string, Buffer])[],
  { labels, annotations, immutable }: JsonObject,
): JsonObject {
  const data: { [key: string]: string } = {};
  const binaryData: { [key: string]: string } = {};
  for (const [key, content] of [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (kind === 'Secret') data[key] = base64(content);
    else if (isUtf8(content)) data[key] = content.toString('utf8');
    else binaryData[key] = base64(content);
  }
  const isSecret = kind === 'Secret';
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: args.name as string,
      ...(typeof args.namespace === 'string' && args.namespace !== '' && { namespace: args.namespace }),
      ...(isFilled(labels) && { labels }),
      ...(isFilled(annotations) && { annotations }),
    },
    ...(isSecret && { type: typeof args.type === 'string' && args.type !== '' ? args.type : 'Opaque' }),
    ...((isSecret || isFilled(data)) && { data }),
    ...(isFilled(binaryData) && { binaryData }),
    ...(immutable === true && { immutable }),
  };
}

/** generatorOptions of the kustomization, which the entry's own options override key by key. */
function optionsOf(kustomization: Kustomization, args: JsonObject): JsonObject {
  const [global] = entriesOf(kustomization, 'generatorOptions');
  const all = isJsonObject(global?.value) ? global.value : {};
  const own = isJsonObject(args.options) ? args.options : {};
  const map = (key: string): JsonObject => {
    const entries = Object.entries({ ...(all[key] as JsonObject), ...(own[key] as JsonObject) });
    // Go's map of texts makes an empty one of null.
    return Object.fromEntries(entries.map(([name, text]) => [name, text ?? '']));
  };
  const flag = (key: string): boolean => all[key] === true || own[key] === true;
  return {
    labels: map('labels'),
    annotations: map('annotations'),
    disableNameSuffixHash: flag('disableNameSuffixHash'),
    immutable: flag('immutable'),
  };
}

/** Lines of 70 characters, as kustomize breaks it. */
function base64(content: Buffer): string {
  const text = content.toString('base64');
  return text.length < 70 ? text : (text.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}

/** Whether SOPS has encrypted it: Flux decrypts what generators read before it builds. */
function isEncrypted(content: Buffer | undefined): boolean {
  return content?.includes('ENC[AES256_GCM,') ?? false;
}

function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.map((line) => line.trimStart()).filter((line) => line !== '' && !line.startsWith('#'));
}

function unquoted(text: string): string {
  return text.length > 1 && /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function isFilled(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).length > 0;
}
