import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export interface Workload {
  readonly deployment: kplus.Deployment;
  readonly container: kplus.Container;
  readonly service: kplus.Service;
}

/** The half of an app that cdk8s-plus makes, for both fleets: six objects, of the kinds that soyo's Backstage has. */
export function workload(scope: Construct, name: string, image: string): Workload {
  const labels = { 'app.kubernetes.io/name': name };
  const metadata = { name, labels };
  const serviceAccount = new kplus.ServiceAccount(scope, 'serviceaccount', { metadata });
  const role = new kplus.ClusterRole(scope, 'role', { metadata: { name: `${name}-read-only`, labels } });
  role.allowRead(kplus.ApiResource.PODS, kplus.ApiResource.SERVICES, kplus.ApiResource.DEPLOYMENTS);
  new kplus.ClusterRoleBinding(scope, 'rolebinding', {
    metadata: { name: `${name}-read-only`, labels },
    role,
  }).addSubjects(serviceAccount);
  const configMap = new kplus.ConfigMap(scope, 'configmap', { metadata, data: { LOG_LEVEL: 'info', PORT: '8080' } });
  const deployment = new kplus.Deployment(scope, 'deployment', {
    metadata,
    // Else cdk8s-plus selects pods by a hash of the construct's path, which differs between the fleets.
    select: false,
    podMetadata: { labels },
    serviceAccount,
  });
  deployment.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, name);
  deployment.select(kplus.LabelSelector.of({ labels }));
  const container = deployment.addContainer({
    image,
    portNumber: 8080,
    envFrom: [kplus.Env.fromConfigMap(configMap)],
    liveness: kplus.Probe.fromHttpGet('/healthz'),
    readiness: kplus.Probe.fromHttpGet('/readyz'),
    resources: {
      cpu: { request: kplus.Cpu.millis(100) },
      memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) },
    },
  });
  container.mount('/tmp', kplus.Volume.fromEmptyDir(deployment, 'tmp', 'tmp'));
  const service = new kplus.Service(scope, 'service', {
    metadata,
    selector: deployment,
    ports: [{ port: 80, targetPort: 8080 }],
  });
  return { deployment, container, service };
}
