import { isJsonObject, type Json } from '../../json/json';
import { textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { isObject } from '../identity';

export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';

/** Whether a value is a Flux Kustomization, not one of kustomize's. */
export function isFluxKustomization(value: Json): boolean {
  // Its kind first: it is asked of every document, and most are something else.
  if (!isJsonObject(value) || value.kind !== 'Kustomization' || !isObject(value)) return false;
  return groupVersion(value.apiVersion).group === kustomizeGroup;
}

/** Whether a Kustomization says where its files come from: without that it applies nothing. */
export function isSourced(kustomization: Json): boolean {
  return textAt(kustomization, 'spec', 'sourceRef', 'name') !== undefined;
}
