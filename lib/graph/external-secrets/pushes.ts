import type { JsonObject, Path } from '../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { isKnown } from '../substitution';
import { keysOf } from './generated';
import { type GeneratorSpec, generatorOf, generatorRefs, makesLastingValue } from './generators';
import { type Asked, pushSecrets } from './specs';

/** One item of a push's data. */
export interface Push {
  readonly asked: Asked;
  readonly namespace: string;
  /** The key that it pushes; undefined for the whole Secret. */
  readonly secretKey: string | undefined;
  readonly property: string | undefined;
  readonly remoteKey: string;
  readonly item: JsonObject;
  /** The way to its `match`. */
  readonly path: Path;
}

/** Everything that is pushed, of objects whose namespace is known. */
export const pushesIn: (cluster: Cluster) => readonly Push[] = memoize((cluster) => [...pushes(cluster)]);

function* pushes(cluster: Cluster): Generator<Push> {
  for (const asked of pushSecrets(cluster)) {
    const [namespace] = asked.namespaces;
    if (namespace === undefined) continue;
    for (const i of listAt(asked.spec, 'data').keys()) {
      const item = objectAt(asked.spec, 'data', i);
      const remoteKey = textAt(item, 'match', 'remoteRef', 'remoteKey');
      if (item === undefined || remoteKey === undefined) continue;
      yield {
        asked,
        namespace,
        item,
        remoteKey,
        // Empty is as good as absent.
        secretKey: textAt(item, 'match', 'secretKey') || undefined,
        property: textAt(item, 'match', 'remoteRef', 'property') || undefined,
        path: [...asked.path, 'data', i, 'match'],
      };
    }
  }
}

/** The generator whose value is pushed, when it makes lasting ones. */
export function pushedGenerator(cluster: Cluster, asked: Asked): GeneratorSpec | undefined {
  const [namespace] = asked.namespaces;
  if (textAt(asked.spec, 'selector', 'secret', 'name') || namespace === undefined) return undefined;
  for (const ref of generatorRefs(asked)) {
    const generator = generatorOf(cluster, ref, namespace);
    if (generator !== undefined && makesLastingValue(generator.kind)) return generator;
  }
  return undefined;
}

/** The keys that can be pushed: those of the Secret or the generator, and those that a template adds; undefined when not known. */
export function pushableKeys(cluster: Cluster, asked: Asked): ReadonlySet<string> | undefined {
  const [namespace = ''] = asked.namespaces;
  const template = objectAt(asked.spec, 'template');
  if (listAt(template, 'templateFrom').length > 0 || at(asked.spec, 'selector', 'secret', 'selector')) return undefined;
  const added = keysAt(template, 'data');
  const generator = pushedGenerator(cluster, asked);
  if (generator !== undefined)
    return generator.resource.uncertain ? undefined : new Set([...keysOf(generator), ...added]);
  const name = textAt(asked.spec, 'selector', 'secret', 'name');
  if (name === undefined || !isKnown(name)) return undefined;
  const found = cluster.secrets.lookup('Secret', namespace, name);
  if (found.state !== 'found' || found.open) return undefined;
  return added.length === 0 ? found.keys : new Set([...found.keys, ...added]);
}
