import { isJsonObject, type JsonObject } from '../../../json/json';
import { isUnknown, numberOr } from '../../given';
import { httpHeaderName, portName } from '../names';
import {
  all,
  exactlyOne,
  fields,
  list,
  needs,
  none,
  number,
  object,
  type Rule,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';

/** A port by number or name. (pkg/apis/core/validation: ValidatePortNumOrName) */
export const port: Rule = (value) => (typeof value === 'number' ? portNumber(value) : text(portName)(value));
export const portNumber = number(1, 65535);
const atLeastNothing = number(0);

const handlers = {
  exec: needs({ command: 'a command of at least one word' }),
  // The path and the scheme have defaults.
  httpGet: fields({
    port,
    scheme: unlessEmpty(words('HTTP', 'HTTPS')),
    httpHeaders: list(fields({ name: text(httpHeaderName) })),
  }),
  tcpSocket: fields({ port }),
};

/** (pkg/apis/core/validation: validateProbe) */
const probe = all(
  fields({
    ...handlers,
    grpc: fields({ port: portNumber }),
    initialDelaySeconds: atLeastNothing,
    timeoutSeconds: atLeastNothing,
    periodSeconds: atLeastNothing,
    successThreshold: atLeastNothing,
    failureThreshold: atLeastNothing,
    terminationGracePeriodSeconds: number(1),
  }),
  exactlyOne(['exec', 'httpGet', 'tcpSocket', 'grpc'], 'must specify a handler type'),
);

/** One success ends what a liveness or startup probe waits for. Nothing is the default, 1. (validateLivenessProbe) */
const onceSuccessful = fields({
  successThreshold: (value) => (typeof value === 'number' && value > 1 ? wrong('1') : none),
});

export const probes: Readonly<Record<string, Rule>> = {
  livenessProbe: all(probe, onceSuccessful),
  startupProbe: all(probe, onceSuccessful),
  readinessProbe: all(
    probe,
    fields({
      terminationGracePeriodSeconds: () => wrong('left out', [], { says: 'must not be set for readinessProbes' }),
    }),
  ),
};

const hook = all(
  fields(handlers),
  exactlyOne(['exec', 'httpGet', 'tcpSocket', 'sleep'], 'must specify a handler type'),
);

/** (validateLifecycle) */
export const lifecycle = fields({ postStart: hook, preStop: hook });

/** Hooks that sleep longer than the pod may take to end. (validateSleepAction) */
export function sleeps(pod: JsonObject): Rule {
  const given = numberOr(30, pod.terminationGracePeriodSeconds);
  const period = given < 0 ? 1 : given;
  const sleep = fields({
    seconds: (seconds) =>
      typeof seconds === 'number' && (seconds < 0 || seconds > period)
        ? wrong(`from 0 to terminationGracePeriodSeconds, ${period}`)
        : none,
  });
  return fields({ lifecycle: fields({ postStart: fields({ sleep }), preStop: fields({ sleep }) }) });
}

/** Init containers are not asked, unless they stay. (validateInitContainers) */
export const withoutProbes = object((container) => {
  if (container.restartPolicy === 'Always' || isUnknown(container, 'restartPolicy')) return none;
  return ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((field) =>
    isJsonObject(container[field])
      ? wrong('left out', [field], {
          value: null,
          says: 'may not be set for init containers without restartPolicy=Always',
        })
      : [],
  );
});
