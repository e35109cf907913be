import type { IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { parseQuantity, quantity, requestsAboveLimits } from '../../systems/kubernetes/quantity';
import { requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { withoutNull } from '../resource';

/** Kubernetes quantities by resource: `{ cpu: '500m', memory: '1Gi' }`. */
export type Quantities = Readonly<Record<string, string>>;

/** A quantity, or null for none. */
type Said = string | null;

/**
 * What a container asks for, and what it may use at most. CPU and memory, but for a limit of the CPU, must be said: whatever were assumed
 * would be wrong for most programs. Null says that there is none.
 */
export interface WorkloadResources {
  readonly requests: Readonly<Record<string, Said>> & { readonly cpu: Said; readonly memory: Said };
  readonly limits: Readonly<Record<string, Said>> & { readonly memory: Said };
}

const mustBeSaid = { requests: ['cpu', 'memory'], limits: ['memory'] } as const;

const example = "{ requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } }";

/**
 * `resources` of a container.
 *
 * @throws EspalierError for what is not said, for what is no quantity, and for a request above its limit.
 */
export function workloadResources(scope: IConstruct, given: WorkloadResources | null): JsonObject {
  if (given === null) return {};
  requireObject(scope, 'resources', given, { allowed: 'what the container needs; null for nothing', example });
  const kinds = Object.entries(mustBeSaid).map(([kind, names]) => {
    const said = given[kind as keyof typeof mustBeSaid] ?? {};
    for (const name of names) {
      if (name in said) continue;
      const allowed = 'a quantity, since nothing is assumed; null for none';
      refuse(scope, { field: `resources.${kind}.${name}`, value: undefined, allowed, example });
    }
    return [kind, withoutNull(said)] as const;
  });
  const { requests = {}, limits = {} } = Object.fromEntries(kinds);
  requireQuantities(scope, requests, limits);
  return Object.fromEntries(kinds.filter(([, quantities]) => Object.keys(quantities).length > 0));
}

/** @throws EspalierError for what is no quantity, and for a request above its limit. */
export function requireQuantities(scope: IConstruct, requests: Quantities, limits: Quantities): void {
  for (const [kind, quantities] of Object.entries({ requests, limits })) {
    for (const [name, value] of Object.entries(quantities)) {
      requireFormat(scope, `resources.${kind}.${name}`, value, quantity);
      if (name !== 'memory' || (parseQuantity(value)?.isInteger() ?? true)) continue;
      // Kubernetes only warns, and no program starts within 128 thousandths of a byte.
      refuse(scope, { field: `resources.${kind}.memory`, value, allowed: 'whole bytes', example: '"128Mi"' });
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
}
