import { isJsonObject, type JsonObject } from '../../json/json';
import type { Format } from '../format';

/** What Flux takes in `spec.postBuild`, and what it leaves alone: fluxcd/pkg/kustomize 1.35, kustomize_varsub.go. */

/** Names of variables: with any other, Flux fails every object that it substitutes in. (varsubRegex) */
export const variableName: Format = {
  allowed: 'letters, digits and "_", not beginning with a digit: Flux fails the whole build otherwise',
  example: '"cluster_domain"',
  accepts: (value) => /^[_A-Za-z][_A-Za-z0-9]*$/.test(value),
};

/** Whether a value is another without its line feeds, which Flux takes out: not so when only its end has them. */
export function losesLines(value: unknown): boolean {
  return typeof value === 'string' && /\n[^\n]/.test(value);
}

/** The label or annotation that keeps Flux from substituting in an object. */
export const substituteKey = 'kustomize.toolkit.fluxcd.io/substitute';

/** Whether a label or an annotation of an object keeps Flux from substituting in it. */
export function isExempt({ metadata }: JsonObject): boolean {
  if (!isJsonObject(metadata)) return false;
  return [metadata.labels, metadata.annotations].some((map) => isJsonObject(map) && map[substituteKey] === 'disabled');
}

/** Doubles each `$` that Flux's envsubst would take: before `{`, and in runs, where `$$` means `$`. (fluxcd/pkg envsubst, scan.go) */
export function escapeSubstitution(text: string): string {
  return text.replace(/\${2,}|\$(?=\{)/g, (run) => run + run);
}
