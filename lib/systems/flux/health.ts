/** How Flux tells whether a custom resource is ready (spec.healthCheckExprs). CEL over the object. */
export interface HealthCheckExpression {
  readonly apiVersion: string;
  readonly kind: string;
  /** True when the object is ready. */
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
}

/** What is true once an object has the condition Ready; false, and no error, before it has any. */
export const readyExpression =
  "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";

/**
 * Kinds whose readiness Flux does not see by itself: they have no status.observedGeneration, so kstatus calls them ready
 * until their controller has written a first condition. `exists`, not `all`: over an empty list `all` is true. Without any
 * status the expression is an error, which Flux counts as unknown and waits. No `failed`: Ready is False while they start.
 * (cli-utils, kstatus/status; fluxcd/pkg, runtime/cel and ssa/manager_wait.go)
 */
const expressions = [
  { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', current: readyExpression },
  { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', current: readyExpression },
  { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', current: readyExpression },
  { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', current: readyExpression },
  { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', current: readyExpression },
].map((expression) => [`${expression.apiVersion}/${expression.kind}`, expression] as const);

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
  // Flux fails the whole Kustomization for two expressions of one group and kind, whatever their versions.
  const given = new Set(own.map(groupKind));
  const all = [...own];
  for (const [kind, expression] of expressions) {
    if (kinds.has(kind) && !given.has(groupKind(expression))) all.push(expression);
  }
  return all;
}

function groupKind({ apiVersion, kind }: HealthCheckExpression): string {
  return `${apiVersion.slice(0, apiVersion.indexOf('/') + 1)}${kind}`;
}
