import type { Path } from '../../../tree/source/source';
import { listAt, textAt } from '../../json';
import type { Resource } from '../../resource';
import { containersOf, podTemplate } from '../../workload';
import type { SecretKind, SecretReference } from '../secret-index';
import { type Refer, referenceAt, selector } from './reference';

/** What a pod reads: env, envFrom, volumes and the credentials of its images. */
export const pods: Refer = function* (resource) {
  const pod = podTemplate(resource);
  if (pod === undefined) return;
  for (const { path } of containersOf(pod)) yield* environment(resource, path);
  for (const i of listAt(pod.spec, 'volumes').keys()) yield* volume(resource, [...pod.path, 'volumes', i]);
  for (const i of listAt(pod.spec, 'imagePullSecrets').keys()) {
    yield* referenceAt(resource, [...pod.path, 'imagePullSecrets', i], { use: 'imagePullSecret' });
  }
};

/** The `env` and `envFrom` of anything that has them, containers above all. */
export function* environment(resource: Resource, path: Path): Generator<SecretReference> {
  for (const i of listAt(resource.value, ...path, 'env').keys()) {
    const from = [...path, 'env', i, 'valueFrom'];
    yield* referenceAt(resource, [...from, 'secretKeyRef'], { use: 'env', ...selector });
    yield* referenceAt(resource, [...from, 'configMapKeyRef'], { kind: 'ConfigMap', use: 'env', ...selector });
  }
  for (const i of listAt(resource.value, ...path, 'envFrom').keys()) {
    const from = [...path, 'envFrom', i];
    yield* referenceAt(resource, [...from, 'secretRef'], { use: 'envFrom' });
    yield* referenceAt(resource, [...from, 'configMapRef'], { kind: 'ConfigMap', use: 'envFrom' });
  }
}

function* volume(resource: Resource, path: Path): Generator<SecretReference> {
  yield* files(resource, [...path, 'secret'], 'Secret', 'secretName');
  yield* files(resource, [...path, 'configMap'], 'ConfigMap', 'name');
  yield* projected(resource, [...path, 'projected']);
}

/** The sources of a projected volume. */
export function* projected(resource: Resource, path: Path): Generator<SecretReference> {
  for (const i of listAt(resource.value, ...path, 'sources').keys()) {
    yield* files(resource, [...path, 'sources', i, 'secret'], 'Secret', 'name');
    yield* files(resource, [...path, 'sources', i, 'configMap'], 'ConfigMap', 'name');
  }
}

/** A Secret or ConfigMap as files: the keys of its `items`, or all of it. */
function* files(resource: Resource, path: Path, kind: SecretKind, nameField: string): Generator<SecretReference> {
  for (const whole of referenceAt(resource, path, { kind, use: 'volume', nameField })) {
    const items = listAt(resource.value, ...path, 'items');
    if (items.length === 0) yield whole;
    for (const [i, item] of items.entries()) {
      const key = textAt(item, 'key');
      if (key !== undefined) yield { ...whole, key, path: [...path, 'items', i, 'key'] };
    }
  }
}

/** A ServiceAccount hands its image pull Secrets to every pod that runs as it. */
export const serviceAccounts: Refer = function* (resource) {
  for (const i of listAt(resource.value, 'imagePullSecrets').keys()) {
    yield* referenceAt(resource, ['imagePullSecrets', i], { use: 'imagePullSecret' });
  }
};
