import type { IConstruct } from 'constructs';
import { type Quantities, requireQuantities } from '../workload/resources';

export type { Quantities } from '../workload/resources';

export interface ContainerResources {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
}

/** Without a limit of the CPU: it would slow Backstage down while nobody else wants the CPU. */
const defaults = { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } };

/**
 * Lays what the author gives over the defaults.
 *
 * @throws EspalierError for what is no quantity, and for a request above its limit.
 */
export function containerResources(scope: IConstruct, given: ContainerResources = {}): Required<ContainerResources> {
  const requests: Quantities = { ...defaults.requests, ...given.requests };
  const limits: Quantities = { ...defaults.limits, ...given.limits };
  requireQuantities(scope, requests, limits);
  return { requests, limits };
}
