import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { generatorRefs, keysOfGenerator, makesLastingValue } from '../../systems/external-secrets/generators';
import { hasContent, rewritten } from '../../systems/external-secrets/keys';
import { readsOf, TemplateError } from '../../systems/go-template';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { isKnown } from '../substitution';
import { type GeneratorSpec, generatorOf } from './generators';
import type { Asked } from './specs';

export type GeneratedKeys = ReadonlyMap<string, GeneratorSpec>;

const none: GeneratedKeys = new Map();

/** The keys that generators of lasting values give to templates, by namespace and as far as they are known. */
export function generatedRaw(cluster: Cluster, asked: Asked): GeneratedKeys {
  const refs = generatorRefs(asked.spec);
  const [namespace] = asked.namespaces;
  if (refs.length === 0 || namespace === undefined) return none;
  const keys = new Map<string, GeneratorSpec>();
  for (const ref of refs) {
    const [, i = 0] = ref.path;
    const generator = generatorOf(cluster, ref, namespace);
    if (generator === undefined || generator.resource.uncertain || !makesLastingValue(generator.kind)) continue;
    const yielded = keysOfGenerator(generator.kind, generator.spec) ?? [];
    const item = listAt(asked.spec, 'dataFrom')[Number(i)] ?? null;
    for (const key of rewritten(item, yielded) ?? []) keys.set(key, generator);
  }
  return keys;
}

/** The keys of the Secret whose values a generator makes, or has a part in. */
export function generatedKeys(cluster: Cluster, asked: Asked): GeneratedKeys {
  return generatedIn(cluster)(asked);
}

/** Found once: several rules ask. */
const generatedIn = memoize((cluster: Cluster) => memoize((asked: Asked) => findGenerated(cluster, asked)));

function findGenerated(cluster: Cluster, asked: Asked): GeneratedKeys {
  const raw = generatedRaw(cluster, asked);
  const template = objectAt(asked.spec, 'target', 'template');
  if (raw.size === 0 || !hasContent(template)) return raw;
  const output = new Map(textAt(template, 'mergePolicy') === 'Merge' ? raw : []);
  for (const key of keysAt(template, 'data')) {
    const text = textAt(template, 'data', key);
    const reads = text === undefined || !isKnown(text) ? undefined : readsOf(text);
    if (reads === undefined || reads instanceof TemplateError) continue;
    const read = reads.keys.find((each) => raw.has(each.key));
    const generator = read && raw.get(read.key);
    if (generator === undefined) output.delete(key);
    else output.set(key, generator);
  }
  return output;
}
