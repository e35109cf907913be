import type { FluxKustomization, Resource } from '../../graph/resource';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { vaultPath } from '../../systems/external-secrets/vault-paths';
import { word } from './markdown';
import { vaultOf } from './stores';

type Named = Pick<Resource, 'group' | 'kind' | 'namespace' | 'name'>;

/** An object as kubectl takes it, `externalsecret/db --namespace=shop`; with its group where the kind alone may be another's. */
export function target({ group, kind, namespace, name }: Named): string {
  const plain = group === '' || group === 'apps' || group === 'batch' || group === externalSecretsGroup;
  const type = plain ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  return `${word(`${type}/${name}`)}${namespace === '' ? '' : ` --namespace=${word(namespace)}`}`;
}

/** Has Flux compare the cluster with Git now. */
export function reconcile({ namespace, name }: Pick<FluxKustomization, 'namespace' | 'name'>): string {
  return `flux reconcile kustomization ${word(name)} --namespace=${word(namespace)}`;
}

/** Has Flux install or upgrade a chart with what its values are now. */
export function upgrade({ namespace, name }: Pick<Named, 'namespace' | 'name'>): string {
  return `flux reconcile helmrelease ${word(name)} --namespace=${word(namespace)}`;
}

/** Has External Secrets read or push at once: a changed annotation is enough (https://external-secrets.io/latest/introduction/faq/). */
export function forceSync(object: Named): string {
  return `kubectl annotate ${target(object)} force-sync="$(date +%s)" --overwrite`;
}

/** Waits for a new object. One that was ready before says nothing so: see refreshTime. */
export function waitReady(object: Named): string {
  return `kubectl wait ${target(object)} --for=condition=Ready --timeout=2m`;
}

/** Shows when External Secrets last read or pushed. */
export function refreshTime(object: Named): string {
  return `kubectl get ${target(object)} --output=jsonpath='{.status.refreshTime}{"\\n"}' # when: not before the command above`;
}

/** Waits for an object that is made anew (kubectl 1.31 and newer). */
export function waitMade(object: Named): string {
  return `kubectl wait ${target(object)} --for=create --timeout=2m`;
}

/** `-mount=kv acme/prod/shop`: a secret as `vault kv` takes it. */
export function vaultArguments(access: VaultAccess): string {
  const { mount } = access;
  const path = vaultPath(access);
  const namespace = vaultOf(access.store)?.namespace;
  const options = namespace === undefined ? '' : `-namespace=${word(namespace)} `;
  if (mount === undefined || !path.startsWith(`${mount}/`)) return `${options}${operand(path)}`;
  return `${options}-mount=${word(mount)} ${operand(path.slice(mount.length + 1))}`;
}

/** What begins with a hyphen would be an option. */
function operand(text: string): string {
  return text.startsWith('-') ? `-- ${word(text)}` : word(text);
}
