import type { JsonObject } from '../../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../../json/read';
import type { SecretKind } from '../secret-index';
import { addProducer, anyNamespace, type FindGenerator, type Produce } from './producer';

/** Keys that are known, and whether there may be others. */
export interface Keys {
  readonly keys: readonly string[];
  readonly open: boolean;
}

/** What an ExternalSecret's generators yield, by kind (https://external-secrets.io/latest/api/generator/). */
const generated: Readonly<Record<string, readonly string[]>> = {
  UUID: ['uuid'],
  SSHKey: ['privateKey', 'publicKey'],
  ACRAccessToken: ['username', 'password'],
  ECRAuthorizationToken: ['username', 'password', 'proxy_endpoint', 'expires_at'],
  GCRAccessToken: ['username', 'password', 'expiry'],
};

/** What its data and dataFrom yield, before a template has its say. */
export function rawKeys(spec: JsonObject, namespace: string, find: FindGenerator): Keys {
  const keys = listAt(spec, 'data').flatMap((item) => textAt(item, 'secretKey') ?? []);
  let open = false;
  for (const item of listAt(spec, 'dataFrom')) {
    const generator = objectAt(item, 'sourceRef', 'generatorRef');
    const rewritten = listAt(item, 'rewrite').length > 0;
    const known = generator && !rewritten ? keysOfGenerator(generator, namespace, find) : undefined;
    if (known !== undefined) keys.push(...known);
    else open = true;
  }
  return { keys, open };
}

function keysOfGenerator(ref: JsonObject, namespace: string, find: FindGenerator): readonly string[] | undefined {
  const kind = textAt(ref, 'kind') ?? '';
  if (kind !== 'Password') return Object.hasOwn(generated, kind) ? generated[kind] : undefined;
  const password = find(kind, namespace, textAt(ref, 'name') ?? '');
  if (password === undefined) return ['password'];
  const named = listAt(password.value, 'spec', 'secretKeys').filter((key) => typeof key === 'string');
  return named.length > 0 ? (named as string[]) : ['password'];
}

/**
 * The keys of the Secret that an ExternalSecret's spec yields. A template with data or templateFrom replaces the raw keys, unless
 * its mergePolicy is Merge (ESO, externalsecret_controller_template.go).
 */
function outputKeys(spec: JsonObject, namespace: string, find: FindGenerator): Keys {
  const template = objectAt(spec, 'target', 'template');
  if (template === undefined) return rawKeys(spec, namespace, find);
  const data = keysAt(template, 'data');
  const from = listAt(template, 'templateFrom').filter((item) => (textAt(item, 'target') ?? 'Data') === 'Data');
  if (data.length === 0 && from.length === 0) return rawKeys(spec, namespace, find);
  if (textAt(template, 'mergePolicy') !== 'Merge') return { keys: data, open: from.length > 0 };
  const raw = rawKeys(spec, namespace, find);
  return { keys: [...raw.keys, ...data], open: from.length > 0 || raw.open };
}

/** An ExternalSecret makes the Secret of its target, which has its own name unless it says another. */
export const externalSecret: Produce = (resource, found, find) => {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined) return;
  const policy = textAt(spec, 'target', 'creationPolicy');
  const manifest = textAt(spec, 'target', 'manifest', 'kind');
  if (policy === 'None' || (manifest !== undefined && manifest !== 'Secret' && manifest !== 'ConfigMap')) return;
  const named = textAt(spec, 'target', 'name');
  addProducer(found, resource, {
    kind: (manifest as SecretKind | undefined) ?? 'Secret',
    name: named ?? resource.name,
    path: named === undefined ? ['metadata', 'name'] : ['spec', 'target', 'name'],
    ...outputKeys(spec, resource.namespace, find),
    adds: policy === 'Merge',
  });
};

/** A ClusterExternalSecret makes an ExternalSecret in each namespace that it names; by labels, in whichever has them. */
export const clusterExternalSecret: Produce = (resource, found, find) => {
  const spec = objectAt(resource.value, 'spec', 'externalSecretSpec');
  if (spec === undefined) return;
  const name = textAt(spec, 'target', 'name') ?? textAt(resource.value, 'spec', 'externalSecretName') ?? resource.name;
  const selects = at(resource.value, 'spec', 'namespaceSelectors') ?? at(resource.value, 'spec', 'namespaceSelector');
  const named = listAt(resource.value, 'spec', 'namespaces').filter((namespace) => typeof namespace === 'string');
  const namespaces = [...(named as string[]), ...(selects === undefined ? [] : [anyNamespace])];
  for (const namespace of namespaces) {
    const keys = outputKeys(spec, namespace, find);
    addProducer(found, resource, { namespace, name, path: ['spec', 'externalSecretSpec'], ...keys });
  }
};
