import type { Path } from '../../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, objectAt, textAt } from '../../../json/read';
import { memoize } from '../../../text/memoize';
import type { Resource } from '../../resource';
import type { SecretReference } from '../secret-index';
import { addEnvironment, addVolume } from './pods';
import { addReference, type Part, partAt, selector } from './reference';

/**
 * What the values of a HelmRelease hand on to its pods, where they are written as Kubernetes writes it (`envFrom`, `secretKeyRef`,
 * `volumes`), as app-template does (`persistence`), or under the name that charts agree on (`existingSecret`).
 */
export const chartReferences = memoize((release: Resource): readonly SecretReference[] => {
  const values = objectAt(release.value, 'spec', 'values');
  if (values === undefined || at(release.value, 'spec', 'suspend') === true) return [];
  const found: SecretReference[] = [];
  addValues(found, { resource: release, value: values, path: ['spec', 'values'] });
  const namespace = textAt(release.value, 'spec', 'targetNamespace') ?? release.namespace;
  // What Helm fills in is not known.
  return found.flatMap((one) => (one.name.includes('{{') || one.key?.includes('{{') ? [] : [{ ...one, namespace }]));
});

function addValues(found: SecretReference[], part: Part): void {
  const { resource, value, path } = part;
  // Of what is off nothing is rendered.
  if (value.enabled === false) return;
  addEnvironment(found, { resource, value: withoutEnv(value), path });
  for (const [field, inner] of Object.entries(value)) {
    if (field === 'secretKeyRef' && isKeyed(inner)) addReference(found, part, field, { use: 'env', ...selector });
    else if (field === 'configMapKeyRef' && isKeyed(inner)) {
      addReference(found, part, field, { kind: 'ConfigMap', use: 'env', ...selector });
    } else if (/^existingSecret(?:Name)?$/.test(field)) addName(found, part, field, 'Secret');
    else if (/^existingConfig-?map(?:Name)?$/i.test(field)) addName(found, part, field, 'ConfigMap');
    else if (/volumes$/i.test(field) && Array.isArray(inner)) {
      for (const i of inner.keys()) addVolume(found, partAt(part, field, i));
    } else if (field === 'persistence' && isJsonObject(inner)) addPersistence(found, partAt(part, field));
    else if (field !== 'envFrom') addInner(found, resource, inner, [...path, field]);
  }
}

function addInner(found: SecretReference[], resource: Resource, value: Json, path: Path): void {
  if (isJsonObject(value)) addValues(found, { resource, value, path });
  else if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) addInner(found, resource, item, [...path, i]);
  }
}

/** `env` is gone through like all else. */
function withoutEnv(value: JsonObject): JsonObject {
  return { envFrom: value.envFrom ?? [] };
}

function isKeyed(value: Json): boolean {
  return textAt(value, 'name') !== undefined && textAt(value, 'key') !== undefined;
}

function addName(found: SecretReference[], part: Part, field: string, kind: SecretReference['kind']): void {
  if (typeof part.value[field] === 'string') addReference(found, part, field, { kind, use: 'credentials' });
}

/** The volumes of app-template: `persistence.config: {type: configMap, name: …}`. */
function addPersistence(found: SecretReference[], persistence: Part | undefined): void {
  for (const field of Object.keys(persistence?.value ?? {})) {
    const volume = persistence && partAt(persistence, field);
    if (volume === undefined || volume.value.enabled === false) continue;
    const kind = { secret: 'Secret', configMap: 'ConfigMap' }[textAt(volume.value, 'type') ?? ''];
    if (kind === undefined) addValues(found, volume);
    else addReference(found, volume, 'name', { kind: kind as SecretReference['kind'], use: 'volume' });
  }
}
