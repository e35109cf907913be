import type { JsonObject, Path } from '../../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven, numberOr } from '../../given';
import { compareQuantities } from '../../kubernetes/quantity';
import { majorOf } from '../image';
import { extensionsOf, fieldInstead, isFixed, postgresBoolean, quantityOfSize } from '../parameters';
import { sizeOf } from '../storage';
import { atAnnotation, atParameter, instancesOf, isReplica, parametersOf, parametersPath } from './values';

/** (postgresParameterNameRegex, FixedConfigurationParameters) */
export function* parameterNames(cluster: JsonObject): Generator<Fault> {
  const off = at(cluster, 'metadata', 'annotations', 'cnpg.io/skipWalArchiving') === 'enabled';
  const archiveMode = off ? 'off' : isReplica(cluster) === true ? 'always' : 'on';
  for (const name of keysAt(cluster, ...parametersPath)) {
    const value = textAt(cluster, ...atParameter(name));
    if (!/^[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)?$/.test(name)) {
      if (isKnown(name))
        yield fault(
          atParameter(name),
          'named as in postgresql.conf: letters, digits, "_" and "$", with at most one "."',
          null,
        );
    } else if (value !== undefined && isKnown(value) && isFixed(name, value, archiveMode)) {
      const where = Object.hasOwn(fieldInstead, name) ? `, as ${fieldInstead[name]} says` : '';
      yield fault(atParameter(name), `left out: CloudNativePG sets it itself${where}`);
    }
  }
}

const sizeForm = "a size in PostgreSQL's units: a number with B, kB, MB, GB or TB";

/** (validateConfiguration, validateResources) */
export function* sharedBuffers(cluster: JsonObject): Generator<Fault> {
  const text = givenText(parametersOf(cluster).shared_buffers);
  if (text === undefined) return;
  const path = atParameter('shared_buffers');
  const size = quantityOfSize(text);
  if (size === undefined) yield fault(path, sizeForm);
  const requests = objectAt(cluster, 'spec', 'resources', 'requests') ?? {};
  const limits = objectAt(cluster, 'spec', 'resources', 'limits') ?? {};
  const memory = String(requests.memory ?? '');
  if (size === undefined || !isAbove('0', memory) || !isAbove(memory, size)) return;
  const pages = Object.entries({ ...requests, ...limits }).filter(([name]) => name.startsWith('hugepages-'));
  // As enough as memory are huge pages. What is not known may be enough.
  if (pages.every(([, value]) => isAbove(String(value), size)))
    yield fault(path, `at most the memory that is requested, ${memory}`);
}

/** Whether a quantity is above another; false where one is none. */
function isAbove(least: string, size: string): boolean {
  return (compareQuantities(size, least) ?? 0) > 0;
}

/** (validateWalSizeConfiguration) */
export function* walSizes(cluster: JsonObject): Generator<Fault> {
  const parameters = parametersOf(cluster);
  const volume = sizeOf(at(cluster, 'spec', 'walStorage'));
  const size = (name: string, byDefault: string) => parameters[name] || byDefault;
  const given = { min_wal_size: size('min_wal_size', '80MB'), max_wal_size: size('max_wal_size', '1GB') };
  const sizes = { min_wal_size: quantityOfSize(given.min_wal_size), max_wal_size: quantityOfSize(given.max_wal_size) };
  for (const name of ['min_wal_size', 'max_wal_size'] as const) {
    const quantity = sizes[name];
    if (quantity === undefined && isKnown(given[name])) yield fault(atParameter(name), sizeForm);
    if (parameters[name] && quantity && volume !== undefined && (compareQuantities(quantity, volume) ?? -1) >= 0)
      yield fault(atParameter(name), `less than the size of walStorage, ${volume}`);
  }
  const { min_wal_size: min, max_wal_size: max } = sizes;
  if (!min || !max || !isAbove('0', min) || !isAbove('0', max) || isAbove(min, max)) return;
  yield parameters.min_wal_size
    ? { path: atParameter('min_wal_size'), allowed: `less than max_wal_size, ${given.max_wal_size}` }
    : { path: atParameter('max_wal_size'), allowed: `more than min_wal_size, ${given.min_wal_size}` };
}

/** (validateConfiguration) */
export function* walLevel(cluster: JsonObject): Generator<Fault> {
  const parameters = parametersOf(cluster);
  const level = givenText(parameters.wal_level);
  if (level === undefined) return;
  const path = atParameter('wal_level');
  if (!['logical', 'replica', 'minimal'].includes(level)) yield fault(path, 'logical, replica or minimal');
  if (level !== 'minimal') return;
  const archives = at(cluster, 'metadata', 'annotations', 'cnpg.io/skipWalArchiving') !== 'enabled';
  if (archives || instancesOf(cluster) > 1 || isReplica(cluster) === true)
    yield fault(
      path,
      'logical or replica, unless nothing is archived (annotation cnpg.io/skipWalArchiving: enabled), by one instance that is no replica',
    );
  if (parameters.max_wal_senders !== '0' && isKnown(parameters.max_wal_senders ?? ''))
    yield fault(atParameter('max_wal_senders'), '"0", since wal_level is minimal');
}

