import type { Resource } from '../../graph/resource';
import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import { groupKind } from '../../systems/api-version';
import { makesJsonMap } from '../../systems/external-secrets/json-template';
import { missingKeys, type SecretType, secretType } from '../../systems/kubernetes/secret-types';
import { listed } from '../../text/listed';
import { isKnown } from '../../text/symbolic';
import type { ClusterCheck, Problem } from '../check';

/** Where an object has the template of a Secret that it makes. */
const templates: Readonly<Record<string, Path>> = {
  'external-secrets.io/ExternalSecret': ['spec', 'target', 'template'],
  'external-secrets.io/ClusterExternalSecret': ['spec', 'externalSecretSpec', 'target', 'template'],
  'bitnami.com/SealedSecret': ['spec', 'template'],
};

export const typed: ClusterCheck = {
  id: 'secrets/typed',
  severity: 'error',
  title: 'Secret that does not hold what its type needs',
  atRunTime:
    'the API server refuses the Secret with "Required value" or "Invalid value", and what makes it tries again for ever',
  remedy: 'write the keys that the type needs, or leave the type out',
  source: 'kubernetes pkg/apis/core/validation (ValidateSecret)',
  *check(cluster) {
    const told = new Set<Resource>();
    for (const { resource, keys, open, adds } of cluster.secrets.producers) {
      const template = templates[groupKind(resource)];
      if (template === undefined || resource.uncertain || told.has(resource)) continue;
      told.add(resource);
      const type = textAt(resource.value, ...template, 'type');
      const needed = secretType(type);
      if (needed === undefined) continue;
      const missing = open || adds || ![...keys].every(isKnown) ? [] : missingKeys(needed, (key) => keys.has(key));
      if (missing.length > 0)
        yield {
          at: { resource, path: [...template, 'type'] },
          message: `a Secret of the type ${type} must have ${listed(needed.keys)}${needed.any ? ' (one of them)' : ''}, but this one has ${keys.size === 0 ? 'no keys' : listed(keys)}`,
        };
      yield* badJson(resource, template, needed, type as string);
    }
  },
};

function* badJson(resource: Resource, template: Path, { keys, holds }: SecretType, type: string): Generator<Problem> {
  if (holds !== 'json') return;
  for (const key of keys) {
    const path = [...template, 'data', key];
    const text = textAt(resource.value, ...path);
    if (text === undefined || !isKnown(text) || makesJsonMap(text) !== false) continue;
    yield {
      at: { resource, path },
      message: `a Secret of the type ${type} must have an object in JSON in ${key}, and this template makes none`,
    };
  }
}
