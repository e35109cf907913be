import type { IConstruct } from 'constructs';
import { requestsAboveLimits } from '../systems/kubernetes/quantity';
import { refuse } from './input-error';

/** Kubernetes quantities by resource: `{ cpu: '500m', memory: '1Gi' }`. */
export type Quantities = Readonly<Record<string, string>>;

/** @throws EspalierError for a request above its limit, which the API server refuses. */
export function requireRequestsWithin(scope: IConstruct, requests: Quantities, limits: Quantities): void {
  for (const { name, request, limit } of requestsAboveLimits(requests, limits)) {
    refuse(scope, {
      field: `resources.requests.${name}`,
      value: request,
      allowed: `at most its limit, ${limit}`,
      example: `"${limit}"`,
    });
  }
}
