import type { Json } from '../../../json/json';
import { at, listAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';
import { numberOr, repeated } from '../../given';
import { dnsLabel } from '../names';
import { tolerations } from './placement';
import { overhead } from './resources';
import { all, fields, needs, none, number, object, type Rule, text, unlessEmpty, words, wrong } from './rules';
import { labels } from './selectors';

/** Priorities that Kubernetes has itself. (pkg/apis/scheduling/v1/helpers.go) */
const systemPriorities: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

/** (pkg/apis/scheduling/validation: ValidatePriorityClass) */
export const priorityClass: Rule = all(
  fields({ preemptionPolicy: words('PreemptLowerPriority', 'Never') }),
  object((priority) => {
    const name = textAt(priority, 'metadata', 'name') ?? '';
    if (!isKnown(name)) return none;
    const value = numberOr(0, priority.value);
    if (!name.startsWith('system-')) return value > 1_000_000_000 ? wrong('at most 1000000000', ['value']) : none;
    const own = Object.hasOwn(systemPriorities, name) ? systemPriorities[name] : undefined;
    if (own === undefined)
      return wrong('a name that does not begin with "system-"', ['metadata', 'name'], {
        says: "priority class names with 'system-' prefix are reserved for system use only",
      });
    if (priority.globalDefault === true) return wrong(`false for ${name}`, ['globalDefault']);
    return value === own || Number.isNaN(value) ? none : wrong(`${own} for ${name}`, ['value']);
  }),
);

/** (pkg/apis/coordination/validation: ValidateLeaseSpec) What is alpha, the API server drops before. */
export const lease: Rule = fields({ spec: fields({ leaseDurationSeconds: number(1), leaseTransitions: number(0) }) });

/** (pkg/apis/node/validation: ValidateRuntimeClass) */
export const runtimeClass: Rule = all(
  needs({ handler: 'the name of a handler of the container runtime' }),
  fields({
    handler: unlessEmpty(text(dnsLabel)),
    overhead: fields({ podFixed: overhead }),
    scheduling: fields({ nodeSelector: labels, tolerations: all(tolerations, (value) => sameTolerations(value)) }),
  }),
);

function sameTolerations(value: Json): readonly Fault[] {
  const tolerations = listAt({ value }, 'value').map((item) =>
    ['key', 'operator', 'value', 'effect'].map((field) => String(at(item, field) ?? '')).join(),
  );
  return [...repeated(tolerations)].flatMap(({ index }) =>
    wrong('a toleration that no earlier item repeats', [index], { value: null }),
  );
}
