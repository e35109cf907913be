import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { Json } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { majorOf } from '../../systems/cnpg/image';
import { ownersSecret } from '../../systems/cnpg/made';
import { restartsPostgresql } from '../../systems/cnpg/restart';
import { compareQuantities } from '../../systems/kubernetes/quantity';
import { count } from '../../text/count';
import { type Difference, isBelow, pathText } from '../difference';
import { effect, type Happening, ofUpdated, type Updated } from '../effect';

/** What CloudNativePG does with a Cluster that changes. */
export const database = ofUpdated(/^postgresql\.cnpg\.io\/Cluster$/, effectsOf);

function* effectsOf(change: Updated): Generator<Happening> {
  const { before, after, fields } = change;
  for (const field of fields) {
    const text = pathText(field.path);
    if (text === 'spec.instances') yield* scaling(field);
    else if (/^spec\.(?:.*\.)?(?:storage|walStorage)\.size$/.test(text)) yield* growing(field);
    else if (/\.storageClass$/.test(text)) {
      yield effect(
        'other',
        'medium',
        `takes the new \`${text}\` for new instances only: existing volumes stay where they are`,
      );
    } else yield* newVolume(field, text);
  }
  const touches = (...path: string[]) => fields.some((field) => isBelow(field.path, ...path));
  if (touches('spec', 'imageName') || touches('spec', 'imageCatalogRef')) yield upgrade(before, after);
  else if (
    [
      'resources',
      'affinity',
      'env',
      'envFrom',
      'topologySpreadConstraints',
      'priorityClassName',
      'projectedVolumeTemplate',
      'schedulerName',
    ].some((name) => touches('spec', name))
  ) {
    yield restart(after, 'the settings of its pods change');
  } else if (restartsPostgresql(before.value, after.value))
    yield restart(after, 'a parameter that PostgreSQL reads only at its start changes');
  else if (touches('spec', 'postgresql')) yield effect('other', 'low', 'reloads its configuration; nothing restarts');
  const bootstrap = fields.filter(({ path }) => isBelow(path, 'spec', 'bootstrap'));
  const owners = ownersSecret(after.value)?.name;
  // The Secret of the owner's password is read by its name for as long as the database runs. (instance_controller.go, reconcileUser)
  const isLogin = ({ path }: Difference) => path[3] === 'secret' && owners !== undefined;
  if (bootstrap.some(isLogin)) yield effect('other', 'medium', `sets its owner's password to that of Secret ${owners}`);
  if (!bootstrap.every(isLogin)) {
    yield effect(
      'other',
      'medium',
      'ignores the new `spec.bootstrap`: it was used once, when the database was created',
    );
  }
  if (touches('spec', 'plugins') || touches('spec', 'backup')) {
    yield effect(
      'other',
      'medium',
      'changes how it archives and backs up',
      `After the merge, check that the next backup succeeds and that ${describe(after)} archives: \`kubectl -n ${after.namespace} get clusters.postgresql.cnpg.io ${after.name} -o jsonpath='{.status.conditions}'\`.`,
    );
  }
  const asleep = [before, after].map(
    ({ value }) => textAt(value, 'metadata', 'annotations', 'cnpg.io/hibernation') === 'on',
  );
  if (!asleep[0] && asleep[1]) yield effect('scale', 'high', 'is hibernated: all its instances stop, the volumes stay');
  if (asleep[0] && !asleep[1]) yield effect('scale', 'low', 'wakes from hibernation');
  yield* droppedRoles(before, after);
}

/** A volume that instances get beside the others: each is made anew for it. */
function* newVolume({ path, before, after }: Difference, text: string): Generator<Happening> {
  if (before !== undefined || after === undefined) return;
  if (text === 'spec.walStorage') {
    yield effect(
      'restart',
      'medium',
      'gets a volume for its WAL: its instances restart one after the other, and it cannot be removed again',
    );
  } else if (text === 'spec.tablespaces' || /^spec\.tablespaces\[[^\]]*\]$/.test(text)) {
    const name = path.at(-1);
    const what = typeof name === 'object' ? `the tablespace \`${name.item}\`` : 'tablespaces';
    yield effect(
      'restart',
      'medium',
      `gets ${what}: its instances restart one after the other, and it cannot be removed again`,
    );
  }
}

