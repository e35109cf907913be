import { ApiObject, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { requireFormat, substitutionName } from '../formats';
import { refuse } from '../input-error';
import { kustomizationOf, type Substitutions } from '../scopes';

/** Whether Flux replaces anything: without variables it leaves every `${…}` and `$${…}` alone. (fluxcd/pkg, kustomize_varsub.go) */
export function hasSubstitutions(
  postBuild: (Substitutions & { readonly substituteStrategy?: string }) | undefined,
): boolean {
  const { substitute = {}, substituteFrom = [], substituteStrategy } = postBuild ?? {};
  return substituteStrategy === 'Always' || Object.keys(substitute).length > 0 || substituteFrom.length > 0;
}

/** @throws EspalierError for a name that fails Flux's whole build, or for a value that is not a string. */
export function requireSubstitutions(scope: IConstruct, variables: Substitutions): Substitutions {
  for (const [name, value] of Object.entries(variables.substitute ?? {})) {
    requireFormat(scope, 'a name in postBuild.substitute', name, substitutionName);
    if (typeof value !== 'string') {
      refuse(scope, {
        field: `postBuild.substitute.${name}`,
        value,
        allowed: 'a string',
        example: `"${String(value)}"`,
      });
    }
  }
  for (const from of variables.substituteFrom ?? []) {
    if (from.kind !== 'ConfigMap' && from.kind !== 'Secret') {
      refuse(scope, { field: 'postBuild.substituteFrom[].kind', value: from.kind, allowed: '"ConfigMap" or "Secret"' });
    }
    requireFormat(scope, 'postBuild.substituteFrom[].name', from.name, dnsSubdomain);
  }
  return variables;
}

/**
 * A text that reaches the cluster as it stands, whatever its `${…}` and `$$` would mean to Flux: an app's own
 * configuration, SQL, a regular expression.
 *
 * Whether it must be escaped depends on the Kustomization that applies it, so it is decided when the tree is made:
 * `$${` would stay literal where Flux replaces nothing.
 */
export function literal(scope: IConstruct, text: string): string {
  if (!text.includes('$')) return text;
  return Lazy.any({
    produce: () => (kustomizationOf(scope)?.substitutes && !isExempt(scope) ? escapeSubstitution(text) : text),
  }) as unknown as string;
}

/** A label or annotation that keeps Flux from replacing variables in an object. (fluxcd/pkg, kustomize_varsub.go) */
export const substituteKey = 'kustomize.toolkit.fluxcd.io/substitute';

/** Whether the object that a construct makes says that Flux shall replace nothing in it. */
function isExempt(scope: IConstruct): boolean {
  const object = ApiObject.isApiObject(scope) ? scope : scope.node.defaultChild;
  // Where its own annotations hold such a text, looking at them asks again.
  if (!object || !ApiObject.isApiObject(object) || asked.has(object)) return false;
  asked.add(object);
  try {
    const { labels = {}, annotations = {} } = object.metadata.toJson() ?? {};
    return labels[substituteKey] === 'disabled' || annotations[substituteKey] === 'disabled';
  } finally {
    asked.delete(object);
  }
}

/** The objects that are being looked at. */
const asked = new Set<ApiObject>();

/** Doubles each `$` that Flux's envsubst would take: before `{`, and in runs, where `$$` means `$`. (fluxcd/pkg envsubst, scan.go) */
export function escapeSubstitution(text: string): string {
  return text.replace(/\${2,}|\$(?=\{)/g, (run) => run + run);
}
