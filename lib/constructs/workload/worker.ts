import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { refuseUnknown } from '../refuse-unknown';
import { type DeployedProps, deployment } from './deployed';
import { addDisruptionBudget } from './exposure';
import { type Probes, probesAsGiven } from './probes';
import { replicasOf, Workload } from './workload';

export interface WorkerProps extends DeployedProps {
  /** How it is seen to work, such as `{ liveness: { exec: { command: ['healthy'] } } }`. @default none: that it runs is enough */
  readonly probes?: Probes | null;
}

/**
 * A program that nobody sends requests to, such as the consumer of a queue: a WebService without a port.
 *
 * @example
 * new Worker(shop.directory, 'mailer', {
 *   image: 'ghcr.io/acme/shop:1.4.2',
 *   args: ['mailer'],
 *   envFrom: [secrets.secret],
 *   resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '64Mi' } },
 * });
 */
export class Worker extends Workload<kplus.Deployment> {
  /** The L1 of its PodDisruptionBudget, if it has one. */
  readonly disruptionBudget: ApiObject | undefined;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id, props, (self) => {
      refuseUnknown(self, Worker, props);
      return { ...deployment(self, props), probes: probesAsGiven(self, props.probes) };
    });
    this.disruptionBudget = addDisruptionBudget(this, replicasOf(this, props.replicas), props);
  }
}
