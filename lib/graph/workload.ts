import type { JsonObject, Path } from '../json/json';
import { listAt, objectAt } from '../json/read';
import { podTemplatePath } from '../systems/kinds/kinds';
import { memoize } from '../text/memoize';
import type { Resource } from './resource';

/** The pod that an object runs, and where it says so. */
export interface PodTemplate {
  readonly resource: Resource;
  /** The way to `spec` of the pod. */
  readonly path: Path;
  readonly spec: JsonObject;
  /** The way to the pod's `metadata`, which may be missing. */
  readonly metadataPath: Path;
  readonly metadata: JsonObject | undefined;
}

export interface Container {
  readonly path: Path;
  readonly value: JsonObject;
  readonly init: boolean;
}

/** The pod that an object runs; undefined when it runs none, or says nothing of it. */
export function podTemplate(resource: Resource): PodTemplate | undefined {
  return podTemplatePath(resource) === undefined ? undefined : templateOf(resource);
}

const templateOf = memoize((resource: Resource): PodTemplate | undefined => {
  const template = podTemplatePath(resource) ?? [];
  const spec = objectAt(resource.value, ...template, 'spec');
  if (spec === undefined) return undefined;
  return {
    resource,
    spec,
    path: [...template, 'spec'],
    metadata: objectAt(resource.value, ...template, 'metadata'),
    metadataPath: [...template, 'metadata'],
  };
});

/** The pods that a cluster's own workloads run. Found once: many rules look at them. */
export const podTemplates = memoize((resources: readonly Resource[]): readonly PodTemplate[] =>
  resources.flatMap((resource) => podTemplate(resource) ?? []),
);

export const containersOf = memoize(({ spec, path }: PodTemplate): readonly Container[] =>
  (['initContainers', 'containers'] as const).flatMap((field) =>
    listAt(spec, field).flatMap((_, i) => {
      const value = objectAt(spec, field, i);
      return value === undefined ? [] : [{ value, path: [...path, field, i], init: field === 'initContainers' }];
    }),
  ),
);
