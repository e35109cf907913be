import type { Path } from '../../../tree/source/source';
import { listAt, textAt } from '../../json';
import type { Resource } from '../../resource';
import { containersOf, podTemplate } from '../../workload';
import type { SecretKind, SecretReference } from '../secret-index';
import { addReference, type Refer, referenceAt, selector } from './reference';

/** What a pod reads: env, envFrom, volumes and the credentials of its images. */
export const pods: Refer = (resource, found) => {
  const pod = podTemplate(resource);
  if (pod === undefined) return;
  for (const { path } of containersOf(pod)) addEnvironment(found, resource, path);
  for (const i of listAt(pod.spec, 'volumes').keys()) addVolume(found, resource, [...pod.path, 'volumes', i]);
  for (const i of listAt(pod.spec, 'imagePullSecrets').keys()) {
    addReference(found, resource, [...pod.path, 'imagePullSecrets', i], { use: 'imagePullSecret' });
  }
};

/** Adds the `env` and `envFrom` of anything that has them, containers above all. */
export function addEnvironment(found: SecretReference[], resource: Resource, path: Path): void {
  for (const i of listAt(resource.value, ...path, 'env').keys()) {
    const from = [...path, 'env', i, 'valueFrom'];
    addReference(found, resource, [...from, 'secretKeyRef'], { use: 'env', ...selector });
    addReference(found, resource, [...from, 'configMapKeyRef'], { kind: 'ConfigMap', use: 'env', ...selector });
  }
  for (const i of listAt(resource.value, ...path, 'envFrom').keys()) {
    const from = [...path, 'envFrom', i];
    addReference(found, resource, [...from, 'secretRef'], { use: 'envFrom' });
    addReference(found, resource, [...from, 'configMapRef'], { kind: 'ConfigMap', use: 'envFrom' });
  }
}

function addVolume(found: SecretReference[], resource: Resource, path: Path): void {
  addFiles(found, resource, [...path, 'secret'], 'Secret', 'secretName');
  addFiles(found, resource, [...path, 'configMap'], 'ConfigMap', 'name');
  addProjected(found, resource, [...path, 'projected']);
}

/** Adds the sources of a projected volume. */
export function addProjected(found: SecretReference[], resource: Resource, path: Path): void {
  for (const i of listAt(resource.value, ...path, 'sources').keys()) {
    addFiles(found, resource, [...path, 'sources', i, 'secret'], 'Secret', 'name');
    addFiles(found, resource, [...path, 'sources', i, 'configMap'], 'ConfigMap', 'name');
  }
}

/** Adds a Secret or ConfigMap as files: the keys of its `items`, or all of it. */
function addFiles(found: SecretReference[], resource: Resource, path: Path, kind: SecretKind, nameField: string): void {
  const whole = referenceAt(resource, path, { kind, use: 'volume', nameField });
  if (whole === undefined) return;
  const items = listAt(resource.value, ...path, 'items');
  if (items.length === 0) found.push(whole);
  for (const [i, item] of items.entries()) {
    const key = textAt(item, 'key');
    if (key !== undefined) found.push({ ...whole, key, path: [...path, 'items', i, 'key'] });
  }
}

/** A ServiceAccount hands its image pull Secrets to every pod that runs as it. */
export const serviceAccounts: Refer = (resource, found) => {
  for (const i of listAt(resource.value, 'imagePullSecrets').keys()) {
    addReference(found, resource, ['imagePullSecrets', i], { use: 'imagePullSecret' });
  }
};
