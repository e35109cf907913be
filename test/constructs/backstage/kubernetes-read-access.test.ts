import { ServiceAccount } from 'cdk8s-plus-28';
import { Application, KubernetesReadAccess } from '../../../lib';
import { refusal, type Stage, stage, synthesize } from '../synthesize';

const app = 'soyo/apps/shop/shop/app';
const shop = ({ cluster }: Stage) => new Application(cluster, 'shop').directory;

describe('KubernetesReadAccess', () => {
  const compose = (on: Stage, resources?: Record<string, string[]>) => {
    const directory = shop(on);
    const serviceAccount = new ServiceAccount(directory, 'serviceaccount', { metadata: { name: 'shop' } });
    return new KubernetesReadAccess(directory, 'rbac', { name: 'shop-read-only', serviceAccount, resources });
  };
  const verbs = ['get', 'list', 'watch'];

  test('reads what the Kubernetes plugin shows, cluster-wide', () => {
    const { documents } = synthesize((on) => compose(on));
    expect(documents('kubernetes/apps/shop/shop/app/rbac.yaml')).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'shop-read-only' },
        rules: [
          { apiGroups: [''], resources: ['pods', 'services', 'configmaps', 'limitranges', 'resourcequotas'], verbs },
          { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'], verbs },
          { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs },
          { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs },
          { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs },
          { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'shop-read-only' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'shop-read-only' },
        subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'shop' }],
      },
    ]);
  });

  test('reads more where it is asked to', () => {
    const { find } = synthesize((on) => compose(on, { '': ['pods/log'], 'argoproj.io': ['rollouts'] }));
    expect((find('ClusterRole', 'shop-read-only').rules as unknown[]).slice(6)).toEqual([
      { apiGroups: [''], resources: ['pods/log'], verbs },
      { apiGroups: ['argoproj.io'], resources: ['rollouts'], verbs },
    ]);
  });

  test.each([
    ['', 'secrets'],
    ['*', 'secrets'],
    ['apps', '*'],
  ])('never reads Secrets, nor everything (%j: %j)', (group, resource) => {
    expect(() => compose(stage(), { [group]: [resource] })).toThrow(
      new Error(
        `${app}/rbac: resources["${group}"] is "${resource}". Allowed: names of resources other than Secrets: everyone who uses Backstage sees what it reads. Example: { '': ['pods/log'] }.`,
      ),
    );
  });

  test('is for a service account of its own namespace', () => {
    const on = stage();
    const bank = new Application(on.cluster, 'bank').directory;
    const serviceAccount = new ServiceAccount(bank, 'serviceaccount', { metadata: { name: 'bank' } });
    expect(refusal(() => new KubernetesReadAccess(shop(on), 'rbac', { serviceAccount }))).toBe(
      `${app}/rbac: serviceAccount is "bank/bank (soyo/apps/bank/bank/app/serviceaccount)". Allowed: one of namespace shop in cluster soyo: pods cannot use one from elsewhere. Example: ServiceAccount.fromServiceAccountName(directory, 'existing', 'bank', { namespaceName: 'shop' }).`,
    );
    const nobody = { serviceAccount: undefined as never };
    expect(refusal(() => new KubernetesReadAccess(shop(stage()), 'rbac', nobody))).toBe(
      `${app}/rbac: serviceAccount is not set. Allowed: the service account of the pods. Example: new ServiceAccount(directory, 'serviceaccount').`,
    );
  });
});
