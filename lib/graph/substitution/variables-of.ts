import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt } from '../../json/read';
import type { Variable, Variables } from '../../systems/flux/envsubst/variable';
import { losesLines, variableName } from '../../systems/flux/substitution';
import { isKnown } from '../../text/symbolic';
import type { SubstitutionFault } from './substituted';

/** What is known of a ConfigMap or Secret that gives variables. */
export type VariableSource =
  /** `data` as Kubernetes keeps it, but decoded; a value that is not a string is not known. */
  | { readonly state: 'found'; readonly data: ReadonlyMap<string, unknown>; readonly complete: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' };

/** Finds a ConfigMap or Secret in the Kustomization's own namespace: Flux looks nowhere else. */
export type SourceLookup = (kind: 'ConfigMap' | 'Secret', name: string) => VariableSource;

/** The variables of one Kustomization. */
export interface KustomizationVariables extends Variables {
  /** Those that are known. */
  readonly names: readonly string[];
  /** What is wrong with `spec.postBuild`; paths begin with `spec`. */
  readonly faults: readonly SubstitutionFault[];
}

/**
 * The variables of a Kustomization with this `spec`: fluxcd/pkg/kustomize 1.35, kustomize_varsub.go, LoadVariables and
 * SubstituteVariables. Those of `substitute` come before those of `substituteFrom`, and there the later before the earlier.
 */
export function variablesOf(spec: JsonObject, lookup: SourceLookup): KustomizationVariables {
  const { postBuild } = spec;
  if (!isJsonObject(postBuild)) return { of: () => ({ state: 'absent' }), substitutes: 'never', names: [], faults: [] };
  const faults: SubstitutionFault[] = [];
  const layers = [inlineLayer(postBuild.substitute, faults)];
  for (const [i, reference] of listAt(postBuild, 'substituteFrom').entries()) {
    const layer = referredLayer(reference, i, lookup, faults);
    if (layer !== undefined) layers.splice(1, 0, layer);
  }
  const isGiven = postBuild.substituteStrategy === 'Always' || layers.some(({ variables }) => variables.size > 0);
  const substitutes = isGiven ? 'always' : layers.every(({ complete }) => complete) ? 'never' : 'perhaps';
  const names = layers.flatMap(({ variables }) => [...variables.keys()]);
  return { of: (name) => find(layers, name), substitutes, names, faults };
}

/** Variables of one origin. */
interface Layer {
  readonly variables: ReadonlyMap<string, Variable>;
  /** Whether it surely has no others. */
  readonly complete: boolean;
}

/** @param layers those first that come before others */
function find(layers: readonly Layer[], name: string): Variable {
  let isCovered = false;
  for (const { variables, complete } of layers) {
    const variable = variables.get(name);
    if (variable !== undefined) return isCovered ? { state: 'unknown' } : variable;
    isCovered ||= !complete;
  }
  return { state: isCovered ? 'perhaps' : 'absent' };
}

function inlineLayer(substitute: Json | undefined, faults: SubstitutionFault[]): Layer {
  const variables = new Map<string, Variable>();
  for (const [name, value] of Object.entries(isJsonObject(substitute) ? substitute : {})) {
    const path = ['spec', 'postBuild', 'substitute', name];
    if (!variableName.accepts(name) && isKnown(name)) {
      faults.push({ kind: 'invalid-name', path, inKey: true, variable: name, expression: name });
    }
    if (typeof value !== 'string') {
      const expression = JSON.stringify(value);
      faults.push({ kind: 'not-a-string', path, inKey: false, variable: name, expression });
    } else if (losesLines(value)) {
      faults.push({ kind: 'joined-lines', path, inKey: false, variable: name, expression: name });
    }
    variables.set(name, variableOf(value));
  }
  return { variables, complete: true };
}

/** The variables of an object; undefined when it is not there. */
function referredLayer(
  reference: Json,
  index: number,
  lookup: SourceLookup,
  faults: SubstitutionFault[],
): Layer | undefined {
  const path = ['spec', 'postBuild', 'substituteFrom', index];
  const { kind, name, optional } = isJsonObject(reference) ? reference : {};
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || typeof name !== 'string') {
    faults.push({ kind: 'invalid-reference', path, inKey: false, expression: JSON.stringify(reference) });
    return undefined;
  }
  const expression = `${kind}/${name}`;
  const source = isKnown(name) ? lookup(kind, name) : ({ state: 'unknown' } as const);
  if (source.state === 'unknown') return { variables: new Map(), complete: false };
  if (source.state === 'absent') {
    if (optional === true) return undefined;
    faults.push({ kind: 'missing-object', path: [...path, 'name'], inKey: false, expression });
    // That is what is wrong: the object that was meant may give any variable.
    return { variables: new Map(), complete: false };
  }
  for (const [variable, value] of source.data) {
    if (!variableName.accepts(variable))
      faults.push({ kind: 'invalid-name', path, inKey: false, variable, expression });
    else if (losesLines(value)) faults.push({ kind: 'joined-lines', path, inKey: false, variable, expression });
  }
  const variables = new Map([...source.data].map(([variable, value]) => [variable, variableOf(value)]));
  return { variables, complete: source.complete };
}

/** Flux takes every line feed out of a value. */
function variableOf(value: unknown): Variable {
  return typeof value === 'string' ? { state: 'known', value: value.replaceAll('\n', '') } : { state: 'unknown' };
}
