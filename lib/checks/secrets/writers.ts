import type { Cluster } from '../../graph/cluster';
import { listAt, textAt } from '../../graph/json';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { containersOf, podTemplates } from '../../graph/workload';
import type { Json } from '../../tree/tree';

/** Made in every namespace by a service mesh or by OpenShift. */
const everywhere = /^(?:istio-ca-root-cert|linkerd-identity-trust-roots|openshift-service-ca\.crt)$/;

/** Programs of the tree that may make a Secret or ConfigMap themselves: the job that draws a certificate, say. */
export class Writers {
  /** Words that the containers of a namespace are told with, where those are about Secrets: `shop/shop-webhook-cert`. */
  private readonly told = new Set<string>();
  /** Namespaces in which some program may create them: `Secret/shop`. */
  private readonly allowed = new Set<string>();

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
    for (const { namespace, value } of cluster.ofKind('rbac.authorization.k8s.io', 'Role')) {
      for (const rule of listAt(value, 'rules')) {
        if (!allows(rule, 'verbs', 'create')) continue;
        if (allows(rule, 'resources', 'secrets')) this.allowed.add(`Secret/${namespace}`);
        if (allows(rule, 'resources', 'configmaps')) this.allowed.add(`ConfigMap/${namespace}`);
      }
    }
  }

  mayMake({ kind, namespace, name }: SecretReference): boolean {
    if (everywhere.test(name) || this.allowed.has(`${kind}/${namespace}`)) return true;
    return this.told.has(`${namespace}/${name}`);
  }

  private hear(namespace: string, text: string): void {
    if (!/secret|config-?map|cert|kubectl/i.test(text)) return;
    for (const word of text.split(/[^a-z0-9.-]+/)) this.told.add(`${namespace}/${word}`);
  }
}

function allows(rule: Json, field: string, word: string): boolean {
  const words = listAt(rule, field);
  return words.includes(word) || words.includes('*');
}

function isText(word: Json): word is string {
  return typeof word === 'string';
}
