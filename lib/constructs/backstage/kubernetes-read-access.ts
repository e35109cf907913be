import type { ApiObject } from 'cdk8s';
import type { IServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { needServiceAccount } from '../workload/service-account';

/** API groups (`''` is the core) and their resources. */
export type ApiResources = Readonly<Record<string, readonly string[]>>;

export interface KubernetesReadAccessProps extends ResourceProps {
  /** Who may read. */
  readonly serviceAccount: IServiceAccount;
  /** Read beside what the plugin shows by itself: `{ '': ['pods/log'], 'argoproj.io': ['rollouts'] }`. @default none */
  readonly resources?: ApiResources;
}

const rbac = 'rbac.authorization.k8s.io';

/** What the plugin fetches, and the usage of pods beside it. (Backstage, Kubernetes configuration: objectTypes, RBAC) */
const shown: ApiResources = {
  '': ['pods', 'services', 'configmaps', 'limitranges', 'resourcequotas'],
  apps: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['jobs', 'cronjobs'],
  'metrics.k8s.io': ['pods'],
  'networking.k8s.io': ['ingresses'],
};

/**
 * Lets Backstage's Kubernetes plugin read the whole cluster, but no Secrets: a ClusterRole and its binding, both named
 * after the construct.
 *
 * @example
 * new KubernetesReadAccess(portal.directory, 'rbac', { name: 'portal-read-only', serviceAccount });
 */
export class KubernetesReadAccess extends Resource {
  /** The L1 of the ClusterRole. */
  readonly role: ApiObject;
  /** The L1 of its binding. */
  readonly binding: ApiObject;

  constructor(scope: Construct, id: string, props: KubernetesReadAccessProps) {
    super(scope, id, props);
    refuseUnknown(this, KubernetesReadAccess, props);
    const metadata = this.metadata(props);
    needServiceAccount(this, props.serviceAccount);
    const { name } = props.serviceAccount;
    this.requireNoSecrets(props.resources ?? {});
    this.role = this.apiObject('role', { apiVersion: `${rbac}/v1`, kind: 'ClusterRole' }, metadata, {
      rules: [...rules(shown), ...rules(props.resources ?? {})],
    });
    this.binding = this.apiObject('binding', { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding' }, metadata, {
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: this.namespace }],
    });
  }

  private requireNoSecrets(resources: ApiResources): void {
    for (const [group, names] of Object.entries(resources)) {
      const found = names.find((name) => name === '*' || (name === 'secrets' && (group === '' || group === '*')));
      if (found === undefined) continue;
      refuse(this, {
        field: `resources["${group}"]`,
        value: found,
        allowed: 'names of resources other than Secrets: everyone who uses Backstage sees what it reads',
        example: "{ '': ['pods/log'] }",
      });
    }
  }
}

function rules(resources: ApiResources) {
  return Object.entries(resources).map(([group, names]) => ({
    apiGroups: [group],
    resources: [...names],
    verbs: ['get', 'list', 'watch'],
  }));
}