/** A role that is taken off the list stays in the database; one with `ensure: absent` is dropped (internal/management/controller/roles). */
function* droppedRoles(before: Resource, after: Resource): Generator<Happening> {
  const names = (resource: Resource, absent: boolean) =>
    listAt(resource.value, 'spec', 'managed', 'roles').flatMap((role) =>
      (textAt(role, 'ensure') === 'absent') === absent ? (textAt(role, 'name') ?? []) : [],
    );
  const was = new Set(names(before, true));
  for (const name of names(after, true)) if (!was.has(name)) yield effect('data', 'high', `drops the role \`${name}\``);
  const now = new Set([...names(after, false), ...names(after, true)]);
  for (const name of names(before, false)) {
    if (!now.has(name))
      yield effect('other', 'low', `no longer manages the role \`${name}\`, which stays in the database`);
  }
}

function* scaling({ before, after }: Difference): Generator<Happening> {
  const [from, to] = [before ?? 1, after ?? 1];
  if (typeof from !== 'number' || typeof to !== 'number') return;
  if (to < from)
    yield effect(
      'scale',
      'medium',
      `runs ${count(to, 'instance')}, ${from} before: CloudNativePG deletes the volumes of those that are removed`,
    );
  else
    yield effect(
      'scale',
      'low',
      `runs ${count(to, 'instance')}, ${from} before: each new one copies the whole database`,
    );
}

/** Smaller ones are refused, which immutable.ts says. */
function* growing({ path, before, after }: Difference): Generator<Happening> {
  if (typeof before !== 'string' || typeof after !== 'string' || (compareQuantities(after, before) ?? 0) <= 0) return;
  yield effect(
    'other',
    'medium',
    `grows each volume from ${before} to ${after} (\`${pathText(path)}\`) while it runs, and cannot shrink it again`,
    'Before the merge, check that the storage class of its volumes can grow them: `kubectl get storageclass` shows `true` below `ALLOWVOLUMEEXPANSION`.',
  );
}

function upgrade(before: Resource, after: Resource): Happening {
  const [from, to] = [majorOf(before.value), majorOf(after.value)];
  if (from !== undefined && to !== undefined && to > from) {
    return effect(
      'data',
      'high',
      `is upgraded from PostgreSQL ${from} to ${to} in place: it is down during the upgrade, and the only way back is to restore a backup`,
      `Before the merge, take a backup of ${describe(after)} and check that its extensions exist for PostgreSQL ${to}.`,
      'Afterwards, take a first backup of the new version, and run `ANALYZE`.',
    );
  }
  return restart(after, 'its image changes');
}

/** https://cloudnative-pg.io/documentation/current/rolling_update/: unless it says otherwise, the primary is restarted in place. */
function restart({ value, namespace, name }: Resource, why: string): Happening {
  const instances: Json | undefined = at(value, 'spec', 'instances');
  if (instances === undefined || instances === 1) {
    return effect('restart', 'medium', `restarts its only instance, and is down meanwhile: ${why}`);
  }
  const switches = textAt(value, 'spec', 'primaryUpdateMethod') === 'switchover';
  if (textAt(value, 'spec', 'primaryUpdateStrategy') === 'supervised') {
    return effect(
      'restart',
      'medium',
      `restarts its standbys, then waits for a person (primaryUpdateStrategy: supervised): ${why}`,
      `Once the standbys are up: \`kubectl cnpg -n ${namespace} promote ${name} <standby>\`, or \`kubectl cnpg -n ${namespace} restart ${name}\`.`,
    );
  }
  return effect(
    'restart',
    'medium',
    `restarts its instances one after the other, the primary last, ${switches ? 'after a switchover that cuts connections' : 'during which nothing can be written'}: ${why}`,
  );
}
