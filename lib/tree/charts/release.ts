import { isJsonObject, type JsonObject } from '../../json/json';
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
  const value = inNamespace(object.value, release.namespace);
  if (object.hooks.length > 0 || !ownedByHelm) return { ...object, value };
  const labelled = withMetadata(value, 'labels', { 'app.kubernetes.io/managed-by': 'Helm' });
  const owner = { 'meta.helm.sh/release-name': release.name, 'meta.helm.sh/release-namespace': release.namespace };
  return { ...object, value: withMetadata(labelled, 'annotations', owner) };
}

function inNamespace(value: JsonObject, namespace: string): JsonObject {
  if (textAt(value, 'metadata', 'namespace')) return value;
  const { group } = groupVersion(textAt(value, 'apiVersion') ?? '');
  if (isClusterScoped({ group, kind: textAt(value, 'kind') ?? '' }) !== false) return value;
  return { ...value, metadata: { ...objectAt(value, 'metadata'), namespace } };
}

/** An object with labels or annotations; they replace its own. */
export function withMetadata(value: JsonObject, field: 'labels' | 'annotations', added: JsonObject): JsonObject {
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  return { ...value, metadata: { ...metadata, [field]: { ...objectAt(metadata, field), ...added } } };
}
