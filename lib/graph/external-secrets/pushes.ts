import { at, keysAt, listAt, objectAt, textAt } from '../../json/read';
import { generatorRefs, keysOfGenerator, makesLastingValue } from '../../systems/external-secrets/generators';
import { type Push, pushesOf } from '../../systems/external-secrets/stores';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { isKnown } from '../substitution';
import { type GeneratorSpec, generatorOf } from './generators';
import { type Asked, pushSecrets } from './specs';

/** What an object of a known namespace pushes. */
export interface PushedItem extends Push {
  readonly asked: Asked;
  readonly namespace: string;
}

/** Everything that is pushed, of objects whose namespace is known. */
export const pushesIn: (cluster: Cluster) => readonly PushedItem[] = memoize((cluster) =>
  pushSecrets(cluster).flatMap((asked) => {
    const [namespace] = asked.namespaces;
    if (namespace === undefined) return [];
    return pushesOf(asked.spec, asked.path).map((push) => ({ ...push, asked, namespace }));
  }),
);

/** The generator whose value is pushed, when it makes lasting ones. */
export function pushedGenerator(cluster: Cluster, asked: Asked): GeneratorSpec | undefined {
  const generator = selectedGenerator(cluster, asked);
  return generator && makesLastingValue(generator.kind) ? generator : undefined;
}

/** The generator whose value is pushed. */
export function selectedGenerator(cluster: Cluster, asked: Asked): GeneratorSpec | undefined {
  const [namespace] = asked.namespaces;
  if (textAt(asked.spec, 'selector', 'secret', 'name') || namespace === undefined) return undefined;
  const [ref] = generatorRefs(asked.spec);
  return ref && generatorOf(cluster, ref, namespace);
}

/** The keys that can be pushed: those of the Secret or the generator, and those that a template adds; undefined when not known. */
export function pushableKeys(cluster: Cluster, asked: Asked): ReadonlySet<string> | undefined {
  const [namespace = ''] = asked.namespaces;
  const template = objectAt(asked.spec, 'template');
  if (listAt(template, 'templateFrom').length > 0 || at(asked.spec, 'selector', 'secret', 'selector')) return undefined;
  const added = keysAt(template, 'data');
  const generator = selectedGenerator(cluster, asked);
  if (generator !== undefined) {
    const keys = keysOfGenerator(generator.kind, generator.spec);
    return generator.resource.uncertain || keys === undefined ? undefined : new Set([...keys, ...added]);
  }
  const name = textAt(asked.spec, 'selector', 'secret', 'name');
  if (name === undefined || !isKnown(name)) return undefined;
  const found = cluster.secrets.lookup('Secret', namespace, name);
  if (found.state !== 'found' || found.open) return undefined;
  return added.length === 0 ? found.keys : new Set([...found.keys, ...added]);
}
