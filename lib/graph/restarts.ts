import type { JsonObject } from '../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../json/read';
import { externalSecretsGroup, isPeriodic } from '../systems/external-secrets/spec';
import { isReloaded } from '../systems/reloader';
import type { Cluster } from './cluster';
import type { Resource } from './resource';
import type { SecretReference } from './secrets/secret-index';
import { containersOf, podTemplate, podTemplates } from './workload';

/**
 * Whether Reloader, or Wave, is asked to restart the pods that read a Secret or ConfigMap when it changes.
 *
 * @param marks the annotations of the Secret or ConfigMap; undefined where nobody knows them
 */
export function isRestarted(
  { resource, kind, name }: Pick<SecretReference, 'resource' | 'kind' | 'name'>,
  marks: JsonObject | undefined,
): boolean {
  const pod = podTemplate(resource)?.metadata;
  const annotated = (annotation: string) =>
    textAt(resource.value, 'metadata', 'annotations', annotation) ?? textAt(pod, 'annotations', annotation);
  return isReloaded(annotated, kind, name, marks);
}

/**
 * The same of a release whose values name it: whether annotations in these are of what names it, of a part that holds that, or of
 * all pods (app-template's `controllers.NAME.annotations` and `defaultPodOptions`, other charts' `podAnnotations`). A volume of
 * app-template stands beside its controllers.
 */
export function isRestartedByChart(
  { resource, kind, name, path }: Pick<SecretReference, 'resource' | 'kind' | 'name' | 'path'>,
  marks: JsonObject | undefined,
): boolean {
  const values = ['spec', 'values'];
  if (path[1] !== 'values') return false;
  const around = path.map((_, i) => path.slice(0, i)).filter((way) => way.length >= values.length);
  const controllers = keysAt(resource.value, ...values, 'controllers');
  const beside =
    path[2] === 'persistence' && controllers.length === 1 ? [[...values, 'controllers', ...controllers]] : [];
  return [...around, ...beside, [...values, 'defaultPodOptions']].some((way) =>
    keysAt(resource.value, ...way).some((field) => {
      const annotations = objectAt(resource.value, ...way, field);
      const isMeant = /^(?:pod|deployment|statefulSet|controller)?annotations$/i.test(field);
      return isMeant && isReloaded((annotation) => textAt(annotations, annotation), kind, name, marks);
    }),
  );
}

/**
 * Whether an object is an ExternalSecret that goes on to write the Secret after it has made it
 * (https://external-secrets.io/latest/api/externalsecret/#refreshpolicy).
 */
export function rotates({ group, kind, value }: Resource): boolean {
  if (group !== externalSecretsGroup || kind !== 'ExternalSecret') return false;
  const spec = objectAt(value, 'spec');
  return spec !== undefined && at(spec, 'target', 'immutable') !== true && isPeriodic(spec);
}

/** Whether Reloader runs, for every namespace and only for what is annotated. */
export function hasReloader(cluster: Cluster): boolean {
  for (const { value } of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    const chart = textAt(value, 'spec', 'chart', 'spec', 'chart') ?? textAt(value, 'spec', 'chartRef', 'name') ?? '';
    if (!/(?:^|\/)reloader$/.test(chart) || listAt(value, 'spec', 'valuesFrom').length > 0) continue;
    const settings = ['spec', 'values', 'reloader'];
    if (at(value, ...settings, 'autoReloadAll') === true || at(value, ...settings, 'watchGlobally') === false) continue;
    return true;
  }
  for (const pod of podTemplates(cluster.resources)) {
    if (pod.resource.kind !== 'Deployment') continue;
    for (const { value } of containersOf(pod)) {
      if (!/\bstakater\/reloader\b/.test(textAt(value, 'image') ?? '')) continue;
      return !listAt(value, 'args').some(
        (arg) => typeof arg === 'string' && /^--(?:auto-reload-all|namespaces)/.test(arg),
      );
    }
  }
  return false;
}
