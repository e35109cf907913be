import type { Json, JsonObject, Path } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import type { SetPart } from './contents';

/** The templates of a ResourceSet in the order in which the operator builds them. */
export function partsOf(set: JsonObject): SetPart[] {
  const steps = listAt(set, 'spec', 'steps');
  if (steps.length === 0) return partsBelow(objectAt(set, 'spec'), ['spec']);
  return steps.flatMap((step, i) => partsBelow(step, ['spec', 'steps', i]));
}

function partsBelow(of: Json | undefined, path: Path): SetPart[] {
  const parts: SetPart[] = listAt(of, 'resources').map((template, i) => ({
    path: [...path, 'resources', i],
    template,
  }));
  const text = textAt(of, 'resourcesTemplate');
  return text === undefined || text === ''
    ? parts
    : [...parts, { path: [...path, 'resourcesTemplate'], template: text }];
}
