import { listAt, objectAt, textAt } from '../../json/read';
import { secret } from '../../systems/references/row';
import type { Resource } from '../resource';
import { addReferences } from './find';
import type { Reference } from './reference';

const row = secret('push');

/** Adds the Secret that a PushSecret pushes: the keys that it names, or all of it. */
export function addPushed(found: Reference[], resource: Resource): void {
  const spec = objectAt(resource.value, 'spec');
  const selected = objectAt(spec, 'selector', 'secret');
  const pushed: Reference[] = [];
  if (selected !== undefined) addReferences(pushed, resource, row, selected, ['spec', 'selector', 'secret']);
  const [whole] = pushed;
  if (whole === undefined) return;
  const data = listAt(spec, 'data');
  // With a template, what is pushed is what the template makes of the Secret.
  const isTemplated = objectAt(spec, 'template') !== undefined;
  let keys = 0;
  for (const [i, item] of isTemplated ? [] : data.entries()) {
    const key = textAt(item, 'match', 'secretKey');
    if (key === undefined) continue;
    keys += 1;
    found.push({ ...whole, key, path: ['spec', 'data', i, 'match', 'secretKey'] });
  }
  if (keys < data.length || data.length === 0) found.push(whole);
}
