import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface KubernetesObject extends Record<string, unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Valid objects that use most fields of their kinds, by `kind/name`: kube-apiserver 1.36.3 and the webhooks accept them. */
export function validObjects(): ReadonlyMap<string, KubernetesObject> {
  const folder = join(__dirname, 'valid');
  const objects = readdirSync(folder)
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS() as KubernetesObject);
  return new Map(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}
