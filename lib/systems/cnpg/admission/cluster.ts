import type { JsonObject, Path } from '../../../json/json';
import { at, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';
import { pattern } from '../../kubernetes/patterns';
import { majorOf, majorOfTag, tagOf } from '../image';
import { clusterName } from '../names';
import { atAnnotation, givenText, instancesOf, isGiven, names, numberOr, repeated } from './values';

/** (validateName) */
export function* name(cluster: JsonObject): Generator<Fault> {
  const text = givenText(at(cluster, 'metadata', 'name'));
  if (text !== undefined && !clusterName.accepts(text)) yield { path: ['metadata', 'name'], ...clusterName };
}

/** (validateImageName, validateConfiguration, validateImagePullPolicy) */
export function* image(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'imageName'];
  const text = givenText(at(cluster, ...path));
  if (text !== undefined && majorOfTag(tagOf(text)) === undefined) {
    yield { path, allowed: "an image whose tag begins with PostgreSQL's version: CloudNativePG reads it there" };
  }
  const major = majorOf(cluster);
  if (major !== undefined && major < 13) yield { path, value: major, allowed: 'PostgreSQL 13 or newer' };
  yield* oneOf(cluster, ['spec', 'imagePullPolicy'], 'Always', 'Never', 'IfNotPresent');
}

function* oneOf(cluster: JsonObject, path: Path, ...words: readonly string[]): Generator<Fault> {
  const text = givenText(at(cluster, ...path));
  if (text !== undefined && !words.includes(text)) yield { path, allowed: `one of ${words.join(', ')}` };
}

/** (validatePrimaryUpdateStrategy, validatePrimaryLease) */
export function* primary(cluster: JsonObject): Generator<Fault> {
  const strategy: Path = ['spec', 'primaryUpdateStrategy'];
  if (textAt(cluster, ...strategy) === 'supervised' && instancesOf(cluster) === 1)
    yield { path: strategy, allowed: 'unsupervised with one instance' };
  const lease = objectAt(cluster, 'spec', 'primaryLease');
  if (lease === undefined) return;
  // api/v1/cluster_types.go: DefaultPrimaryLease…Seconds
  const duration = numberOr(15, lease.leaseDurationSeconds);
  const deadline = numberOr(10, lease.renewDeadlineSeconds);
  const period = numberOr(2, lease.retryPeriodSeconds);
  if (duration <= deadline)
    yield {
      path: ['spec', 'primaryLease', 'leaseDurationSeconds'],
      value: duration,
      allowed: `more than renewDeadlineSeconds, ${deadline}`,
    };
  if (5 * deadline <= 6 * period)
    yield {
      path: ['spec', 'primaryLease', 'renewDeadlineSeconds'],
      value: deadline,
      allowed: `more than 1.2 times retryPeriodSeconds, ${period}`,
    };
}

/** (validateCerts, validateSuperuserSecret) */
export function* secrets(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'certificates'];
  const has = (field: string): boolean => isGiven(at(cluster, ...path, field));
  if (has('serverTLSSecret') && !has('serverCASecret'))
    yield { path: [...path, 'serverCASecret'], allowed: 'set together with serverTLSSecret' };
  if (has('serverTLSSecret') && listAt(cluster, ...path, 'serverAltDNSNames').length > 0)
    yield {
      path: [...path, 'serverAltDNSNames'],
      value: null,
      allowed: 'left out together with serverTLSSecret, which has names of its own',
    };
  if (has('replicationTLSSecret') && !has('clientCASecret'))
    yield { path: [...path, 'clientCASecret'], allowed: 'set together with replicationTLSSecret' };
  if (objectAt(cluster, 'spec', 'superuserSecret') && !isGiven(at(cluster, 'spec', 'superuserSecret', 'name')))
    yield { path: ['spec', 'superuserSecret', 'name'], allowed: 'the name of a Secret' };
  if (isGiven(at(cluster, 'spec', 'serviceAccountName')) && objectAt(cluster, 'spec', 'serviceAccountTemplate'))
    yield { path: ['spec', 'serviceAccountName'], allowed: 'left out together with serviceAccountTemplate' };
}

