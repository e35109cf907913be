import type { Path } from '../../../json/json';
import { isJsonObject, type Json } from '../../../json/json';
import { listAt, objectAt, textAt } from '../../../json/read';
import type { Resource } from '../../resource';
import type { SecretReference } from '../secret-index';
import { addReference, partAt, type Refer, referenceIn, selector, specOf } from './reference';

/** The templates that an ExternalSecret reads from Secrets and ConfigMaps. */
export const externalSecret: Refer = (resource, found) => {
  const spec = specOf(resource);
  const template = spec && partAt(spec, 'target', 'template');
  if (template === undefined) return;
  for (const i of listAt(template.value, 'templateFrom').keys()) {
    const from = partAt(template, 'templateFrom', i);
    if (from === undefined) continue;
    for (const [field, kind] of [
      ['secret', 'Secret'],
      ['configMap', 'ConfigMap'],
    ] as const) {
      const whole = referenceIn(from, field, { kind, use: 'configuration' });
      if (whole === undefined) continue;
      for (const [j, item] of listAt(from.value, field, 'items').entries()) {
        const key = textAt(item, 'key');
        if (key !== undefined) found.push({ ...whole, key, path: [...from.path, field, 'items', j, 'key'] });
      }
    }
  }
};

/** The Secret that a PushSecret pushes: the keys that it names, or all of it. */
export const pushSecret: Refer = (resource, found) => {
  const spec = specOf(resource);
  const selected = spec && partAt(spec, 'selector');
  const whole = selected && referenceIn(selected, 'secret', { use: 'push' });
  if (whole === undefined) return;
  const data = listAt(spec?.value, 'data');
  // With a template, what is pushed is what the template makes of the Secret.
  const isTemplated = objectAt(spec?.value, 'template') !== undefined;
  let keys = 0;
  for (const [i, item] of isTemplated ? [] : data.entries()) {
    const key = textAt(item, 'match', 'secretKey');
    if (key === undefined) continue;
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
    if (field === 'caProvider') {
      const kind = textAt(inner, 'type') === 'ConfigMap' ? 'ConfigMap' : 'Secret';
      addReference(found, { resource, value, path }, field, { kind, use: 'store', ...selector });
    } else if (/secretRef$/i.test(field) && textAt(inner, 'name') !== undefined) {
      addReference(found, { resource, value, path }, field, { use: 'store', ...selector });
    } else addCredentials(found, resource, inner, [...path, field]);
  }
}
