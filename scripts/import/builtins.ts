import { structural } from '../../lib/graph/schema/json-schema';
import type { Schema } from '../../lib/graph/schema/schema';
import type { JsonObject } from '../../lib/json/json';
import { inside } from './share';

/**
 * Quantities: Kubernetes publishes them as strings, and takes numbers as well (`cpu: 1`, `cpu: 0.5`).
 *
 * Source: k8s.io/apimachinery pkg/api/resource/quantity.go (UnmarshalJSON)
 */
const quantities = {
  maps: [
    'limits',
    'requests',
    'capacity',
    'overhead',
    'hard',
    'default',
    'defaultRequest',
    'max',
    'maxLimitRequestRatio',
    'min',
  ],
  values: ['divisor', 'sizeLimit', 'averageValue', 'tolerance'],
};
const quantity: Schema = {
  type: ['string', 'number'],
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
};

/** Maps whose keys and values are labels'. */
const labels = ['labels', 'matchLabels', 'nodeSelector', 'selector'];

/** What a built-in kind's strict JSON Schema says, as a structural schema with what it leaves unsaid. */
export function builtinSchema(given: JsonObject): Schema {
  const refine = (schema: Schema, field: string): Schema => {
    const isMap = typeof schema.additionalProperties === 'object' && schema.additionalProperties.type === 'string';
    if (isMap && quantities.maps.includes(field)) return { type: 'object', additionalProperties: quantity };
    if (schema.type === 'string' && quantities.values.includes(field)) return quantity;
    if (isMap && labels.includes(field)) {
      return { type: 'object', additionalProperties: { type: 'string', format: 'label-value' }, 'x-keys': 'label' };
    }
    if (isMap && field === 'annotations') return { ...lean(schema), 'x-keys': 'annotation' };
    // A Service's and a container's ports are TCP unless they say otherwise; two items are told apart by it.
    if (schema.type === 'string' && field === 'protocol') return { type: 'string', default: 'TCP' };
    return lean(withTarget(withNamespace(inside(schema, refine))));
  };
  return refine(structural(given), '');
}

/** Of metadata, which alone has owners. */
function withNamespace(schema: Schema): Schema {
  const { ownerReferences, namespace } = schema.properties ?? {};
  if (!ownerReferences || !namespace) return schema;
  return { ...schema, properties: { ...schema.properties, namespace: { ...namespace, format: 'dns-label' } } };
}

/** Of a HorizontalPodAutoscaler's target, whose `value` is a quantity: it has an averageValue beside it. */
function withTarget(schema: Schema): Schema {
  const { averageValue, value } = schema.properties ?? {};
  return averageValue && value ? { ...schema, properties: { ...schema.properties, value: quantity } } : schema;
}

/** Without what says only how two appliers share a value. */
function lean(schema: Schema): Schema {
  const { 'x-kubernetes-map-type': _, ...rest } = schema as Schema & { 'x-kubernetes-map-type'?: string };
  if (rest['x-kubernetes-list-type'] !== 'atomic') return rest;
  const { 'x-kubernetes-list-type': __, ...left } = rest;
  return left;
}
