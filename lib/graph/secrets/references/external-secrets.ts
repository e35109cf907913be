import type { Path } from '../../../tree/source/source';
import type { Json } from '../../../tree/tree';
import { isJsonObject } from '../../../tree/tree';
import { listAt, objectAt, textAt } from '../../json';
import type { Resource } from '../../resource';
import type { SecretReference } from '../secret-index';
import { addReference, type Refer, referenceAt, selector } from './reference';

/** The templates that an ExternalSecret reads from Secrets and ConfigMaps. */
export const externalSecret: Refer = (resource, found) => {
  const templates = ['spec', 'target', 'template', 'templateFrom'];
  for (const i of listAt(resource.value, ...templates).keys()) {
    for (const [field, kind] of [
      ['secret', 'Secret'],
      ['configMap', 'ConfigMap'],
    ] as const) {
      const whole = referenceAt(resource, [...templates, i, field], { kind, use: 'configuration' });
      if (whole === undefined) continue;
      const items = listAt(resource.value, ...templates, i, field, 'items');
      for (const [j, item] of items.entries()) {
        const key = textAt(item, 'key');
        if (key !== undefined) found.push({ ...whole, key, path: [...templates, i, field, 'items', j, 'key'] });
      }
    }
  }
};

/** The Secret that a PushSecret pushes: the keys that it names, or all of it. */
export const pushSecret: Refer = (resource, found) => {
  const whole = referenceAt(resource, ['spec', 'selector', 'secret'], { use: 'push' });
  if (whole === undefined) return;
  const data = listAt(resource.value, 'spec', 'data');
  let keys = 0;
  for (const [i, item] of data.entries()) {
    const key = textAt(item, 'match', 'secretKey');
    // With a template, what is pushed is what the template makes of the Secret.
    if (key === undefined || objectAt(resource.value, 'spec', 'template') !== undefined) continue;
    keys += 1;
    found.push({ ...whole, key, path: ['spec', 'data', i, 'match', 'secretKey'] });
  }
  if (keys < data.length || data.length === 0) found.push(whole);
};

/** The credentials of a store: whatever field of its provider is called `…SecretRef`, and its certificate authority. */
export const store: Refer = (resource, found) => {
  const provider = objectAt(resource.value, 'spec', 'provider');
  if (provider !== undefined) addCredentials(found, resource, provider, ['spec', 'provider']);
};

function addCredentials(found: SecretReference[], resource: Resource, value: Json, path: Path): void {
  if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) addCredentials(found, resource, item, [...path, i]);
  }
  if (!isJsonObject(value)) return;
  for (const [field, inner] of Object.entries(value)) {
    const below = [...path, field];
    if (field === 'caProvider') {
      const kind = textAt(inner, 'type') === 'ConfigMap' ? 'ConfigMap' : 'Secret';
      addReference(found, resource, below, { kind, use: 'store', ...selector });
    } else if (/secretRef$/i.test(field) && textAt(inner, 'name') !== undefined) {
      addReference(found, resource, below, { use: 'store', ...selector });
    } else addCredentials(found, resource, inner, below);
  }
}
