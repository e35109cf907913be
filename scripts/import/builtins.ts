import { inside } from '../../lib/graph/schema/parts';
import type { Schema } from '../../lib/graph/schema/schema';

/** Maps whose keys and values are labels'. */
const labels = ['labels', 'matchLabels', 'nodeSelector', 'selector'];

/** The schema of a kind of Kubernetes' own, with what its OpenAPI leaves unsaid. */
export function refine(schema: Schema, field = ''): Schema {
  const isMap = typeof schema.additionalProperties === 'object' && schema.additionalProperties.type === 'string';
  if (isMap && labels.includes(field)) {
    return { ...schema, additionalProperties: { type: 'string', format: 'label-value' }, 'x-keys': 'label' };
  }
  if (isMap && field === 'annotations') return { ...schema, 'x-keys': 'annotation' };
  // A Service's and a container's ports are TCP unless they say otherwise; two items are told apart by it.
  if (schema.type === 'string' && field === 'protocol') return { ...schema, default: 'TCP' };
  return withNamespace(inside(schema, refine));
}

/** Of metadata, which alone has owners. */
function withNamespace(schema: Schema): Schema {
  const { ownerReferences, namespace } = schema.properties ?? {};
  if (!ownerReferences || !namespace) return schema;
  return { ...schema, properties: { ...schema.properties, namespace: { ...namespace, format: 'dns-label' } } };
}
