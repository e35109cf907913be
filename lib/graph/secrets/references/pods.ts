import { listAt, objectAt, textAt } from '../../../json/read';
import { containersOf, podTemplate } from '../../workload';
import type { SecretKind, SecretReference } from '../secret-index';
import { addEach, addReference, type Part, partAt, type Refer, referenceIn, selector } from './reference';

/** What a pod reads: env, envFrom, volumes and the credentials of its images. */
export const pods: Refer = (resource, found) => {
  const pod = podTemplate(resource);
  if (pod === undefined) return;
  for (const { value, path } of containersOf(pod)) addEnvironment(found, { resource, value, path });
  const part = { resource, value: pod.spec, path: pod.path };
  for (const i of listAt(pod.spec, 'volumes').keys()) addVolume(found, partAt(part, 'volumes', i));
  addEach(found, part, 'imagePullSecrets', { use: 'imagePullSecret' });
};

/** Adds the `env` and `envFrom` of anything that has them, containers above all. */
export function addEnvironment(found: SecretReference[], { resource, value, path }: Part): void {
  const variables = listAt(value, 'env');
  for (let i = 0; i < variables.length; i += 1) {
    const from = objectAt(variables[i], 'valueFrom');
    if (from === undefined) continue;
    const part = { resource, value: from, path: [...path, 'env', i, 'valueFrom'] };
    addReference(found, part, 'secretKeyRef', { use: 'env', ...selector });
    addReference(found, part, 'configMapKeyRef', { kind: 'ConfigMap', use: 'env', ...selector });
  }
  for (const i of listAt(value, 'envFrom').keys()) {
    const part = partAt({ resource, value, path }, 'envFrom', i);
    addReference(found, part, 'secretRef', { use: 'envFrom' });
    addReference(found, part, 'configMapRef', { kind: 'ConfigMap', use: 'envFrom' });
  }
}

/** Adds what a volume holds. */
export function addVolume(found: SecretReference[], volume: Part | undefined): void {
  if (volume === undefined) return;
  addFiles(found, volume, 'secret', 'Secret', 'secretName');
  addFiles(found, volume, 'configMap', 'ConfigMap', 'name');
  addProjected(found, partAt(volume, 'projected'));
}

/** Adds the sources of a projected volume. */
export function addProjected(found: SecretReference[], projected: Part | undefined): void {
  if (projected === undefined) return;
  for (const i of listAt(projected.value, 'sources').keys()) {
    const source = partAt(projected, 'sources', i);
    if (source === undefined) continue;
    addFiles(found, source, 'secret', 'Secret', 'name');
    addFiles(found, source, 'configMap', 'ConfigMap', 'name');
  }
}

/** Adds a Secret or ConfigMap as files: the keys of its `items`, or all of it. */
function addFiles(found: SecretReference[], part: Part, field: string, kind: SecretKind, nameField: string): void {
  const whole = referenceIn(part, field, { kind, use: 'volume', nameField });
  if (whole === undefined) return;
  const items = listAt(part.value, field, 'items');
  if (items.length === 0) found.push(whole);
  for (const [i, item] of items.entries()) {
    const key = textAt(item, 'key');
    if (key !== undefined) found.push({ ...whole, key, path: [...part.path, field, 'items', i, 'key'] });
  }
}

/** A ServiceAccount hands its image pull Secrets to every pod that runs as it. */
export const serviceAccounts: Refer = (resource, found) => {
  addEach(found, { resource, value: resource.value, path: [] }, 'imagePullSecrets', { use: 'imagePullSecret' });
};
