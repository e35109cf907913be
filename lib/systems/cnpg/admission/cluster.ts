import type { JsonObject, Path } from '../../../json/json';
import { at, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { duration, Fields } from '../../fields';
import { givenText, isGiven, names, numberOr, repeated } from '../../given';
import { labelKey, labelValue } from '../../kubernetes/names';
import { pattern } from '../../kubernetes/patterns';
import { majorOf, versionedImage } from '../image';
import { clusterName } from '../names';
import { atAnnotation, instancesOf } from './values';

/** (validateName) */
export function* name(cluster: JsonObject): Generator<Fault> {
  const text = givenText(at(cluster, 'metadata', 'name'));
  if (text !== undefined && !clusterName.accepts(text)) yield { path: ['metadata', 'name'], ...clusterName };
}

/** (validateImageName, validateConfiguration, validateImagePullPolicy) */
export function* image(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'imageName'];
  const text = givenText(at(cluster, ...path));
  if (text !== undefined && !versionedImage.accepts(text)) yield { path, ...versionedImage };
  const major = majorOf(cluster);
  if (major !== undefined && major < 13) yield fault(path, 'PostgreSQL 13 or newer', major);
  const catalog = objectAt(cluster, 'spec', 'imageCatalogRef');
  if (catalog !== undefined && !isGiven(catalog.major))
    yield fault(['spec', 'imageCatalogRef', 'major'], 'PostgreSQL 13 or newer');
  yield* oneOf(cluster, ['spec', 'imagePullPolicy'], 'Always', 'Never', 'IfNotPresent');
}

function* oneOf(cluster: JsonObject, path: Path, ...words: readonly string[]): Generator<Fault> {
  const text = givenText(at(cluster, ...path));
  if (text !== undefined && !words.includes(text)) yield fault(path, `one of ${words.join(', ')}`);
}

/** What the webhook cannot read. (api/v1/cluster_types.go: metav1.Duration) */
export function* durations(cluster: JsonObject): Generator<Fault> {
  const spec = new Fields(cluster, ['spec']);
  for (const name of ['replica.minApplyDelay', 'monitoring.metricsQueriesTTL']) yield* duration(name)(spec);
}

/** (validatePrimaryUpdateStrategy, validatePrimaryLease) */
export function* primary(cluster: JsonObject): Generator<Fault> {
  const strategy: Path = ['spec', 'primaryUpdateStrategy'];
  if (textAt(cluster, ...strategy) === 'supervised' && instancesOf(cluster) === 1)
    yield fault(strategy, 'unsupervised with one instance');
  const lease = objectAt(cluster, 'spec', 'primaryLease');
  if (lease === undefined) return;
  // api/v1/cluster_types.go: DefaultPrimaryLease…Seconds
  const lasts = numberOr(15, lease.leaseDurationSeconds);
  const deadline = numberOr(10, lease.renewDeadlineSeconds);
  const period = numberOr(2, lease.retryPeriodSeconds);
  if (lasts <= deadline)
    yield fault(['spec', 'primaryLease', 'leaseDurationSeconds'], `more than renewDeadlineSeconds, ${deadline}`, lasts);
  if (5 * deadline <= 6 * period)
    yield fault(
      ['spec', 'primaryLease', 'renewDeadlineSeconds'],
      `more than 1.2 times retryPeriodSeconds, ${period}`,
      deadline,
    );
}

/** (validateCerts, validateSuperuserSecret) */
export function* secrets(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'certificates'];
  const has = (field: string): boolean => isGiven(at(cluster, ...path, field));
  if (has('serverTLSSecret') && !has('serverCASecret'))
    yield fault([...path, 'serverCASecret'], 'set together with serverTLSSecret');
  if (has('serverTLSSecret') && listAt(cluster, ...path, 'serverAltDNSNames').length > 0)
    yield fault([...path, 'serverAltDNSNames'], 'left out, since serverTLSSecret has names of its own', null);
  if (has('replicationTLSSecret') && !has('clientCASecret'))
    yield fault([...path, 'clientCASecret'], 'set together with replicationTLSSecret');
  if (objectAt(cluster, 'spec', 'superuserSecret') && !isGiven(at(cluster, 'spec', 'superuserSecret', 'name')))
    yield fault(['spec', 'superuserSecret', 'name'], 'the name of a Secret');
  if (isGiven(at(cluster, 'spec', 'serviceAccountName')) && objectAt(cluster, 'spec', 'serviceAccountTemplate'))
    yield fault(['spec', 'serviceAccountName'], 'left out, since serviceAccountTemplate is given');
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
      yield fault([...path, 'operator'], 'Exists without a key', operator);
    const key = givenText(at(toleration, 'key'));
    if (key !== undefined && !labelKey.accepts(key)) yield { path: [...path, 'key'], allowed: labelKey.allowed };
    const value = givenText(at(toleration, 'value'));
    if (operator === 'Equal' && value !== undefined && !labelValue.accepts(value))
      yield { path: [...path, 'value'], allowed: labelValue.allowed };
    if (operator === 'Exists' && isGiven(at(toleration, 'value')))
      yield fault([...path, 'value'], 'left out with the operator Exists');
    const effect = at(toleration, 'effect') ?? '';
    if (
      isGiven(at(toleration, 'tolerationSeconds')) &&
      effect !== 'NoExecute' &&
      typeof effect === 'string' &&
      isKnown(effect)
    )
      yield fault([...path, 'effect'], 'NoExecute with tolerationSeconds', effect);
  }
}

/** (validateHibernationAnnotation, validatePodPatchAnnotation, validateLivenessPingerProbe, validateFailoverQuorumAlphaAnnotation) */
export function* annotations(cluster: JsonObject): Generator<Fault> {
  const text = (name: string) => givenText(at(cluster, ...atAnnotation(name)));
  const hibernation = textAt(cluster, ...atAnnotation('cnpg.io/hibernation'));
  if (hibernation !== undefined && isKnown(hibernation) && hibernation !== 'on' && hibernation !== 'off')
    yield fault(atAnnotation('cnpg.io/hibernation'), '"on" or "off"');
  const quorum = text('alpha.cnpg.io/failoverQuorum');
  // strconv.ParseBool
  if (quorum !== undefined && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(quorum))
    yield fault(atAnnotation('alpha.cnpg.io/failoverQuorum'), '"true" or "false"');
  const patch = text('cnpg.io/podPatch');
  if (patch !== undefined && !Array.isArray(jsonOf(patch)))
    yield fault(atAnnotation('cnpg.io/podPatch'), 'a JSON patch: a list of operations', null);
  const pinger = text('alpha.cnpg.io/livenessPinger');
  if (
    pinger !== undefined &&
    typeof (jsonOf(pinger) as { enabled?: unknown } | null | undefined)?.enabled !== 'boolean'
  )
    yield fault(atAnnotation('alpha.cnpg.io/livenessPinger'), 'a JSON object with enabled, true or false');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The webhook writes null for it, which the definition does not take. */
export function* projectedVolume(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'projectedVolumeTemplate'];
  const template = objectAt(cluster, ...path);
  if (template !== undefined && !isGiven(template.sources) && Object.keys(template).every(isKnown))
    yield fault([...path, 'sources'], 'given: a list');
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
      yield fault([...path, i], 'a regular expression of Go');
  }
  for (const { index } of repeated(names(listAt(cluster, 'spec', 'podSelectorRefs'))))
    yield fault(['spec', 'podSelectorRefs', index, 'name'], 'a name that no other of the list has');
}
