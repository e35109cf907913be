import type { Json } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import type { Cluster } from '../cluster';
import { describe } from '../identity';
import type { Resource } from '../resource';
import type { Maker } from '../unknown-source';
import { containersOf, podTemplate, podTemplates } from '../workload';
import type { SecretReference } from './secret-index';

/** Made in every namespace by a service mesh or by OpenShift. */
export const everywhere = /^(?:istio-ca-root-cert|linkerd-identity-trust-roots|openshift-service-ca\.crt)$/;

/** Programs of the tree that may make a Secret or ConfigMap themselves: the job that draws a certificate, say. */
export class Writers {
  /** Words that the containers of a namespace are told with, where those are about Secrets: `shop/shop-webhook-cert`. */
  private readonly told = new Map<string, Resource>();
  /** Service accounts that may create them, and names that a Role speaks of: `Secret/shop/operator`. */
  private readonly accounts = new Map<string, Resource>();
  private readonly named = new Map<string, Resource>();
  /** Roles of charts that may create them, by kind and release. */
  private readonly ofCharts = new Map<string, Map<Resource, Resource>>();

  constructor(cluster: Cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      for (const { value } of containersOf(pod)) {
        this.note(pod.resource, [...listAt(value, 'command'), ...listAt(value, 'args')].filter(isText).join(' '));
        for (const item of listAt(value, 'env')) {
          this.note(pod.resource, `${textAt(item, 'name') ?? ''}=${textAt(item, 'value') ?? ''}`);
        }
      }
    }
    for (const role of [...cluster.ofKind(rbac, 'ClusterRole'), ...cluster.ofKind(rbac, 'Role')]) {
      if (role.chart === undefined) continue;
      for (const [kind, resources] of kinds) {
        const creates = listAt(role.value, 'rules').some(
          (rule) => allows(rule, 'resources', resources) && allows(rule, 'verbs', 'create'),
        );
        if (!creates) continue;
        const roles = this.ofCharts.get(kind) ?? new Map<Resource, Resource>();
        this.ofCharts.set(kind, roles.set(role.chart.release, role));
      }
    }
    for (const role of cluster.ofKind(rbac, 'Role')) {
      for (const rule of listAt(role.value, 'rules')) {
        for (const [kind, resources] of kinds) {
          if (!allows(rule, 'resources', resources)) continue;
          for (const name of listAt(rule, 'resourceNames'))
            this.named.set(`${kind}/${role.namespace}/${String(name)}`, role);
          if (!allows(rule, 'verbs', 'create')) continue;
          for (const account of accountsOf(cluster, role))
            this.accounts.set(`${kind}/${role.namespace}/${account}`, role);
        }
      }
    }
  }

  /** What may make what a reference names: a Role speaks for the workloads that run with it, and for the names in it. */
  makerOf({ kind, namespace, name, resource }: SecretReference): Maker | undefined {
    const named = this.told.get(`${namespace}/${name}`) ?? this.named.get(`${kind}/${namespace}/${name}`);
    const pod = podTemplate(resource);
    const account = pod && (textAt(pod.spec, 'serviceAccountName') ?? textAt(pod.spec, 'serviceAccount') ?? 'default');
    const maker =
      named ??
      this.accounts.get(`${kind}/${namespace}/${resource.namespace}/${account}`) ??
      this.operatorOf(resource, kind, name);
    return maker && { why: `${describe(maker)} may make it`, document: maker.document, path: ['metadata', 'name'] };
  }

  /** An operator's own certificates and keys, which its chart mounts: its Roles say that it may make them, not whether it does. */
  private operatorOf({ chart }: Resource, kind: string, name: string): Resource | undefined {
    if (chart === undefined || !/cert|tls|webhook|(?:^|-)ca(?:-|$)|memberlist/.test(name)) return undefined;
    return this.ofCharts.get(kind)?.get(chart.release);
  }

  private note(pod: Resource, text: string): void {
    if (!/secret|config-?map|cert|kubectl/i.test(text)) return;
    for (const word of text.split(/[^a-z0-9.-]+/)) this.told.set(`${pod.namespace}/${word}`, pod);
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
