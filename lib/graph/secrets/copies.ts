import type { JsonObject } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import { anyNamespace } from '../../systems/secrets-made/made';
import type { Producer } from './secret-index';

/**
 * Annotations by which controllers copy a Secret or ConfigMap into other namespaces, each with the one that names those
 * (https://github.com/emberstack/kubernetes-reflector, https://github.com/mittwald/kubernetes-replicator, config-syncer).
 */
const copying: Readonly<Record<string, string | undefined>> = {
  'reflector.v1.k8s.emberstack.com/reflection-auto-enabled':
    'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces',
  'replicator.v1.mittwald.de/replicate-to': 'replicator.v1.mittwald.de/replicate-to',
  'replicator.v1.mittwald.de/replicate-to-matching': undefined,
  'kubed.appscode.com/sync': undefined,
};

/** Where each producer's annotations for the Secret itself stand. */
const places = [
  ['metadata', 'annotations'],
  ['spec', 'target', 'template', 'metadata', 'annotations'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'externalSecretSpec', 'target', 'template', 'metadata', 'annotations'],
  ['spec', 'secretTemplate', 'annotations'],
] as const;

/** What is copied into other namespaces: the same keys, wherever the annotation says. */
export function copiesOf(producers: readonly Producer[]): Producer[] {
  return producers.flatMap((producer) => {
    const { value } = producer.resource;
    for (const place of places) {
      const annotations = objectAt(value, ...place);
      for (const [annotation, naming] of Object.entries(copying)) {
        const text = at(annotations, annotation);
        if (annotations === undefined || text === undefined || text === 'false' || text === false) continue;
        return namespacesIn(annotations, naming).map((namespace) => ({ ...producer, namespace }));
      }
    }
    return [];
  });
}

/** The namespaces that an annotation lists; a regular expression may mean any. */
function namespacesIn(annotations: JsonObject, naming: string | undefined): string[] {
  const names = (naming === undefined ? '' : (textAt(annotations, naming) ?? '')).split(',').map((name) => name.trim());
  const plain = names.every((name) => /^[a-z0-9-]+$/.test(name));
  return plain ? names : [anyNamespace];
}
