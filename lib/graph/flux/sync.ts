import type { Path } from '../../json/json';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { memoize } from '../../text/memoize';
import { withPatches } from '../../tree/kustomize/patches';
import { parseFile } from '../../tree/source/parse';
import type { SourceDocument } from '../../tree/source/source';
import { isObject } from '../identity';
import { isFluxKustomization, kustomizeGroup } from './objects';

/** What the Flux Operator is told to sync, and the Kustomization that it makes of that. */
export interface Sync {
  readonly kustomization: JsonObject;
  /** Where a document says it. */
  readonly path: Path;
  /** The repository, artifact or bucket, and which state of it. */
  readonly address: string;
  readonly revision: string;
}

/**
 * The sync of a document: a FluxInstance says it, or what a FluxInstance is made of: the values of the chart flux-instance, be it in
 * a HelmRelease, a ConfigMap, the resources of a ResourceSet, or a file of values that a generator or helmfile reads
 * (https://fluxoperator.dev/docs/crd/fluxinstance/#sync-configuration, charts/flux-instance of controlplaneio-fluxcd/charts).
 */
export const syncIn = memoize((document: SourceDocument): Sync | undefined => {
  const found = syncOf(document);
  // The operator puts the instance's patches into what it makes, sources and Kustomization included.
  if (found === undefined || found.patches.length === 0) return found;
  const { kustomization, patches, path } = found;
  const inInstance = [...path.slice(0, -1), 'kustomize', 'patches'];
  const entries = patches.map((value, i) => ({ value, document, path: [...inInstance, i] }));
  return { ...found, kustomization: withPatches(kustomization, { document, path }, entries) };
});

/** A sync with the patches of its instance. */
interface Patched extends Sync {
  readonly patches: readonly Json[];
}

function syncOf({ value }: SourceDocument): Patched | undefined {
  // Its kind first: it is asked of every document, and most are something else.
  if (!isJsonObject(value)) return undefined;
  if (value.kind === undefined) return value.instance === undefined ? undefined : ofValues(value, [], undefined);
  return kinds.has(value.kind as string) && isObject(value) ? ofObject(value, []) : undefined;
}

/** The Flux Kustomization that a document is, or that the Flux Operator makes because of it. */
export function kustomizationIn(document: SourceDocument): JsonObject | undefined {
  if (isFluxKustomization(document.value)) return document.value as JsonObject;
  return syncIn(document)?.kustomization;
}

const kinds = new Set(['FluxInstance', 'HelmRelease', 'ConfigMap', 'ResourceSet']);

function ofObject(
  value: JsonObject & { readonly apiVersion: string; readonly kind: string },
  path: Path,
): Patched | undefined {
  const { group } = groupVersion(value.apiVersion);
  const namespace = textAt(value, 'spec', 'targetNamespace') ?? textAt(value, 'metadata', 'namespace');
  switch (`${group}/${value.kind}`) {
    case 'fluxcd.controlplane.io/FluxInstance':
      return made(objectAt(value, 'spec'), namespace, [...path, 'spec', 'sync']);
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return ofValues(objectAt(value, 'spec', 'values'), [...path, 'spec', 'values'], namespace);
    case '/ConfigMap':
      return ofConfigMap(value, namespace);
    case 'fluxcd.controlplane.io/ResourceSet':
      return listAt(value, 'spec', 'resources')
        .map((resource, i) => (isObject(resource) ? ofObject(resource, ['spec', 'resources', i]) : undefined))
        .find((sync) => sync !== undefined);
    default:
      return undefined;
  }
}

function ofConfigMap(value: JsonObject, namespace: string | undefined): Patched | undefined {
  for (const [key, text] of Object.entries(objectAt(value, 'data') ?? {})) {
    if (typeof text !== 'string' || !/^instance:/m.test(text)) continue;
    const sync = ofValues(parseFile(key, text).documents[0]?.value, [], namespace);
    if (sync !== undefined) return { ...sync, path: ['data', key] };
  }
  return undefined;
}

/** The chart makes a FluxInstance with a sync where its values have a URL. */
function ofValues(values: Json | undefined, path: Path, namespace: string | undefined): Patched | undefined {
  const instance = objectAt(values, 'instance');
  return textAt(instance, 'sync', 'url') ? made(instance, namespace, [...path, 'instance', 'sync']) : undefined;
}

/** Source and Kustomization have the name of the instance's namespace, unless the sync says another. */
function made(instance: JsonObject | undefined, namespace = 'flux-system', path: Path): Patched | undefined {
  const sync = objectAt(instance, 'sync');
  const folder = textAt(sync, 'path');
  if (sync === undefined || folder === undefined) return undefined;
  const name = textAt(sync, 'name') || namespace;
  const spec = { interval: '10m', path: folder, prune: true };
  const sourceRef = { kind: textAt(sync, 'kind') ?? 'GitRepository', name };
  return {
    kustomization: {
      apiVersion: `${kustomizeGroup}/v1`,
      kind: 'Kustomization',
      metadata: { name, namespace },
      spec: { ...spec, sourceRef },
    },
    path,
    address: textAt(sync, 'url') ?? '',
    revision: textAt(sync, 'ref') ?? '',
    patches: listAt(instance, 'kustomize', 'patches'),
  };
}
