import { isJsonObject, type Json, type JsonObject } from '../tree/tree';
import { groupVersion, isObject } from './identity';
import { objectAt, textAt } from './json';

export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';

/** Whether a value is a Flux Kustomization, not one of kustomize's. */
export function isFluxKustomization(value: Json): boolean {
  // Its kind first: it is asked of every document, and most are something else.
  if (!isJsonObject(value) || value.kind !== 'Kustomization' || !isObject(value)) return false;
  return groupVersion(value.apiVersion).group === kustomizeGroup;
}

/**
 * The Kustomization that the Flux Operator makes for a FluxInstance with `spec.sync`: in its namespace, with the namespace's name
 * unless it says another (https://fluxoperator.dev/docs/crd/fluxinstance/#sync-configuration).
 */
export function syncOf(value: Json): JsonObject | undefined {
  if (!isJsonObject(value) || value.kind !== 'FluxInstance' || !isObject(value)) return undefined;
  if (groupVersion(value.apiVersion).group !== 'fluxcd.controlplane.io') return undefined;
  const sync = objectAt(value, 'spec', 'sync');
  const path = textAt(sync, 'path');
  if (sync === undefined || path === undefined) return undefined;
  const namespace = textAt(value, 'metadata', 'namespace') ?? 'flux-system';
  const name = textAt(sync, 'name') ?? namespace;
  return {
    apiVersion: `${kustomizeGroup}/v1`,
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: { interval: '10m', path, prune: true, sourceRef: { kind: textAt(sync, 'kind') ?? 'GitRepository', name } },
  };
}
