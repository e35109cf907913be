import { isJsonObject } from '../tree';
import { groupOf, type Item, originalId, withPrevious, withValue } from './item';

/** The prefix and suffix transformers: all names but those that an object's nature or users fix. */
export function affixName(item: Item, prefix: string, suffix: string): Item {
  const { kind, apiVersion } = originalId(item);
  if (kind === 'CustomResourceDefinition' || kind === 'Namespace') return item;
  if (kind === 'APIService' && groupOf(apiVersion) === 'apiregistration.k8s.io') return item;
  let named = item;
  if (prefix !== '') named = renamed({ ...named, prefixes: [...named.prefixes, prefix] }, `${prefix}${named.id.name}`);
  if (suffix !== '') named = renamed({ ...named, suffixes: [...named.suffixes, suffix] }, `${named.id.name}${suffix}`);
  return named;
}

/** The item under another name, its old one noted. */
export function renamed(item: Item, name: string): Item {
  const metadata = isJsonObject(item.value.metadata) ? item.value.metadata : {};
  return withValue(withPrevious(item), { ...item.value, metadata: { ...metadata, name } });
}
