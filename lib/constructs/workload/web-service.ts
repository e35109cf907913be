import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { HttpRoute } from '../gateway';
import { refuseUnknown } from '../refuse-unknown';
import { clusterOf } from '../scopes';
import type { ServicePort } from '../service-handle';
import { type DeployedProps, deployment } from './deployed';
import {
  addDisruptionBudget,
  addressOf,
  containerPorts,
  type ExposureProps,
  expose,
  portOf,
  type WorkloadAddress,
} from './exposure';
import { type ProbeSpec, type Probes, probesOfPort } from './probes';
import { replicasOf, Workload } from './workload';

export interface WebServiceProps extends DeployedProps, ExposureProps {
  /**
   * How it is seen to work: a path of `port`, or a probe as Kubernetes has it; null for none.
   * @default whether the port is open; startup as readiness
   */
  readonly probes?: Probes<string | ProbeSpec> | null;
}

/**
 * A program that answers requests: a Deployment, a Service, a ServiceAccount, a route where it has a host, and a PodDisruptionBudget from
 * two replicas on.
 *
 * It runs as the restricted Pod Security Standard asks for, on a file system that it cannot write but for `emptyDirs`, and restarts when a
 * Secret or ConfigMap that it reads has changed, where Stakater's Reloader runs in the cluster.
 *
 * @example
 * new WebService(shop.directory, 'shop', {
 *   image: 'ghcr.io/acme/shop:1.4.2',
 *   port: 8080,
 *   host: 'shop.example.org',
 *   gateway: { name: 'public', namespace: 'gateway-system' },
 *   resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } },
 * });
 */
export class WebService extends Workload<kplus.Deployment> {
  /** The Service of cdk8s-plus; undefined for `service: null`. */
  readonly service: kplus.Service | undefined;
  /** The way from outside; undefined without a host. */
  readonly route: HttpRoute | undefined;
  /** The L1 of its PodDisruptionBudget, if it has one. */
  readonly disruptionBudget: ApiObject | undefined;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props, (self) => {
      refuseUnknown(self, WebService, props);
      return {
        ...deployment(self, props),
        ports: containerPorts(self, props),
        probes: probesOfPort(self, props, clusterOf(self).defaults),
      };
    });
    const { service, route } = expose(this, props);
    this.service = service;
    this.route = route;
    this.disruptionBudget = addDisruptionBudget(this, replicasOf(this, props.replicas), props);
  }

  /** A port of its Service, by its name. @default http @throws EspalierError where it has no Service, or none of that name */
  port(name?: string): ServicePort {
    return portOf(this, this.service, name);
  }

  /** Where it is reached in the cluster. @throws EspalierError where it has no Service */
  get address(): WorkloadAddress {
    return addressOf(this, this.service);
  }
}
