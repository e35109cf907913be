import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, keysAt, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { relativePath, withoutBacksteps } from './paths';
import { all, atMostOne, fields, isWord, list, none, object, type Rule, unlessEmpty, words, wrong } from './rules';

const notEmpty: Rule = (value) => (value === '' ? wrong('a path in the container') : none);

/** (pkg/apis/core/validation: ValidateVolumeMounts, validateMountRecursiveReadOnly) */
const mount = all(
  fields({
    mountPath: notEmpty,
    subPath: relativePath,
    subPathExpr: unlessEmpty(relativePath),
    mountPropagation: words('None', 'HostToContainer', 'Bidirectional'),
    recursiveReadOnly: words('Disabled', 'IfPossible', 'Enabled'),
  }),
  atMostOne(['subPath', 'subPathExpr'], 'subPathExpr and subPath are mutually exclusive'),
  object(({ recursiveReadOnly, readOnly, mountPropagation }) => {
    if (recursiveReadOnly !== 'IfPossible' && recursiveReadOnly !== 'Enabled') return none;
    if (readOnly === undefined || readOnly === false || readOnly === null)
      return wrong('Disabled, or left out, without readOnly', ['recursiveReadOnly'], {
        says: 'may only be specified when readOnly is true',
      });
    return isWord(mountPropagation) && mountPropagation !== 'None'
      ? wrong('None, or left out, with recursiveReadOnly', ['mountPropagation'])
      : none;
  }),
);

/** What of a container's mounts and devices can be said without the pod's volumes. */
export const mounts: Rule = all(
  fields({ volumeMounts: list(mount), volumeDevices: list(fields({ devicePath: all(notEmpty, withoutBacksteps) })) }),
  object((container) => [...placedOnce(container), ...sharedWithHost(container)]),
);

/** Nothing lies where something else lies, and no volume is both mounted and a device. */
function* placedOnce(container: JsonObject): Generator<Fault> {
  const places = new Set<Json>();
  const devices = listAt(container, 'volumeDevices');
  for (const [field, path] of [
    ['volumeMounts', 'mountPath'],
    ['volumeDevices', 'devicePath'],
  ] as const) {
    for (const [i, item] of listAt(container, field).entries()) {
      const place = at(item, path);
      if (!isWord(place) || place === '') continue;
      if (places.has(place))
        yield* wrong('a path at which the container mounts nothing else', [field, i, path], { says: 'must be unique' });
      places.add(place);
    }
  }
  for (const [i, item] of listAt(container, 'volumeMounts').entries()) {
    const name = at(item, 'name');
    if (isWord(name) && devices.some((device) => at(device, 'name') === name))
      yield* wrong('the name of a volume that volumeDevices does not use', ['volumeMounts', i, 'name'], {
        says: 'must not already exist in volumeDevices',
      });
  }
}

/** (validateMountPropagation) */
function* sharedWithHost(container: JsonObject): Generator<Fault> {
  const privileged = at(container, 'securityContext', 'privileged') ?? false;
  if (privileged !== false) return;
  for (const [i, item] of listAt(container, 'volumeMounts').entries())
    if (at(item, 'mountPropagation') === 'Bidirectional')
      yield* wrong(
        'None or HostToContainer without securityContext.privileged',
        ['volumeMounts', i, 'mountPropagation'],
        {
          says: 'Bidirectional mount propagation is available only to privileged containers',
        },
      );
}

/** A volume without a source is one. */
const isEmptyDir = (volume: Json) => keysAt(volume).every((field) => field === 'name' || field === 'emptyDir');

/**
 * Mounts of volumes that the pod does not have, and devices of volumes that are no claims.
 *
 * @param claims the names of volumes that its StatefulSet adds
 */
export function mountsOf(pod: JsonObject, claims: readonly Json[]): Rule {
  const volumes =
    pod.volumes === undefined || pod.volumes === null || Array.isArray(pod.volumes)
      ? listAt(pod, 'volumes')
      : undefined;
  const names = [...claims, ...(volumes ?? []).map((volume) => at(volume, 'name') ?? '')];
  if (volumes === undefined || !names.every(isWord)) return () => none;
  const has = names.length === 0 ? 'the pod has none' : names.join(', ');
  const named: Rule = (name) =>
    isWord(name) && !names.includes(name)
      ? wrong(`the name of one of the pod's volumes (${has})`, [], { says: 'Not found' })
      : none;
  const isClaim = (name: Json): boolean =>
    claims.includes(name) ||
    volumes.some(
      (volume) =>
        at(volume, 'name') === name &&
        isJsonObject(volume) &&
        (isJsonObject(volume.persistentVolumeClaim) || isJsonObject(volume.ephemeral)),
    );
  const device: Rule = (name) =>
    !isWord(name) || !names.includes(name) || isClaim(name)
      ? named(name)
      : wrong('the name of a volume with persistentVolumeClaim or ephemeral');
  // (validateFileKeyRefVolumes)
  const empty: Rule = (name) =>
    isWord(name) && !volumes.some((volume) => at(volume, 'name') === name && isEmptyDir(volume))
      ? wrong('the name of a volume with emptyDir')
      : none;
  return fields({
    volumeMounts: list(fields({ name: named })),
    volumeDevices: list(fields({ name: device })),
    env: list(fields({ valueFrom: fields({ fileKeyRef: fields({ volumeName: empty }) }) })),
  });
}
