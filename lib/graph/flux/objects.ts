import { isJsonObject, type Json } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { isObject } from '../identity';

export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';

/** Whether a value is a Flux Kustomization, not one of kustomize's. */
export function isFluxKustomization(value: Json): boolean {
  // Its kind first: it is asked of every document, and most are something else.
  if (!isJsonObject(value) || value.kind !== 'Kustomization' || !isObject(value)) return false;
  return groupVersion(value.apiVersion).group === kustomizeGroup;
}
