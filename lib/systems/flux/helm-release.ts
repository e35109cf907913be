import type { JsonObject } from '../../json/json';
import { textAt } from '../../json/read';

/** The release of Helm that a HelmRelease stands for. */
export interface Release {
  readonly name: string;
  /** The namespace that its chart is installed in. */
  readonly target: string;
  /** The namespace in which Helm keeps the release, by name. */
  readonly storage: string;
}

/** An empty text is none. (helm-controller 1.6 api/v2/helmrelease_types.go: GetReleaseName, GetReleaseNamespace, GetStorageNamespace) */
export function releaseOf(object: {
  readonly name: string;
  readonly namespace: string;
  readonly value: JsonObject;
}): Release {
  const { name, namespace, value } = object;
  const target = textAt(value, 'spec', 'targetNamespace') || undefined;
  return {
    name: textAt(value, 'spec', 'releaseName') || (target === undefined ? name : `${target}-${name}`),
    target: target ?? namespace,
    storage: textAt(value, 'spec', 'storageNamespace') || namespace,
  };
}
