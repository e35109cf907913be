import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { groupVersion } from '../../api-version';
import { type Fault, fault } from '../../fault';
import { isGiven } from '../../given';
import { labelKey } from '../names';
import { isWord } from './rules';

const mostOfAnnotations = 256 * 1024;

/**
 * What any object's metadata must have beside names and labels, which schemas judge. (apimachinery 0.36, pkg/api/validation:
 * ValidateObjectMetaAccessor)
 */
export function* metadata(object: JsonObject): Generator<Fault> {
  const given = objectAt(object, 'metadata');
  if (given === undefined) return;
  if (given.annotations !== undefined) yield* annotations(given);
  if (given.finalizers !== undefined) yield* finalizers(object, given);
  if (given.ownerReferences !== undefined) yield* owners(given);
}

/** (ValidateAnnotationsSize) */
function* annotations(given: JsonObject): Generator<Fault> {
  if (!isJsonObject(given.annotations)) return;
  let size = 0;
  for (const key in given.annotations) {
    const value = given.annotations[key] as Json;
    // A character has at most three bytes: most are seen to be short without being counted.
    size += key.length * 3 + (typeof value === 'string' ? value.length * 3 : 0);
  }
  if (size <= mostOfAnnotations) return;
  const texts = Object.entries(given.annotations).map(
    ([key, value]) => `${key}${typeof value === 'string' ? value : ''}`,
  );
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > mostOfAnnotations && texts.every(isKnown))
    yield fault(['metadata', 'annotations'], `at most ${mostOfAnnotations} bytes in all`, bytes);
}

/** Of other groups any name is taken. (k8s.io/kubernetes 1.36, pkg/apis/core/validation: validateKubeFinalizerName) */
const withOwnFinalizers = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
]);
const ownFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** (ValidateFinalizers) */
function* finalizers(object: JsonObject, given: JsonObject): Generator<Fault> {
  const list = listAt(given, 'finalizers');
  const isOwn = withOwnFinalizers.has(groupVersion(String(object.apiVersion)).group);
  for (const [i, name] of list.entries()) {
    if (!isWord(name)) continue;
    const path = ['metadata', 'finalizers', i];
    if (!labelKey.accepts(name)) yield { path, allowed: labelKey.allowed, example: labelKey.example };
    else if (isOwn && !name.includes('/') && !ownFinalizers.includes(name))
      yield { path, allowed: 'with a domain and "/" before it', example: '"example.com/cleanup"' };
  }
  if (list.includes('orphan') && list.includes('foregroundDeletion'))
    yield {
      path: ['metadata', 'finalizers'],
      value: null,
      allowed: 'a list with only one of orphan and foregroundDeletion',
    };
}

/** (ValidateOwnerReferences) */
function* owners(given: JsonObject): Generator<Fault> {
  let controller: number | undefined;
  for (const [i, owner] of listAt(given, 'ownerReferences').entries()) {
    if (!isJsonObject(owner)) continue;
    const path = ['metadata', 'ownerReferences', i];
    for (const field of ['apiVersion', 'kind', 'name', 'uid'])
      if (!isGiven(owner[field])) yield fault([...path, field], 'given');
    if (owner.apiVersion === 'v1' && owner.kind === 'Event')
      yield fault([...path, 'kind'], 'another kind: an Event owns nothing');
    if (owner.controller !== true) continue;
    if (controller !== undefined) yield fault([...path, 'controller'], 'true for one owner only');
    controller ??= i;
  }
}
