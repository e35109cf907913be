import type { JsonObject, Path } from '../../../json/json';
import { listAt, objectAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { requestsAboveLimits } from '../quantity';

/** (pkg/apis/core/validation: ValidateContainerResourceRequirements) */
export function* resources(object: JsonObject, pod: Path): Generator<Fault> {
  for (const field of ['initContainers', 'containers']) {
    for (const i of listAt(object, ...pod, field).keys()) {
      const path = [...pod, field, i, 'resources'];
      const limits = objectAt(object, ...path, 'limits') ?? {};
      for (const { name, limit } of requestsAboveLimits(objectAt(object, ...path, 'requests') ?? {}, limits))
        yield { path: [...path, 'requests', name], allowed: `at most its limit, ${limit}` };
    }
  }
}