/** (tryParseBooleanPostgresParameter, validatePgFailoverSlots, validateSynchronizeLogicalDecoding) */
export function* booleans(cluster: JsonObject): Generator<Fault> {
  const parameters = parametersOf(cluster);
  for (const name of ['hot_standby_feedback', 'sync_replication_slots', 'wal_log_hints']) {
    const text = parameters[name];
    if (text !== undefined && isKnown(text) && postgresBoolean(text) === undefined)
      yield fault(atParameter(name), 'on or off');
  }
  if (isOff(parameters.wal_log_hints, 'on') && instancesOf(cluster) > 1)
    yield fault(atParameter('wal_log_hints'), 'on with more than one instance');
  const failoverSlots = extensionsOf(parameters).includes('pg_failover_slots');
  const slots: Path = ['spec', 'replicationSlots', 'highAvailability'];
  if (failoverSlots && at(cluster, ...slots, 'enabled') === false)
    yield fault([...slots, 'enabled'], 'true for the extension pg_failover_slots');
  const decodes = at(cluster, ...slots, 'synchronizeLogicalDecoding') === true && !failoverSlots;
  const major = decodes ? majorOf(cluster) : undefined;
  if (major !== undefined && major < 17)
    yield fault(
      [...slots, 'synchronizeLogicalDecoding'],
      `false for PostgreSQL ${major}, unless the extension pg_failover_slots is used`,
    );
  const needed = [
    ...(failoverSlots || (major !== undefined && major >= 17) ? ['hot_standby_feedback'] : []),
    ...(major !== undefined && major >= 17 ? ['sync_replication_slots'] : []),
  ];
  const why = failoverSlots ? 'the extension pg_failover_slots' : 'synchronizeLogicalDecoding';
  for (const name of needed) if (isOff(parameters[name], 'off')) yield fault(atParameter(name), `on for ${why}`);
}

/** Whether a parameter is off, as it is by default or said; one that nobody knows is not. */
function isOff(text: string | undefined, byDefault: 'on' | 'off'): boolean {
  if (text === undefined) return byDefault === 'off';
  return isKnown(text) && postgresBoolean(text) === false;
}

/** (validateMinSyncReplicas, validateMaxSyncReplicas, validateConfiguration, validateSynchronousReplicaConfiguration, validateFailoverQuorum) */
export function* synchronousReplication(cluster: JsonObject): Generator<Fault> {
  const instances = instancesOf(cluster);
  const [least, most] = ['minSyncReplicas', 'maxSyncReplicas'].map((field) =>
    numberOr(0, at(cluster, 'spec', field)),
  ) as [number, number];
  if (most >= instances && most > 0)
    yield fault(['spec', 'maxSyncReplicas'], `less than the number of instances, ${instances}`);
  if (least > most) yield fault(['spec', 'minSyncReplicas'], `at most maxSyncReplicas, ${most}`);
  const path: Path = ['spec', 'postgresql', 'synchronous'];
  const settings = objectAt(cluster, ...path);
  const annotation = textAt(cluster, ...atAnnotation('alpha.cnpg.io/failoverQuorum'));
  const quorum = annotation !== undefined && /^(?:1|t|T|TRUE|true|True)$/.test(annotation);
  if (settings === undefined) {
    if (quorum) yield fault(path, 'given for the annotation alpha.cnpg.io/failoverQuorum');
    return;
  }
  if (least > 0 || most > 0) yield fault(path, 'left out, since minSyncReplicas or maxSyncReplicas is given', null);
  const named = listAt(settings, 'standbyNamesPre').length + listAt(settings, 'standbyNamesPost').length;
  const number = numberOr(0, settings.number);
  if (number >= instances + named)
    yield fault(
      [...path, 'number'],
      `less than the number of instances${named > 0 ? ' and standby names' : ''}, ${instances + named}`,
    );
  if (number <= named && (settings.failoverQuorum === true || quorum))
    yield fault([...path, 'number'], `more than the number of standby names, ${named}, for failoverQuorum`);
}

/** (validateConfiguration, validateLDAP) */
export function* postgresql(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'postgresql'];
  const election = objectAt(cluster, ...path, 'syncReplicaElectionConstraint');
  if (election?.enabled === true && listAt(election, 'nodeLabelsAntiAffinity').length === 0)
    yield fault([...path, 'syncReplicaElectionConstraint', 'nodeLabelsAntiAffinity'], 'a list of at least one label');
  const ldap = objectAt(cluster, ...path, 'ldap');
  if (ldap && !isGiven(ldap.server)) yield fault([...path, 'ldap', 'server'], 'given with any other setting of ldap');
  if (objectAt(ldap, 'bindSearchAuth') && objectAt(ldap, 'bindAsAuth'))
    yield fault([...path, 'ldap'], 'one of bindAsAuth and bindSearchAuth', keysAt(ldap));
}

/** (validatePodSelectorRefs; pkg/postgres/hba: ValidateLine) A line may hold a password: it is not shown. */
export function* podSelectors(cluster: JsonObject): Generator<Fault> {
  const selectors = listAt(cluster, 'spec', 'podSelectorRefs').map((ref) => textAt(ref, 'name') ?? '');
  if (!selectors.every(isKnown)) return;
  for (const [i, line] of listAt(cluster, 'spec', 'postgresql', 'pg_hba').entries()) {
    const references = [...(givenText(line) ?? '').matchAll(/\$\{([^:]+):([^}]+)\}/g)];
    const path = ['spec', 'postgresql', 'pg_hba', i];
    const allowed = 'a line with at most one ${podselector:NAME}, whose NAME is one of spec.podSelectorRefs';
    if (
      references.length > 1 ||
      references.some(([, type, name = '']) => type !== 'podselector' || !selectors.includes(name))
    )
      yield fault(path, allowed, null);
  }
}
