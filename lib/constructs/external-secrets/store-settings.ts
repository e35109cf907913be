import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { isSecretKey } from '../handles';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { namespaceAt } from '../scopes';
import type { SecretKey } from '../secret';
import { specJson } from '../spec';

/**
 * Settings of a provider as the API takes them: a Secret's key and a service account become references with the fields that
 * External Secrets asks for. A ClusterSecretStore names namespaces, a SecretStore does not.
 *
 * @throws EspalierError where a ClusterSecretStore would have to name a namespace that nobody has said
 */
export function settingsJson(store: Resource, provider: string, settings: unknown, isClusterWide: boolean): JsonObject {
  const of = isClusterWide ? 'written' : 'own';
  const written = withReferences(store, provider, settings, of, 'a ClusterSecretStore');
  return specJson(store, written, { anyNamespace: isClusterWide, names: 'as given' });
}

/**
 * What stands for references as the references, in settings of a store or in the spec of a generator.
 *
 * @param namespaces where External Secrets looks for them: in the namespace that is written, in the object's own, in its reader's
 */
export function withReferences(
  store: Resource,
  at: string,
  settings: unknown,
  namespaces: 'written' | 'own' | 'of its reader',
  example?: string,
): unknown {
  const isClusterWide = namespaces === 'written';
  const visit = (value: unknown, field: string, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item, i) => visit(item, field, `${path}[${i}]`));
    if (isSecretKey(value) && field !== 'key') return ofKey(value, field, path);
    if (Construct.isConstruct(value) && field !== 'name') return ofConstruct(value, path);
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, visit(item, name, `${path}.${name}`)]),
    );
  };
  const ofKey = (value: SecretKey, field: string, path: string) => {
    const { secret } = value;
    const namespace = secret.namespace ?? (secret.producer && namespaceAt(secret.producer));
    if (isClusterWide && namespace === undefined) {
      refuse(store, {
        field: path,
        value: `Secret ${secret.name}`,
        allowed: 'a Secret whose namespace is said: a ClusterSecretStore looks for it there',
        example: `Secret.named('${secret.name}', { namespace: 'external-secrets' })`,
      });
    }
    requireReach(path, `Secret ${secret.label}`, namespace);
    return { ...(field === 'caProvider' && { type: 'Secret' }), name: secret, key: value, ...inNamespace(namespace) };
  };
  const ofConstruct = (value: Construct, path: string) => {
    const namespace = namespaceOf(value);
    requireReach(path, value.node.path, namespace);
    return { name: value, ...inNamespace(namespace) };
  };
  const inNamespace = (namespace: string | undefined) => (isClusterWide ? { namespace } : {});
  const requireReach = (field: string, value: string, namespace: string | undefined) => {
    if (namespaces !== 'own' || namespace === undefined || namespace === store.namespace) return;
    const allowed = `one of namespace ${store.namespace}: External Secrets looks for it there`;
    refuse(store, { field, value, allowed, ...(example && { example }) });
  };
  return visit(settings, at, at);
}

function namespaceOf(construct: Construct): string {
  const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
  return (ApiObject.isApiObject(object) && object.metadata.namespace) || (namespaceAt(construct) ?? 'default');
}
