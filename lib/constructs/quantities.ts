import type { IConstruct } from 'constructs';
import { refuse } from './input-error';

/** Kubernetes quantities by resource: `{ cpu: '500m', memory: '1Gi' }`. */
export type Quantities = Readonly<Record<string, string>>;

const factors: Readonly<Record<string, number>> = {
  ...{ '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The number that a Kubernetes quantity stands for: bytes, or CPUs. The quantity must be well-formed. */
export function quantityValue(quantity: string): number {
  const [, number = '', unit = ''] = /^([0-9.]+)(.*)$/.exec(quantity) ?? [];
  return Number(number) * (factors[unit] ?? 10 ** Number(unit.slice(1)));
}

/** @throws EspalierError for a request above its limit, which the API server refuses. */
export function requireRequestsWithin(scope: IConstruct, requests: Quantities, limits: Quantities): void {
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit === undefined || quantityValue(request) <= quantityValue(limit)) continue;
    refuse(scope, {
      field: `resources.requests.${name}`,
      value: request,
      allowed: `at most its limit, ${limit}`,
      example: `"${limit}"`,
    });
  }
}
