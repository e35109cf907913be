import { isJsonObject, type Json, type JsonObject, type Path } from '../../../json/json';
import { at, keysAt, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven, isUnknown } from '../../given';
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
  if (privileged !== false || isUnknown(container, 'securityContext')) return;
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
  const { volumes = null } = pod;
  const own = volumes === null ? [] : volumes;
  // A variable may stand for one of them.
  if (!Array.isArray(own) || !own.every(isJsonObject)) return () => none;
  const sources = new Map<Json, Json>(own.map((volume: Json) => [at(volume, 'name') ?? '', volume]));
  for (const name of claims) sources.set(name, { persistentVolumeClaim: {} });
  const names = [...sources.keys()];
  if (!names.every(isWord)) return () => none;
  return object((container) => {
    const found: Fault[] = [];
    const check = (name: Json | undefined, path: Path, fits: (volume: Json) => boolean, of: string): void => {
      if (!isWord(name)) return;
      const volume = sources.get(name);
      if (volume !== undefined && fits(volume)) return;
      const has = names.filter((other) => other !== '').join(', ') || 'the pod has none';
      found.push(...wrong(volume === undefined ? `the name of one of the pod's volumes (${has})` : of, path));
    };
    listAt(container, 'volumeMounts').forEach((mount, i) => {
      check(at(mount, 'name'), ['volumeMounts', i, 'name'], () => true, '');
    });
    listAt(container, 'volumeDevices').forEach((device, i) => {
      const of = 'the name of a volume with persistentVolumeClaim or ephemeral';
      check(at(device, 'name'), ['volumeDevices', i, 'name'], isClaim, of);
    });
    // (validateFileKeyRefVolumes)
    listAt(container, 'env').forEach((variable, i) => {
      const path = ['valueFrom', 'fileKeyRef', 'volumeName'];
      check(at(variable, ...path), ['env', i, ...path], isEmptyDir, 'the name of a volume with emptyDir');
    });
    return found;
  });
}

const isClaim = (volume: Json) => isGiven(at(volume, 'persistentVolumeClaim')) || isGiven(at(volume, 'ephemeral'));
