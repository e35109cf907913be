import { isJsonObject, type Json } from '../../json/json';
import { type Item, originalId, withPrevious, withValue } from './item';
import { type Place, withField } from './origin';
import { withChanged } from './shared';
import { editField, type FieldSpec, isSelected } from './specs';

/** Whose names no prefix or suffix changes (PrefixTransformer.go of kustomize). */
const fixed: readonly Pick<FieldSpec, 'group' | 'kind'>[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** The prefix and suffix transformers: the name of an object and, where a configuration says so, further fields. */
export function affixName(item: Item, end: 'prefix' | 'suffix', affix: string, specs: readonly FieldSpec[]): Item {
  const { kind } = originalId(item);
  const { apiVersion } = item.id;
  if (affix === '' || fixed.some((spec) => isSelected({ apiVersion, kind }, spec))) return item;
  let next = item;
  const set = (at: Json): Json => {
    const text = typeof at === 'object' ? '' : String(at);
    return end === 'prefix' ? `${affix}${text}` : `${text}${affix}`;
  };
  for (const spec of specs) {
    if (!isSelected({ apiVersion, kind }, spec)) continue;
    if (spec.path === 'metadata/name') {
      const list = end === 'prefix' ? 'prefixes' : 'suffixes';
      next = withPrevious({ ...next, [list]: [...next[list], affix] });
    }
    next = withChanged(next, editField(next.value, spec, set, 'text'));
  }
  return next;
}

/** The item under another name, its old one noted. */
export function renamed(item: Item, name: string, at?: Place): Item {
  const metadata = isJsonObject(item.value.metadata) ? item.value.metadata : {};
  const value = withField(item.value, 'metadata', withField(metadata, 'name', name, at));
  return withValue(withPrevious(item), value);
}
