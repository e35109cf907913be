import { isJsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { group as cnpgGroup } from '../../systems/cnpg/names';
import { hasContent } from '../../systems/external-secrets/keys';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import { type GeneratedKeys, generatedRaw } from './generated';
import { type PushedItem, pushedGenerator } from './pushes';
import type { Asked } from './specs';

/** Whether what a push takes from its Secret is surely no JSON object: a password, a user's name. */
export function isSurelyPlain(cluster: Cluster, { asked, namespace, secretKey }: PushedItem): boolean {
  if (secretKey === undefined || !isKnown(secretKey)) return false;
  const templated = textAt(asked.spec, 'template', 'data', secretKey);
  if (templated !== undefined) return isPlainTemplate(templated, new Map());
  if (pushedGenerator(cluster, asked) !== undefined) return true;
  const name = textAt(asked.spec, 'selector', 'secret', 'name');
  if (name === undefined || !isKnown(name) || objectAt(asked.spec, 'template') !== undefined) return false;
  const found = cluster.secrets.lookup('Secret', namespace, name);
  if (found.state !== 'found') return false;
  const makers = found.producers.filter(({ keys, open }) => open || keys.has(secretKey));
  return makers.length > 0 && makers.every(({ resource }) => isPlainIn(cluster, resource, secretKey));
}

function isPlainIn(cluster: Cluster, resource: Resource, key: string): boolean {
  const { group, kind, value, document, uncertain } = resource;
  if (uncertain || document.encrypted) return false;
  if (group === cnpgGroup) return true;
  if (group === '' && kind === 'Secret') {
    const text = textAt(value, 'stringData', key) ?? decoded(textAt(value, 'data', key));
    return text !== undefined && isKnown(text) && !isJson(text);
  }
  const spec = objectAt(value, 'spec');
  if (kind !== 'ExternalSecret' || spec === undefined) return false;
  return isPlainOf(cluster, { resource, spec, path: ['spec'], namespaces: [resource.namespace] }, key);
}

function isPlainOf(cluster: Cluster, asked: Asked, key: string): boolean {
  const raw = generatedRaw(cluster, asked);
  const template = objectAt(asked.spec, 'target', 'template');
  if (!hasContent(template)) return raw.has(key);
  const text = textAt(template, 'data', key);
  return text !== undefined && isPlainTemplate(text, raw);
}

/** Whether a template renders no JSON object: it begins otherwise, or is a generated value and nothing else. */
function isPlainTemplate(text: string, raw: GeneratedKeys): boolean {
  if (!isKnown(text)) return false;
  const start = text.trimStart();
  if (start === '') return true;
  if (!start.startsWith('{')) return true;
  const key = /^\{\{-?\s*\.(\w+)\s*-?\}\}\s*$/.exec(start)?.[1];
  return key !== undefined && raw.has(key);
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined || !isKnown(text) ? undefined : Buffer.from(text, 'base64').toString('utf8');
}

function isJson(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}
