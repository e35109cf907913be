import type { JsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import type { GroupKind } from '../api-version';
import { controllerOf, type FluxController } from './controllers';

/** Those that apply what an object says as the object's service account, where it has one or a default is set. */
const appliers: readonly (FluxController | undefined)[] = ['kustomize-controller', 'helm-controller'];

/**
 * Whether an object is applied with the rights of a service account of this cluster, where it names one
 * (kustomize-controller internal/controller/kustomization_controller.go, helm-controller internal/kube/impersonate.go).
 */
export function impersonates({ value, ...kind }: GroupKind & { readonly value: JsonObject }): boolean {
  return appliers.includes(controllerOf(kind)) && objectAt(value, 'spec', 'kubeConfig') === undefined;
}

/** The service account that it names. */
export function accountOf({ value }: { readonly value: JsonObject }): string | undefined {
  return textAt(value, 'spec', 'serviceAccountName') || undefined;
}
