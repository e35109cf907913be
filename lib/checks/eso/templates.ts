import type { Cluster } from '../../graph/cluster';
import { readsOf, type TemplateError, type TemplateReads } from '../../graph/go-template';
import { keysAt, listAt, objectAt, textAt } from '../../graph/json';
import type { Place } from '../../graph/resource';
import { type Keys, rawKeys } from '../../graph/secrets/producers/external-secret';
import { isKnown } from '../../graph/substitution';
import { onceFor } from '../../once-for';
import type { Path } from '../../tree/source/source';
import type { JsonObject } from '../../tree/tree';
import { generatorGroup } from './generators';
import { type Asked, externalSecrets, pushSecrets } from './specs';

/** A template that External Secrets renders. */
export interface EsoTemplate extends Place {
  /** What has it rendered: not where it stands, when it stands in a ConfigMap. */
  readonly asked: Asked;
  readonly text: string;
  readonly reads: TemplateReads | TemplateError;
  /** The keys that it is given. */
  readonly given: Keys;
}

/** Every template of a cluster whose text is known. */
export const templatesIn: (cluster: Cluster) => readonly EsoTemplate[] = onceFor((cluster) => [...templates(cluster)]);

function* templates(cluster: Cluster): Generator<EsoTemplate> {
  for (const asked of externalSecrets(cluster)) {
    yield* below(cluster, asked, ['target', 'template'], givenTo(cluster, asked));
  }
  for (const asked of pushSecrets(cluster)) yield* below(cluster, asked, ['template'], pushedBy(cluster, asked));
}

/** What an ExternalSecret's data and dataFrom yield; a namespace that is not known may have other generators. */
function givenTo(cluster: Cluster, { spec, namespaces }: Asked): Keys {
  const find = (kind: string, namespace: string, name: string) =>
    cluster.find({ group: generatorGroup, kind, namespace, name })[0];
  const [namespace = ''] = namespaces;
  const { keys, open } = rawKeys(spec, namespace, find);
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

function* below(cluster: Cluster, asked: Asked, path: Path, given: Keys): Generator<EsoTemplate> {
  const template = objectAt(asked.spec, ...path);
  const { resource } = asked;
  if (template === undefined || resource.uncertain) return;
  const top = [...asked.path, ...path];
  for (const fields of [['data'], ['metadata', 'labels'], ['metadata', 'annotations']]) {
    for (const key of keysAt(template, ...fields)) {
      yield* textTemplate(asked, given, { resource, path: [...top, ...fields, key] });
    }
  }
  for (const [i, item] of listAt(template, 'templateFrom').entries()) {
    yield* textTemplate(asked, given, { resource, path: [...top, 'templateFrom', i, 'literal'] });
    yield* fromConfigMap(cluster, asked, given, objectAt(item, 'configMap'));
  }
}

function* fromConfigMap(
  cluster: Cluster,
  asked: Asked,
  given: Keys,
  ref: JsonObject | undefined,
): Generator<EsoTemplate> {
  const [namespace] = asked.namespaces;
  const name = textAt(ref, 'name');
  if (name === undefined || namespace === undefined || asked.namespaces.length !== 1) return;
  const [resource] = cluster.find({ group: '', kind: 'ConfigMap', namespace, name });
  if (resource === undefined) return;
  for (const item of listAt(ref, 'items')) {
    const key = textAt(item, 'key');
    if (key !== undefined) yield* textTemplate(asked, given, { resource, path: ['data', key] });
  }
}

function* textTemplate(asked: Asked, given: Keys, place: Place): Generator<EsoTemplate> {
  const text = textAt(place.resource.value, ...place.path);
  if (text === undefined || !text.includes('{{') || !isKnown(text)) return;
  yield { ...place, asked, text, given, reads: readsOf(text) };
}
