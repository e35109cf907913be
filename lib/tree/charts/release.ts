import type { Json, JsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import type { RenderedObject, RenderInput } from './chart';
import { isOfCrds } from './documents';

/**
 * Objects as Helm installs them. Of what is no hook and no definition of `crds/` it says that it manages it (Helm v4.3
 * pkg/action/validate.go: setMetadataVisitor); what has no namespace goes to the release's, if it is of a kind that is known to lie in
 * one.
 */
export function asInstalled(object: RenderedObject, { release, ownedByHelm = true }: RenderInput): RenderedObject {
  if (isOfCrds(object.template)) return object;
  const { value } = object;
  const namespace = liesInNone(value) ? release.namespace : undefined;
  if (object.hooks.length > 0 || !ownedByHelm) return { ...object, value: withMetadata(value, { namespace }) };
  const labels = { 'app.kubernetes.io/managed-by': 'Helm' };
  const annotations = {
    'meta.helm.sh/release-name': release.name,
    'meta.helm.sh/release-namespace': release.namespace,
  };
  return { ...object, value: withMetadata(value, { namespace, labels, annotations }) };
}

/** Whether an object says no namespace, and is of a kind that is known to lie in one. */
function liesInNone(value: JsonObject): boolean {
  if (textAt(value, 'metadata', 'namespace')) return false;
  const { group } = groupVersion(textAt(value, 'apiVersion') ?? '');
  return isClusterScoped({ group, kind: textAt(value, 'kind') ?? '' }) === false;
}

/** What is put into the metadata of an object. Labels and annotations replace those of their names. */
export interface Added {
  readonly namespace?: string | undefined;
  readonly labels?: JsonObject | undefined;
  readonly annotations?: JsonObject | undefined;
}

/** An object with more in its metadata: copied once, for a tree may have thousands. */
export function withMetadata(value: JsonObject, { namespace, labels, annotations }: Added): JsonObject {
  if (namespace === undefined && labels === undefined && annotations === undefined) return value;
  const metadata: { [key: string]: Json } = { ...objectAt(value, 'metadata') };
  if (namespace !== undefined) metadata.namespace = namespace;
  if (labels !== undefined) metadata.labels = { ...objectAt(metadata, 'labels'), ...labels };
  if (annotations !== undefined) metadata.annotations = { ...objectAt(metadata, 'annotations'), ...annotations };
  return { ...value, metadata };
}
