import { ApiObject, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { escapeSubstitution, isExempt, losesLines, variableName } from '../../systems/flux/substitution';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { requireFormat } from '../formats';
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
    requireFormat(scope, 'a name in postBuild.substitute', name, variableName);
    if (typeof value !== 'string') {
      refuse(scope, {
        field: `postBuild.substitute.${name}`,
        value,
        allowed: 'a string',
        example: `"${String(value)}"`,
      });
    }
    if (losesLines(value)) {
      refuse(scope, {
        field: `postBuild.substitute.${name}`,
        allowed: 'a text of one line: Flux removes every line break',
        example: 'a ConfigMap with these lines that the app reads itself',
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
    produce: () => (kustomizationOf(scope)?.substitutes && !isExemptObject(scope) ? escapeSubstitution(text) : text),
  }) as unknown as string;
}

/** Whether the object that a construct makes says that Flux shall replace nothing in it. */
function isExemptObject(scope: IConstruct): boolean {
  const object = ApiObject.isApiObject(scope) ? scope : scope.node.defaultChild;
  // Where its own annotations hold such a text, looking at them asks again.
  if (!object || !ApiObject.isApiObject(object) || asked.has(object)) return false;
  asked.add(object);
  try {
    return isExempt({ metadata: object.metadata.toJson() ?? {} });
  } finally {
    asked.delete(object);
  }
}

/** The objects that are being looked at. */
const asked = new Set<ApiObject>();
