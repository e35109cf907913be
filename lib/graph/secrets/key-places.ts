import type { Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import type { Resource } from '../resource';
import type { Producer } from './secret-index';

/** Where a key of what an object makes is written: the way to its value, and whether the key itself is what stands there. */
export interface KeyPlace {
  readonly path: Path;
  readonly on: 'key' | 'value';
}

/** The fields in which kinds list the keys of the Secret or ConfigMap that they make. */
const maps: readonly Path[] = [
  ['stringData'],
  ['data'],
  ['binaryData'],
  ['spec', 'target', 'template', 'data'],
  ['spec', 'externalSecretSpec', 'target', 'template', 'data'],
  ['spec', 'encryptedData'],
];

/** Undefined where nothing names it: of an entry that is taken as a whole, of what an operator draws. */
export function keyPlace({ resource }: Pick<Producer, 'resource'>, key: string): KeyPlace | undefined {
  if (resource.generated) return inGenerator(resource, key);
  const { value } = resource;
  const map = maps.find((path) => objectAt(value, ...path)?.[key] !== undefined);
  if (map !== undefined) return { path: [...map, key], on: 'key' };
  for (const spec of [['spec'], ['spec', 'externalSecretSpec']]) {
    const i = listAt(value, ...spec, 'data').findIndex((item) => textAt(item, 'secretKey') === key);
    if (i >= 0 && at(value, ...spec, 'data', i, 'secretKey') !== undefined) {
      return { path: [...spec, 'data', i, 'secretKey'], on: 'value' };
    }
  }
  return undefined;
}

/** Of what kustomize generates, the way leads on from its generator. A file of variables names no key. */
function inGenerator({ document, path }: Resource, key: string): KeyPlace | undefined {
  for (const field of ['literals', 'files']) {
    const i = listAt(document.value, ...path, field).findIndex((entry) => {
      if (typeof entry !== 'string') return false;
      const [name = '', ...rest] = entry.split('=');
      return (rest.length === 0 ? name.slice(name.lastIndexOf('/') + 1) : name) === key;
    });
    if (i >= 0) return { path: [field, i], on: 'value' };
  }
  return undefined;
}
