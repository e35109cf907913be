import { textAt } from '../../graph/json';
import type { JsonObject } from '../../tree/tree';

const exemption = 'kustomize.toolkit.fluxcd.io/substitute';

/** Whether an object keeps Flux from filling in variables, by a label or an annotation. */
export function isExempt(value: JsonObject): boolean {
  return (['labels', 'annotations'] as const).some((map) => textAt(value, 'metadata', map, exemption) === 'disabled');
}
