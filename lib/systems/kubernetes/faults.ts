import type { JsonObject, Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { groupKind, groupVersion } from '../api-version';
import { cronFault } from '../cron';
import type { Fault } from '../fault';
import { podTemplatePath } from '../kinds/kinds';
import { dataKey } from './names';
import { requestsAboveLimits } from './quantity';

/** What the API server of Kubernetes 1.36 refuses in an object of its own kinds, beyond what their schemas say. */
export function* faultsOf(object: JsonObject): Generator<Fault> {
  const kind = { group: groupVersion(String(object.apiVersion)).group, kind: String(object.kind) };
  const pods = podTemplatePath(kind);
  if (pods !== undefined) yield* resources(object, [...pods, 'spec']);
  switch (groupKind(kind)) {
    case 'batch/CronJob':
      return yield* schedule(object);
    case '/ConfigMap':
      return yield* keys(object, 'data', 'binaryData');
    case '/Secret':
      return yield* keys(object, 'data', 'stringData');
  }
}

/** (pkg/apis/core/validation: ValidateContainerResourceRequirements) */
function* resources(object: JsonObject, pod: Path): Generator<Fault> {
  for (const field of ['initContainers', 'containers']) {
    for (const i of listAt(object, ...pod, field).keys()) {
      const path = [...pod, field, i, 'resources'];
      const limits = objectAt(object, ...path, 'limits') ?? {};
      for (const { name, limit } of requestsAboveLimits(objectAt(object, ...path, 'requests') ?? {}, limits))
        yield { path: [...path, 'requests', name], allowed: `at most its limit, ${limit}` };
    }
  }
}

/** (pkg/apis/batch/validation: validateScheduleFormat, with ParseStandard of github.com/robfig/cron 3) */
function* schedule(object: JsonObject): Generator<Fault> {
  const path = ['spec', 'schedule'];
  const text = textAt(object, ...path);
  if (text === undefined) return;
  if (text.includes('TZ')) yield { path, allowed: 'without a time zone, which spec.timeZone says' };
  else if (cronFault(text, 'five') !== undefined)
    yield { path, allowed: 'five cron fields (minute hour day-of-month month day-of-week), or @daily, @hourly, …' };
}

/** (pkg/apis/core/validation: ValidateSecret, ValidateConfigMap) */
function* keys(object: JsonObject, ...fields: readonly string[]): Generator<Fault> {
  for (const field of fields) {
    for (const key of keysAt(object, field)) {
      if (dataKey.accepts(key)) continue;
      yield { path: [field, key], value: null, allowed: `a key of ${dataKey.allowed}`, example: dataKey.example };
    }
  }
}
