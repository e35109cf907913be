import { listAt } from '../../json/read';
import { portIn, type ServicePort } from '../service-handle';
import { kind } from './kind';

/**
 * Leads requests from an ingress controller to Services.
 *
 * @example
 * const paths = [{ path: '/', pathType: 'Prefix', backend: { service: web.port('http') } }];
 * const rules = [{ host: 'shop.example.org', http: { paths } }];
 * new Ingress(shop.directory, 'ingress', { name: 'shop', spec: { ingressClassName: 'nginx', rules } });
 */
export class Ingress extends kind('networking.k8s.io/v1', 'Ingress') {}

/**
 * Which connections pods may make and take. `NetworkPolicies.of(app)` derives them from what an app refers to.
 *
 * @example
 * new NetworkPolicy(shop.directory, 'policy', { name: 'shop', spec: { podSelector: web, ingress: [{}], policyTypes: ['Ingress'] } });
 */
export class NetworkPolicy extends kind('networking.k8s.io/v1', 'NetworkPolicy') {}

/**
 * How many pods of a workload may be away at a time, while nodes are drained.
 *
 * @example
 * new PodDisruptionBudget(shop.directory, 'pdb', { name: 'shop', spec: { selector: web, maxUnavailable: 1 } });
 */
export class PodDisruptionBudget extends kind('policy/v1', 'PodDisruptionBudget') {}

/**
 * Scales a workload, whose `replicas` are null, by what its pods use.
 *
 * @example
 * const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };
 * const spec = { scaleTargetRef: web, minReplicas: 2, maxReplicas: 6, metrics: [cpu] };
 * new HorizontalPodAutoscaler(shop.directory, 'hpa', { name: 'shop', spec });
 */
export class HorizontalPodAutoscaler extends kind('autoscaling/v2', 'HorizontalPodAutoscaler') {}

/**
 * A volume that outlives pods. A workload takes it for one of its `mounts`, VolSync for what it copies.
 *
 * @example
 * const resources = { requests: { storage: '10Gi' } };
 * new PersistentVolumeClaim(shop.directory, 'data', { spec: { accessModes: ['ReadWriteOnce'], resources } });
 */
export class PersistentVolumeClaim extends kind('v1', 'PersistentVolumeClaim') {}

/**
 * An address in the cluster. Workloads bring their own: this is one of pods that something else makes.
 *
 * @example
 * const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
 * const service = new Service(shop.directory, 'service', { name: 'shop', spec: { selector: { app: 'shop' }, ports } });
 * service.port('http');
 */
export class Service extends kind('v1', 'Service') {
  /** One of its ports, by its name. @default the first @throws EspalierError for one that it does not have */
  port(name?: string): ServicePort {
    return portIn(this, this.name, listAt(this.spec, 'ports'), name);
  }
}
