import type { Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { type Keys, rawKeys } from '../../systems/external-secrets/keys';
import { readsOf, type TemplateError, type TemplateReads } from '../../systems/go-template';
import { lazy, memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource, ResourcePath } from '../resource';
import { isKnown } from '../substitution';
import { generatorOf } from './generators';
import { type Asked, externalSecrets, pushSecrets } from './specs';

/** A template that External Secrets renders. */
export interface EsoTemplate extends ResourcePath {
  /** What has it rendered: not where it stands, when it stands in a ConfigMap. */
  readonly asked: Asked;
  readonly text: string;
  readonly reads: TemplateReads | TemplateError;
  /** The keys that it is given. */
  readonly given: Keys;
}

/** Every template of a cluster whose text is known. */
export const templatesIn: (cluster: Cluster) => readonly EsoTemplate[] = memoize((cluster) => {
  const found: EsoTemplate[] = [];
  for (const asked of externalSecrets(cluster)) {
    addBelow(found, cluster, asked, ['target', 'template'], () => givenTo(cluster, asked));
  }
  for (const asked of pushSecrets(cluster)) {
    addBelow(found, cluster, asked, ['template'], () => pushedBy(cluster, asked));
  }
  return found;
});

/** What an ExternalSecret's data and dataFrom yield; a namespace that is not known may have other generators. */
function givenTo(cluster: Cluster, { spec, namespaces }: Asked): Keys {
  const [namespace = ''] = namespaces;
  const { keys, open } = rawKeys(spec, (kind, name) => generatorOf(cluster, { kind, name }, namespace)?.resource.value);
  const generated = listAt(spec, 'dataFrom').length > 0;
  return { keys, open: open || !keys.every(isKnown) || (generated && namespaces.length !== 1) };
}

/** The keys of the Secret that a PushSecret pushes. */
function pushedBy(cluster: Cluster, { spec, namespaces }: Asked): Keys {
  const name = textAt(spec, 'selector', 'secret', 'name');
  const [namespace] = namespaces;
  if (name === undefined || namespace === undefined || !isKnown(name)) return { keys: [], open: true };
  const found = cluster.secrets.lookup('Secret', namespace, name);
  return found.state === 'found' ? { keys: [...found.keys], open: found.open } : { keys: [], open: true };
}

const rendered = [['data'], ['metadata', 'labels'], ['metadata', 'annotations']] as const;

/** @param given what the template is given: asked for where it reads anything */
function addBelow(found: EsoTemplate[], cluster: Cluster, asked: Asked, path: Path, given: () => Keys): void {
  const template = objectAt(asked.spec, ...path);
  const { resource } = asked;
  if (template === undefined || resource.uncertain) return;
  const add = adderOf(found, asked, lazy(given));
  const top = [...asked.path, ...path];
  for (const fields of rendered) {
    const texts = objectAt(template, ...fields);
    for (const key of keysAt(texts)) add(textAt(texts, key), resource, () => [...top, ...fields, key]);
  }
  for (const [i, item] of listAt(template, 'templateFrom').entries()) {
    add(textAt(item, 'literal'), resource, () => [...top, 'templateFrom', i, 'literal']);
    const map = configMapOf(cluster, asked, textAt(item, 'configMap', 'name'));
    if (map === undefined) continue;
    for (const entry of listAt(item, 'configMap', 'items')) {
      const key = textAt(entry, 'key');
      if (key !== undefined) add(textAt(map.value, 'data', key), map, () => ['data', key]);
    }
  }
}

/** Adds a text of an object, if it is a template and known. */
function adderOf(found: EsoTemplate[], asked: Asked, given: () => Keys) {
  return (text: string | undefined, resource: Resource, path: () => Path) => {
    if (text === undefined || !text.includes('{{') || !isKnown(text)) return;
    found.push({ resource, path: path(), asked, text, given: given(), reads: readsOf(text) });
  };
}

function configMapOf(cluster: Cluster, { namespaces }: Asked, name: string | undefined): Resource | undefined {
  const [namespace] = namespaces;
  if (name === undefined || namespace === undefined || namespaces.length !== 1) return undefined;
  return cluster.find({ group: '', kind: 'ConfigMap', namespace, name })[0];
}
