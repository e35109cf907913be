import { type Asked, externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import type { Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { type MayHaveFix, setting } from '../meant';

/** What controllers look for on Secrets, and nobody on an ExternalSecret. */
const meantForSecret: Readonly<Record<'labels' | 'annotations', RegExp>> = {
  labels: /^(?:cnpg\.io\/reload|argocd\.argoproj\.io\/secret-type|jenkins\.io\/credentials-type)$/,
  annotations:
    /^(?:reflector\.v1\.k8s\.emberstack\.com\/|replicator\.v1\.mittwald\.de\/|reloader\.stakater\.com\/match$)/,
};

export const labelsNotCopied: ClusterCheck = {
  id: 'eso/labels-not-copied',
  severity: 'warning',
  title: 'Label that does not reach the Secret',
  atRunTime:
    'with a template, the Secret gets only the labels and annotations of the template, so the controller that looks for this one ignores the Secret',
  remedy: 'write it in spec.target.template.metadata',
  fixes: 'write it in the metadata of the template, too',
  source: 'external-secrets pkg/controllers/externalsecret/externalsecret_controller_template.go (setMetadata)',
  *check(cluster) {
    for (const asked of externalSecrets(cluster)) {
      const { resource, spec } = asked;
      const template = objectAt(spec, 'target', 'template');
      if (template === undefined) continue;
      for (const kind of ['labels', 'annotations'] as const) {
        const path = [...metadataOf(asked), kind];
        const meant = keysAt(resource.value, ...path).filter((key) => meantForSecret[kind].test(key));
        if (meant.length === 0) continue;
        // A template may render labels as well.
        if (listAt(template, 'templateFrom').some((item) => textAt(item, 'target')?.toLowerCase() === kind)) continue;
        const copied = new Set(keysAt(template, 'metadata', kind));
        for (const key of meant) {
          if (copied.has(key)) continue;
          yield {
            at: { resource, path: [...path, key], on: 'key' },
            message: `${key} of the ${resource.kind} does not reach Secret ${targetOf(asked) ?? ''}, which has a template`,
            ...intoTemplate(asked, kind, key),
          };
        }
      }
    }
  },
};

function intoTemplate(asked: Asked, kind: string, key: string): MayHaveFix {
  const value = textAt(asked.resource.value, ...metadataOf(asked), kind, key);
  if (value === undefined) return {};
  return setting([...asked.path, 'target', 'template', 'metadata', kind, key], value);
}

/** Where the metadata of the ExternalSecret stands. */
function metadataOf({ resource }: Asked): Path {
  return resource.kind === 'ExternalSecret' ? ['metadata'] : ['spec', 'externalSecretMetadata'];
}
