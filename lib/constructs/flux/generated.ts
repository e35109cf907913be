import type { IConstruct } from 'constructs';
import { isJsonObject, type JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { refuse } from '../input-error';
import type { MadeThere } from './yaml-file';

/** The Secrets and ConfigMaps that a kustomization.yaml generates. */
export function generatedBy(fields: JsonObject): MadeThere[] {
  return (['Secret', 'ConfigMap'] as const).flatMap((kind) =>
    listAt(fields, kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator')
      .filter(isJsonObject)
      .map((entry) => generated(kind, entry, textAt(fields, 'namespace'))),
  );
}

/** @throws EspalierError for what no generator makes, or a key that it lacks */
export function requireGenerated(
  scope: IConstruct,
  fields: JsonObject,
  kind: MadeThere['kind'],
  name: string,
  keys: readonly string[],
): MadeThere {
  const alike = generatedBy(fields).filter((one) => one.kind === kind);
  const found = alike.find((one) => one.name === name);
  if (found === undefined) {
    const names = alike.map((one) => one.name).join(', ') || `it generates no ${kind}`;
    return refuse(scope, { field: `${kind} ${name}`, allowed: `one that its kustomizationFile generates: ${names}` });
  }
  const own = [...(found.keys ?? [])];
  const missing = keys.find((key) => !own.includes(key));
  if (missing === undefined || found.open) return found;
  return refuse(scope, {
    field: `the key ${JSON.stringify(missing)} of ${kind} ${name}`,
    allowed: `one of its keys: ${own.join(', ') || 'it has none'}`,
  });
}

/** What an entry of a generator makes; its name is that before kustomize adds the hash, as others refer to it. */
function generated(kind: 'Secret' | 'ConfigMap', entry: JsonObject, namespace: string | undefined): MadeThere {
  const texts = (field: string) => listAt(entry, field).map(String);
  const files = texts('files').map((file) => (file.includes('=') ? file.split('=')[0] : file.split('/').at(-1)) ?? '');
  const literals = texts('literals').map((literal) => literal.split('=')[0] ?? '');
  return {
    kind,
    name: textAt(entry, 'name') ?? '',
    namespace: textAt(entry, 'namespace') ?? namespace,
    keys: [...files, ...literals],
    open: entry.envs !== undefined || entry.env !== undefined || entry.behavior === 'merge',
  };
}
