/** How Flux tells whether a custom resource is ready (spec.healthCheckExprs). CEL over the object. */
export interface HealthCheckExpression {
  readonly apiVersion: string;
  readonly kind: string;
  /** True when the object is ready. */
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
}

const ready = "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";

/**
 * Kinds whose readiness Flux does not see by itself: they have no status.observedGeneration, so kstatus calls them ready
 * the moment they are applied. `exists`, not `all`: over an empty list `all` is true. No `failed`: Ready is False while
 * they start. (cli-utils kstatus; Flux, spec/v1/kustomizations: Health check expressions)
 */
const expressions: readonly HealthCheckExpression[] = [
  { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', current: ready },
  { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', current: ready },
  { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', current: ready },
  { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', current: ready },
  { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', current: ready },
];

/**
 * The expressions that a Kustomization needs for the kinds it applies.
 *
 * @param kinds `apiVersion/kind` of what it applies
 * @param own expressions that the author gave; they win over the built-in ones
 */
export function healthCheckExpressions(
  kinds: ReadonlySet<string>,
  own: readonly HealthCheckExpression[] = [],
): HealthCheckExpression[] {
  const given = new Set(own.map((e) => `${e.apiVersion}/${e.kind}`));
  const needed = expressions.filter(
    (e) => kinds.has(`${e.apiVersion}/${e.kind}`) && !given.has(`${e.apiVersion}/${e.kind}`),
  );
  return [...own, ...needed];
}
