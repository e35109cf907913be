import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { compareText } from '../../text/compare';
import { listed } from '../../text/listed';
import { hidesObjects, type Yield } from './findings';
import { withHash } from './hash';
import { setImage } from './images';
import { type Item, withValue } from './item';
import { withAnnotations, withLabels } from './labels';
import { affixName } from './names';
import { clashMessage, moveItems } from './namespace';
import type { Place } from './origin';
import { warn } from './patch-targets';
import { withChanged } from './shared';
import { editField, type FieldSpec, isSelected, Unfit } from './specs';

/** What one of kustomize's transformers does to all items. Its settings are those of the plugin of its kind. */
export type Transformer = (into: Yield, settings: JsonObject, specs: readonly FieldSpec[], at: Place) => void;

/** kustomize's transformers that need no file (api/internal/builtins), by the kind that they have as plugins. */
export const transformers: { readonly [kind: string]: Transformer | undefined } = {
  NamespaceTransformer(into, settings, specs, at) {
    const { metadata, unsetOnly, setRoleBindingSubjects: mode = '' } = settings;
    const namespace = isJsonObject(metadata) ? textOf(metadata.namespace) : '';
    const modes = ['', 'defaultOnly', 'allServiceAccounts', 'none'];
    if (typeof mode !== 'string' || !modes.includes(mode)) {
      throw new Unfit(`setRoleBindingSubjects must be one of ${modes.slice(1).join(', ')}`);
    }
    if (namespace === '') return;
    const setRoleBindingSubjects = mode === '' ? 'defaultOnly' : mode;
    const options = { namespace, specs, unsetOnly: unsetOnly === true, setRoleBindingSubjects, at };
    const { items, clashes } = moveItems(into.items, options);
    into.items = items;
    for (const item of clashes) {
      into.faults.add({ kind: 'duplicate', ...at, message: clashMessage(item, namespace), fails: true });
    }
  },
  PrefixTransformer(into, { prefix }, specs) {
    each(into, (item) => affixName(item, 'prefix', textOf(prefix), specs));
  },
  SuffixTransformer(into, { suffix }, specs) {
    each(into, (item) => affixName(item, 'suffix', textOf(suffix), specs));
  },
  PrefixSuffixTransformer(into, { prefix, suffix }, specs) {
    each(into, (item) => affixName(affixName(item, 'prefix', textOf(prefix), specs), 'suffix', textOf(suffix), specs));
  },
  LabelTransformer(into, { labels }, specs, at) {
    if (isJsonObject(labels)) each(into, (item) => withLabels(item, labels, specs, at));
  },
  AnnotationsTransformer(into, { annotations }, specs, at) {
    if (isJsonObject(annotations)) each(into, (item) => withAnnotations(item, annotations, specs, at));
  },
  ReplicaCountTransformer(into, { replica }, specs, at) {
    const { name = '', count = 0 } = isJsonObject(replica) ? replica : {};
    const isMeant = ({ id, previous }: Item, spec: FieldSpec): boolean =>
      [id, ...previous].some(
        (old) => old.name === name && isSelected({ apiVersion: id.apiVersion, kind: old.kind }, spec),
      );
    let isFound = false;
    for (const spec of specs) {
      each(into, (item) => {
        if (!isMeant(item, spec)) return item;
        isFound = true;
        return withChanged(item, editField(item.value, spec, scalarSetter(count), 'text', at));
      });
    }
    if (isFound) return;
    const kinds = [...new Set(specs.map(({ kind }) => kind))].join(', ');
    throw new Unfit(`no ${kinds} here is named ${textOf(name) || '(nothing)'}; correct the name, or remove the entry`);
  },
  ImageTagTransformer(into, { imageTag }, specs, at) {
    const image = isJsonObject(imageTag) ? imageTag : {};
    const others = new Set<string>();
    let isAny = false;
    const note = (found: string, isMeant: boolean) => {
      if (isMeant) isAny = true;
      else others.add(found);
    };
    each(into, (item) => withChanged(item, setImage(item.value, image, specs, at, note)));
    if (isAny || others.size === 0 || hidesObjects(into)) return;
    const here = listed([...others].sort(compareText), 3);
    warn(into, at, `the entry changes nothing: no container here has the image ${textOf(image.name)}, only ${here}`);
  },
  HashTransformer(into) {
    each(into, (item) => (item.hashed ? withHash(item) : item));
  },
};

/** Makes another item of each. */
function each(into: Yield, change: (item: Item) => Item): void {
  into.items = into.items.map(change);
}

/** Sets a value where a plain one may stand. */
function scalarSetter(value: Json): (at: Json) => Json {
  return (at) => {
    if (typeof at === 'object' && at !== null) throw new Unfit('the field must hold a plain value');
    return value;
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** An item whose value may be otherwise than is known here. */
export function uncertain(item: Item): Item {
  return item.uncertain ? item : { ...withValue(item, item.value), uncertain: true };
}
