import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type SpecOf, specJson } from '../spec';
import type { DisruptionProps } from './exposure';
import { reloaded, replicasOf, type WorkloadForm, type WorkloadProps } from './workload';

/** What a workload takes whose pods a Deployment keeps running. */
export interface DeployedProps extends WorkloadProps, DisruptionProps {
  /** How many pods run; null where something else decides, such as an autoscaler. @default 1 */
  readonly replicas?: number | null;
  /** Any field of the Deployment's spec; null takes a default away. @default none */
  readonly spec?: SpecOf<kplus.k8s.DeploymentSpec>;
}

/** A Deployment. */
export function deployment(self: Construct, props: DeployedProps): WorkloadForm<kplus.Deployment> {
  const replicas = replicasOf(self, props.replicas);
  return {
    make: (scope, common) =>
      new kplus.Deployment(scope, 'Deployment', { ...common, ...(replicas !== undefined && { replicas }) }),
    // cdk8s-plus would write two; one that an autoscaler of cdk8s-plus scales has none already.
    spec: [replicas === undefined ? { replicas: null } : {}, specJson(self, props.spec)],
    annotations: reloaded(self),
  };
}
