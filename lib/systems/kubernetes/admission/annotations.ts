import type { Json, JsonObject } from '../../../json/json';
import { at, listAt, objectAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { relativePath } from './paths';
import { isWord, wrong } from './rules';

const appArmor = 'container.apparmor.security.beta.kubernetes.io/';
const seccomp = 'container.seccomp.security.alpha.kubernetes.io/';
const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';

/** Annotations of pods that the API server reads. (pkg/apis/core/validation: ValidatePodSpecificAnnotations) */
export function* annotationFaults(annotations: JsonObject, pod: JsonObject): Generator<Fault> {
  for (const key in annotations) {
    const value = annotations[key];
    if (!isWord(value)) continue;
    if (key === 'controller.kubernetes.io/pod-deletion-cost') {
      if (!/^(?:0|-\d+|[1-9]\d*)$/.test(value) || Math.abs(Number(value) + 0.5) > 2 ** 31)
        yield* wrong('a whole number that fits in 32 bits', [key]);
    } else if (key.startsWith(appArmor)) yield* ofAppArmor(key, value, pod);
    else if (key === seccompOfPod || key.startsWith(seccomp)) yield* ofSeccomp(key, value, pod);
  }
}

const allowed = 'runtime/default, unconfined or localhost/PROFILE';

/** (ValidateAppArmorPodAnnotations, validateAppArmorAnnotationsAndFieldsMatchOnCreate) */
function* ofAppArmor(key: string, value: string, pod: JsonObject): Generator<Fault> {
  const containers = containersOf(pod);
  const container = containers.find((item) => at(item, 'name') === key.slice(appArmor.length));
  if (container === undefined && containers.length > 0 && containers.every((item) => isWord(at(item, 'name'))))
    yield* wrong('of a container that the pod has', [key], { says: 'container not found' });
  if (value !== '' && value !== 'runtime/default' && value !== 'unconfined' && !value.startsWith('localhost/'))
    yield* wrong(allowed, [key]);
  else if (container !== undefined && at(pod, 'os', 'name') !== 'windows')
    yield* sameAs(profileOf(container, 'appArmorProfile') ?? profileOf(pod, 'appArmorProfile'), key, [value]);
}

/** (ValidateSeccompProfile, validateSeccompAnnotationsAndFields) */
function* ofSeccomp(key: string, value: string, pod: JsonObject): Generator<Fault> {
  const isLocal = value.startsWith('localhost/') && relativePath(value.slice('localhost/'.length)).length === 0;
  const container = containersOf(pod).find((item) => at(item, 'name') === key.slice(seccomp.length));
  const of = key === seccompOfPod ? pod : container;
  if (!['runtime/default', 'docker/default', 'unconfined'].includes(value) && !isLocal) yield* wrong(allowed, [key]);
  else yield* sameAs(profileOf(of, 'seccompProfile'), key, [value, value.replace(/^docker/, 'runtime')]);
}

function containersOf(pod: JsonObject): readonly Json[] {
  return [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')];
}

function profileOf(of: Json | undefined, field: string): JsonObject | undefined {
  return objectAt(of, 'securityContext', field);
}

/** A field that says the same as an annotation must say the same. */
function sameAs(profile: JsonObject | undefined, key: string, values: readonly string[]): readonly Fault[] {
  const of = new Map<Json | undefined, string>([
    ['RuntimeDefault', 'runtime/default'],
    ['Unconfined', 'unconfined'],
    ['Localhost', `localhost/${profile?.localhostProfile}`],
  ]);
  const field = isWord(profile?.localhostProfile ?? '') ? of.get(profile?.type) : undefined;
  return field === undefined || values.includes(field)
    ? []
    : wrong(`${field}, as the field of the security context says, or left out`, [key], {
        says: 'type in annotation and field must match',
      });
}
