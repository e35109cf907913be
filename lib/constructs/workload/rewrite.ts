import type { ApiObject } from 'cdk8s';
import { deepEqual } from '../../json/deep-equal';
import { isJsonObject, type Json, type JsonObject, sorted } from '../../json/json';
import { at, listAt, objectAt } from '../../json/read';
import { merge } from '../merge';
import { patchable } from './patchable';

/** What a workload says of its pods in place of cdk8s-plus, in the API's own names; null takes a field away. */
export interface Written {
  readonly container: JsonObject;
  readonly pod: JsonObject;
  /** Laid over what cdk8s-plus says, one after the other. */
  readonly spec: readonly JsonObject[];
  /** The capabilities of containers that an author adds by cdk8s-plus and that run as no root, unless they say so; undefined for theirs. */
  readonly capabilities: JsonObject | undefined;
  /** Where the claims of a StatefulSet are mounted. */
  readonly volumeMounts: readonly JsonObject[];
}

/** What cdk8s-plus (2.5, for Kubernetes 1.28) writes although Kubernetes fills in the same. */
const filledIn: Readonly<Record<string, Json>> = {
  dnsPolicy: 'ClusterFirst',
  externalIPs: [],
  fsGroupChangePolicy: 'Always',
  hostNetwork: false,
  imagePullPolicy: 'IfNotPresent',
  minReadySeconds: 0,
  podManagementPolicy: 'OrderedReady',
  privileged: false,
  progressDeadlineSeconds: 600,
  readOnly: false,
  setHostnameAsFQDN: false,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  suspend: false,
  terminationGracePeriodSeconds: 30,
  type: 'ClusterIP',
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
};

/** What cdk8s-plus decides by itself, and these constructs decide instead. */
const ofContainer = ['resources', 'securityContext', 'startupProbe', 'readinessProbe', 'livenessProbe'];
const ofPod = ['securityContext', 'automountServiceAccountToken'];

/** What cdk8s-plus lets a container ask for where nobody has said it. (container.ts, defaultResourceSpec) */
const silent = { requests: { cpu: '1000m', memory: '512Mi' }, limits: { cpu: '1500m', memory: '2048Mi' } };

/** The containers beside the first that ask for what nobody has said. */
export function withSilentResources(pod: JsonObject): readonly string[] {
  return [...listAt(pod, 'containers').slice(1), ...listAt(pod, 'initContainers')]
    .filter((container) => deepEqual(at(container, 'resources'), silent))
    .map((container) => String(at(container, 'name')));
}

/** Has an object of cdk8s-plus written with other fields; JSON patches come last, in the API's own names. */
export function rewritten(object: ApiObject, rewrite: (spec: JsonObject) => JsonObject): ApiObject {
  const toJson = object.toJson.bind(object);
  object.toJson = () => {
    const json = toJson() as JsonObject;
    const spec = rewrite(withoutFilledIn(objectAt(json, 'spec') ?? {}) as JsonObject);
    return { ...json, spec: JSON.parse(JSON.stringify(spec, sorted)) };
  };
  return patchable(object);
}

/** A spec of cdk8s-plus with what a workload says of its first container, of the pod, and of itself. */
export function withWritten(spec: JsonObject, template: readonly string[], written: Written): JsonObject {
  const pod = objectAt(spec, ...template, 'spec') ?? {};
  const [main, ...others] = listAt(pod, 'containers');
  const container = merge<JsonObject>(without(main as JsonObject, ofContainer), written.container);
  const volumeMounts = [...listAt(container, 'volumeMounts'), ...written.volumeMounts];
  const mounted = volumeMounts.length > 0 ? { ...container, volumeMounts } : container;
  const always = pod.restartPolicy === 'Always' ? ['restartPolicy'] : [];
  const ours = merge<JsonObject>(
    {
      ...without(pod, [...ofPod, ...always]),
      containers: [mounted, ...others.map((other) => withCapabilities(other, written.capabilities))],
      ...(pod.initContainers !== undefined && {
        initContainers: listAt(pod, 'initContainers').map((init) => withCapabilities(init, written.capabilities)),
      }),
    },
    written.pod,
  );
  return written.spec.reduce<JsonObject>(merge, replaced(spec, [...template, 'spec'], ours));
}

/** cdk8s-plus has what the restricted Pod Security Standard asks for but for this; whoever runs as root may need some. */
function withCapabilities(container: Json, capabilities: JsonObject | undefined): Json {
  const securityContext = objectAt(container, 'securityContext');
  if (capabilities === undefined || securityContext?.runAsNonRoot !== true) return container;
  return { ...(container as JsonObject), securityContext: { capabilities, ...securityContext } };
}

function withoutFilledIn(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutFilledIn);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, item]) => !(name in filledIn && deepEqual(item, filledIn[name] as Json)),
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutFilledIn(item)]));
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function replaced(object: JsonObject, [step, ...path]: readonly string[], value: JsonObject): JsonObject {
  if (step === undefined) return value;
  return { ...object, [step]: replaced((at(object, step) as JsonObject | undefined) ?? {}, path, value) };
}
