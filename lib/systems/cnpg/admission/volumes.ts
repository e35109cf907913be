import type { JsonObject, Path } from '../../../json/json';
import { at, keysAt, listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven, names, repeated } from '../../given';
import { parseQuantity, quantity } from '../../kubernetes/quantity';
import { sizeOf } from '../storage';

/** (validateStorageSize, validateWalStorageSize, validateTablespaceStorageSize, validateEphemeralVolumeSource) */
export function* volumes(cluster: JsonObject): Generator<Fault> {
  const paths: Path[] = [
    ['spec', 'storage'],
    ...(objectAt(cluster, 'spec', 'walStorage') ? [['spec', 'walStorage']] : []),
    ...listAt(cluster, 'spec', 'tablespaces').map((_, i) => ['spec', 'tablespaces', i, 'storage']),
  ];
  for (const path of paths) {
    const size = sizeOf(at(cluster, ...path));
    if (size === undefined || (isKnown(size) && parseQuantity(size) === undefined))
      yield { path: [...path, 'size'], allowed: quantity.allowed, example: quantity.example };
  }
  if (
    objectAt(cluster, 'spec', 'ephemeralVolumeSource') &&
    isGiven(at(cluster, 'spec', 'ephemeralVolumesSizeLimit', 'temporaryData'))
  )
    yield fault(
      ['spec', 'ephemeralVolumeSource'],
      'left out, since ephemeralVolumesSizeLimit.temporaryData is given',
      null,
    );
}

/** (validateTablespaceNames, validateTablespaceBackupSnapshot) */
export function* tablespaces(cluster: JsonObject): Generator<Fault> {
  const given = names(listAt(cluster, 'spec', 'tablespaces'));
  for (const [i, value] of given.entries()) {
    const name = value === '' ? value : givenText(value);
    if (name !== undefined && (!/^[A-Za-z_][\w$]{0,62}$/.test(name) || name.startsWith('pg_')))
      yield fault(
        ['spec', 'tablespaces', i, 'name'],
        'at most 63 letters, digits, "_" and "$", beginning with a letter or "_", but not with "pg_", which PostgreSQL keeps for itself',
      );
  }
  // PostgreSQL does not tell capitals apart, and names of volumes have neither "_" nor "$".
  const alike = given.map((name) => givenText(name)?.toLowerCase().replaceAll(/[_$]/g, '-'));
  for (const { index } of repeated(alike))
    yield fault(
      ['spec', 'tablespaces', index, 'name'],
      'a name that no other tablespace has, "_" and "-" and capitals taken for the same',
    );
  const classes = ['spec', 'backup', 'volumeSnapshot', 'tablespaceClassName'];
  if (given.every((name) => givenText(name) !== undefined)) {
    for (const name of keysAt(cluster, ...classes))
      if (!given.includes(name)) yield fault([...classes, name], 'named after one of spec.tablespaces');
  }
}
