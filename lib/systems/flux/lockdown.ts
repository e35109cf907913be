import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import { groupVersion } from '../api-version';

/** Where objects of Flux refer to others that may be in another namespace: under the group and kind, the ways to the references. */
const references: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': [['sourceRef']],
  'helm.toolkit.fluxcd.io/HelmRelease': [['chartRef'], ['chart', 'spec', 'sourceRef']],
  'image.toolkit.fluxcd.io/ImagePolicy': [['imageRepositoryRef']],
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': [['sourceRef']],
  'notification.toolkit.fluxcd.io/Alert': [['eventSources']],
  'notification.toolkit.fluxcd.io/Receiver': [['resources']],
};

/** Those that apply objects, and do it as a service account. */
const appliers = ['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'];

/**
 * Why controllers that are locked down for several tenants (`--no-cross-namespace-refs`, `--default-service-account`) refuse an object
 * or apply it without rights (https://fluxcd.io/flux/installation/configuration/multitenancy/).
 *
 * @param namespace the object's own
 */
export function lockdownFaults(object: JsonObject, namespace: string): string[] {
  const { group } = groupVersion(textAt(object, 'apiVersion') ?? '');
  const kind = `${group}/${textAt(object, 'kind')}`;
  const ways = Object.hasOwn(references, kind) ? (references[kind] ?? []) : [];
  const crossing = ways.flatMap((way) => {
    const value = at(object, 'spec', ...way);
    return (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((reference, i) => {
      const other = isJsonObject(reference) ? textAt(reference, 'namespace') : undefined;
      if (other === undefined || other === namespace) return [];
      const field = `spec.${way.join('.')}${Array.isArray(value) ? `[${i}]` : ''}.namespace`;
      return [
        `${field}: ${JSON.stringify(other)}: only ${JSON.stringify(namespace)}, the namespace of the object itself`,
      ];
    });
  });
  const needsAccount =
    appliers.includes(kind) &&
    (textAt(object, 'spec', 'serviceAccountName') ?? '') === '' &&
    objectAt(object, 'spec', 'kubeConfig') === undefined;
  return needsAccount
    ? [...crossing, 'spec.serviceAccountName: the service account that it applies with is missing']
    : crossing;
}
