import type { IConstruct } from 'constructs';
import { quantity, requestsAboveLimits } from '../../systems/kubernetes/quantity';
import { requireFormat } from '../formats';
import { refuse } from '../input-error';

/** Kubernetes quantities by resource: `{ cpu: '500m', memory: '1Gi' }`. */
export type Quantities = Readonly<Record<string, string>>;

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
  for (const [kind, quantities] of Object.entries({ requests, limits })) {
    for (const [name, value] of Object.entries(quantities)) {
      requireFormat(scope, `resources.${kind}.${name}`, value, quantity);
    }
  }
  for (const { name, request, limit } of requestsAboveLimits(requests, limits)) {
    refuse(scope, {
      field: `resources.requests.${name}`,
      value: request,
      allowed: `at most its limit, ${limit}`,
      example: `"${limit}"`,
    });
  }
  return { requests, limits };
}
