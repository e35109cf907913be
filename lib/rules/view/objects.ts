import type { Graph } from '../../graph/graph';
import { type FluxKustomization, type Resource, writtenAt } from '../../graph/resource';
import { shownPath } from '../../graph/shown-path';
import { containersOf, podTemplate } from '../../graph/workload';
import type { Path } from '../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../json/read';
import { lazy } from '../../text/memoize';
import { locate } from '../../tree/source';
import type { Container, KubernetesObject, Kustomization, Pod, Reference } from '../cluster';
import { freeze } from './freeze';

/** What an object leads to. */
export interface Around {
  readonly graph: Graph;
  object(resource: Resource): KubernetesObject;
  kustomization(own: FluxKustomization): Kustomization;
  referencesOf(resource: Resource): readonly Reference[];
  referencesTo(resource: Resource): readonly Reference[];
}

/** What stands behind an object of a view. */
const resources = new WeakMap<KubernetesObject, Resource>();

/** @returns undefined for what no view has made: an object that a rule has put together itself */
export function resourceOf(object: KubernetesObject): Resource | undefined {
  return resources.get(object);
}

export function objectOf(resource: Resource, view: Around): KubernetesObject {
  const { value, chart } = resource;
  const line = (path: Path) => {
    const place = writtenAt(resource, path);
    return locate(place.document, place.path).line;
  };
  const pod = lazy(() => podOf(resource, view));
  const object: KubernetesObject = {
    apiVersion: textAt(value, 'apiVersion') ?? '',
    group: resource.group,
    kind: resource.kind,
    namespace: resource.namespace,
    name: resource.name,
    get value() {
      return freeze(value);
    },
    get labels() {
      return textsIn(resource, ['metadata', 'labels']);
    },
    get annotations() {
      return textsIn(resource, ['metadata', 'annotations']);
    },
    get file() {
      return shownPath(view.graph.tree, writtenAt(resource, []).document.file.path);
    },
    get line() {
      return line(['metadata', 'name']);
    },
    certain: !resource.uncertain,
    get kustomization() {
      return resource.appliedBy && view.kustomization(resource.appliedBy);
    },
    get chart() {
      return (
        chart &&
        Object.freeze({
          name: chart.name,
          version: chart.version,
          template: chart.template,
          release: view.object(chart.release),
        })
      );
    },
    get pod() {
      return pod();
    },
    get references() {
      return view.referencesOf(resource);
    },
    get referredBy() {
      return view.referencesTo(resource);
    },
    get: (...path) => {
      const found = at(value, ...path);
      return found === undefined ? undefined : freeze(found);
    },
    lineOf: (...path) => line(path),
  };
  resources.set(object, resource);
  return Object.freeze(object);
}

function podOf(resource: Resource, view: Around): Pod | undefined {
  const template = podTemplate(resource);
  if (template === undefined) return undefined;
  const containers = lazy(() =>
    Object.freeze([
      ...containersOf(template).map(({ path, value, init }) =>
        containerOf(pod, path, value, !init ? 'container' : value.restartPolicy === 'Always' ? 'sidecar' : 'init'),
      ),
      ...listAt(template.spec, 'ephemeralContainers').flatMap((_, i) => {
        const value = objectAt(template.spec, 'ephemeralContainers', i);
        const path = [...template.path, 'ephemeralContainers', i];
        return value === undefined ? [] : [containerOf(pod, path, value, 'ephemeral')];
      }),
    ]),
  );
  const pod: Pod = Object.freeze({
    get object() {
      return view.object(resource);
    },
    path: freeze([...template.path]),
    get spec() {
      return freeze(template.spec);
    },
    get labels() {
      return textsIn(resource, [...template.metadataPath, 'labels']);
    },
    get annotations() {
      return textsIn(resource, [...template.metadataPath, 'annotations']);
    },
    get containers() {
      return containers();
    },
  });
  return pod;
}

function containerOf(pod: Pod, path: Path, value: Container['value'], type: Container['type']): Container {
  return Object.freeze({
    pod,
    type,
    path: freeze([...path]),
    name: textAt(value, 'name') ?? '',
    image: textAt(value, 'image') ?? '',
    value: freeze(value),
  });
}

/** The texts of an object's field: labels and annotations that are none are refused by the schemas. */
function textsIn({ value }: Resource, path: Path): Readonly<Record<string, string>> {
  return Object.freeze(
    Object.fromEntries(
      keysAt(value, ...path).flatMap((key) => {
        const text = textAt(value, ...path, key);
        return text === undefined ? [] : [[key, text]];
      }),
    ),
  );
}
