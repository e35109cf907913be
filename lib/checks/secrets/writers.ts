import type { Cluster } from '../../graph/cluster';
import { listAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { containersOf, podTemplate, podTemplates } from '../../graph/workload';
import type { Json } from '../../tree/tree';

/** Made in every namespace by a service mesh or by OpenShift. */
const everywhere = /^(?:istio-ca-root-cert|linkerd-identity-trust-roots|openshift-service-ca\.crt)$/;

/** Programs of the tree that may make a Secret or ConfigMap themselves: the job that draws a certificate, say. */
export class Writers {
  /** Words that the containers of a namespace are told with, where those are about Secrets: `shop/shop-webhook-cert`. */
  private readonly told = new Set<string>();
  /** Service accounts that may create them, and names that a Role speaks of: `Secret/shop/operator`. */
  private readonly accounts = new Set<string>();
  private readonly named = new Set<string>();

  constructor(cluster: Cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      for (const { value } of containersOf(pod)) {
        this.hear(
          pod.resource.namespace,
          [...listAt(value, 'command'), ...listAt(value, 'args')].filter(isText).join(' '),
        );
        for (const item of listAt(value, 'env')) {
          this.hear(pod.resource.namespace, `${textAt(item, 'name') ?? ''}=${textAt(item, 'value') ?? ''}`);
        }
      }
    }
    for (const role of cluster.ofKind(rbac, 'Role')) {
      for (const rule of listAt(role.value, 'rules')) {
        for (const [kind, resources] of kinds) {
          if (!allows(rule, 'resources', resources)) continue;
          for (const name of listAt(rule, 'resourceNames')) this.named.add(`${kind}/${role.namespace}/${String(name)}`);
          if (!allows(rule, 'verbs', 'create')) continue;
          for (const account of accountsOf(cluster, role)) this.accounts.add(`${kind}/${role.namespace}/${account}`);
        }
      }
    }
  }

  /** Whether one may make what a reference names: a Role speaks for the workloads that run with it, and for the names in it. */
  mayMake({ kind, namespace, name, resource }: SecretReference): boolean {
    if (everywhere.test(name) || this.told.has(`${namespace}/${name}`)) return true;
    if (this.named.has(`${kind}/${namespace}/${name}`)) return true;
    const pod = podTemplate(resource);
    if (pod === undefined) return false;
    const account = textAt(pod.spec, 'serviceAccountName') ?? textAt(pod.spec, 'serviceAccount') ?? 'default';
    return this.accounts.has(`${kind}/${namespace}/${resource.namespace}/${account}`);
  }

  private hear(namespace: string, text: string): void {
    if (!/secret|config-?map|cert|kubectl/i.test(text)) return;
    for (const word of text.split(/[^a-z0-9.-]+/)) this.told.add(`${namespace}/${word}`);
  }
}

const rbac = 'rbac.authorization.k8s.io';
const kinds = [
  ['Secret', 'secrets'],
  ['ConfigMap', 'configmaps'],
] as const;

/** The service accounts that a Role is bound to, as `namespace/name`. */
function accountsOf(cluster: Cluster, { namespace, name }: Resource): string[] {
  return cluster.ofKind(rbac, 'RoleBinding').flatMap((binding) => {
    if (binding.namespace !== namespace || textAt(binding.value, 'roleRef', 'name') !== name) return [];
    if (textAt(binding.value, 'roleRef', 'kind') !== 'Role') return [];
    return listAt(binding.value, 'subjects').flatMap((subject) =>
      textAt(subject, 'kind') === 'ServiceAccount'
        ? [`${textAt(subject, 'namespace') ?? namespace}/${textAt(subject, 'name') ?? ''}`]
        : [],
    );
  });
}

function allows(rule: Json, field: string, word: string): boolean {
  const words = listAt(rule, field);
  return words.includes(word) || words.includes('*');
}

function isText(word: Json): word is string {
  return typeof word === 'string';
}