/** (validateTolerations, validateAntiAffinity) */
export function* affinity(cluster: JsonObject): Generator<Fault> {
  yield* oneOf(cluster, ['spec', 'affinity', 'podAntiAffinityType'], 'preferred', 'required');
  for (const [i, toleration] of listAt(cluster, 'spec', 'affinity', 'tolerations').entries()) {
    const path: Path = ['spec', 'affinity', 'tolerations', i];
    yield* oneOf(cluster, [...path, 'operator'], 'Equal', 'Exists');
    yield* oneOf(cluster, [...path, 'effect'], 'NoSchedule', 'PreferNoSchedule', 'NoExecute');
    const operator = at(toleration, 'operator') ?? 'Equal';
    const known = typeof operator === 'string' && isKnown(operator);
    if (known && operator !== 'Exists' && !isGiven(at(toleration, 'key')))
      yield { path: [...path, 'operator'], value: operator, allowed: 'Exists without a key' };
    if (operator === 'Exists' && isGiven(at(toleration, 'value')))
      yield { path: [...path, 'value'], allowed: 'left out with the operator Exists' };
    const effect = at(toleration, 'effect') ?? '';
    if (
      isGiven(at(toleration, 'tolerationSeconds')) &&
      effect !== 'NoExecute' &&
      typeof effect === 'string' &&
      isKnown(effect)
    )
      yield { path: [...path, 'effect'], value: effect, allowed: 'NoExecute with tolerationSeconds' };
  }
}

/** (validateHibernationAnnotation, validatePodPatchAnnotation, validateLivenessPingerProbe, validateFailoverQuorumAlphaAnnotation) */
export function* annotations(cluster: JsonObject): Generator<Fault> {
  const text = (name: string) => givenText(at(cluster, ...atAnnotation(name)));
  const hibernation = textAt(cluster, ...atAnnotation('cnpg.io/hibernation'));
  if (hibernation !== undefined && isKnown(hibernation) && hibernation !== 'on' && hibernation !== 'off')
    yield { path: atAnnotation('cnpg.io/hibernation'), allowed: '"on" or "off"' };
  const quorum = text('alpha.cnpg.io/failoverQuorum');
  // strconv.ParseBool
  if (quorum !== undefined && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(quorum))
    yield { path: atAnnotation('alpha.cnpg.io/failoverQuorum'), allowed: '"true" or "false"' };
  const patch = text('cnpg.io/podPatch');
  if (patch !== undefined && !Array.isArray(jsonOf(patch)))
    yield { path: atAnnotation('cnpg.io/podPatch'), value: null, allowed: 'a JSON patch: a list of operations' };
  const pinger = text('alpha.cnpg.io/livenessPinger');
  if (
    pinger !== undefined &&
    typeof (jsonOf(pinger) as { enabled?: unknown } | null | undefined)?.enabled !== 'boolean'
  )
    yield { path: atAnnotation('alpha.cnpg.io/livenessPinger'), allowed: 'a JSON object with enabled, true or false' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** (validateReplicationSlots, validatePodSelectorRefs) */
export function* selections(cluster: JsonObject): Generator<Fault> {
  const slots: Path = ['spec', 'replicationSlots'];
  const on = ['highAvailability', 'synchronizeReplicas'].some(
    (field) => at(cluster, ...slots, field, 'enabled') !== false,
  );
  const path: Path = [...slots, 'synchronizeReplicas', 'excludePatterns'];
  for (const [i, value] of listAt(cluster, ...path).entries()) {
    const text = givenText(value);
    if (on && text !== undefined && pattern(text) === undefined)
      yield { path: [...path, i], allowed: 'a regular expression of Go' };
  }
  for (const { index } of repeated(names(listAt(cluster, 'spec', 'podSelectorRefs'))))
    yield { path: ['spec', 'podSelectorRefs', index, 'name'], allowed: 'a name that no other of the list has' };
}
