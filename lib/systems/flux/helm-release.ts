import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json/json';
import { at, textAt } from '../../json/read';

/** The release of Helm that a HelmRelease stands for. */
export interface Release {
  readonly name: string;
  /** The namespace that its chart is installed in. */
  readonly target: string;
  /** The namespace in which Helm keeps the release, by name. */
  readonly storage: string;
}

/**
 * An empty text is none. (helm-controller 1.6 api/v2/helmrelease_types.go: GetReleaseName, GetReleaseNamespace, GetStorageNamespace;
 * internal/release/name.go: ShortenName)
 */
export function releaseOf(object: {
  readonly name: string;
  readonly namespace: string;
  readonly value: JsonObject;
}): Release {
  const { name, namespace, value } = object;
  const target = textAt(value, 'spec', 'targetNamespace') || undefined;
  return {
    name: shortened(textAt(value, 'spec', 'releaseName') || (target === undefined ? name : `${target}-${name}`)),
    target: target ?? namespace,
    storage: textAt(value, 'spec', 'storageNamespace') || namespace,
  };
}

const longestName = 53;
const hashLength = 12;

/** A name that is too long ends in a part of its hash. */
function shortened(name: string): string {
  if (name.length <= longestName) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  return `${name.slice(0, longestName - hashLength - 1)}-${hash}`;
}

/**
 * Whether the definitions in a chart's `crds/` are installed: with the first install, unless it is told not to. (helm-controller 1.6
 * internal/action/install.go: newInstall, crds.go)
 */
export function installsCrds({ value }: { readonly value: JsonObject }): boolean {
  const policy = textAt(value, 'spec', 'install', 'crds') || undefined;
  return policy === undefined ? at(value, 'spec', 'install', 'skipCRDs') !== true : policy !== 'Skip';
}

/** Whether hooks run when a release is installed. */
export function runsHooks({ value }: { readonly value: JsonObject }): boolean {
  return at(value, 'spec', 'install', 'disableHooks') !== true;
}

/** Whether a release is installed in another cluster. */
export function isRemote({ value }: { readonly value: JsonObject }): boolean {
  return at(value, 'spec', 'kubeConfig') !== undefined;
}
