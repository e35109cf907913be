import type { Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { applicationOf } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import { push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { keyStep, step } from '../identity';
import type { Resource } from '../resource';
import type { SecretReference } from '../secrets/secret-index';
import { isKnown } from '../substitution';

/** A Secret that CNPG reads a role's name and password from. */
export interface Credentials {
  readonly reference: SecretReference;
  /** Whose they are. */
  readonly role: string;
  /** `the owner of Cluster shop-db` */
  readonly whose: string;
  /** CNPG takes white space off the credentials of managed roles, and off no others (roles/runnable.go, instance_controller.go). */
  readonly trimmed: boolean;
}

/** The Secrets of the databases' roles. Found once: several rules judge them. */
export const credentialsOf: (cluster: Cluster) => readonly Credentials[] = memoize((cluster) => [
  ...credentials(cluster),
]);

function* credentials({ secrets }: Cluster): Generator<Credentials> {
  for (const reference of secrets.references) {
    const { resource, use, path } = reference;
    if (resource.group !== group) continue;
    const of = `${resource.kind} ${resource.name}`;
    if (use === 'bootstrap') {
      const application = applicationOf(resource.value);
      if (application?.secret !== reference.name) continue;
      yield { reference, role: application.owner, whose: `the owner of ${of}`, trimmed: false };
    } else if (use === 'superuser' && at(resource.value, 'spec', 'enableSuperuserAccess') === true) {
      yield { reference, role: 'postgres', whose: `the superuser of ${of}`, trimmed: false };
    } else if (use === 'managedRole') {
      const role = objectAt(resource.value, ...path.slice(0, -2));
      const name = textAt(role, 'name');
      if (name === undefined || !isKnown(name)) continue;
      if (textAt(role, 'ensure') === 'absent' || at(role, 'disablePassword') === true) continue;
      const whose = resource.kind === 'Cluster' ? `a managed role of ${of}` : `the role of ${of}`;
      yield { reference, role: name, whose, trimmed: true };
    }
  }
}

/** A role that the tree has CNPG manage: of `spec.managed.roles`, or a DatabaseRole. */
export interface ManagedRole {
  readonly resource: Resource;
  readonly path: Path;
  readonly value: ReturnType<typeof objectAt>;
  readonly name: string;
}

export function managedRoles(cluster: Cluster, database: Resource): ManagedRole[] {
  const inline = listAt(database.value, 'spec', 'managed', 'roles').map((value, i) => ({
    resource: database,
    path: ['spec', 'managed', 'roles', i],
    value: objectAt(value),
  }));
  const own = (rolesByDatabase(cluster).get(`${database.namespace}/${database.name}`) ?? []).map((resource) => ({
    resource,
    path: ['spec'],
    value: objectAt(resource.value, 'spec'),
  }));
  return [...inline, ...own].flatMap((role) => {
    const name = textAt(role.value, 'name');
    return name === undefined || textAt(role.value, 'ensure') === 'absent' ? [] : [{ ...role, name }];
  });
}

const rolesByDatabase = memoize((cluster: Cluster) => {
  const roles = new Map<string, Resource[]>();
  for (const role of cluster.ofKind(group, 'DatabaseRole')) {
    const database = textAt(role.value, 'spec', 'cluster', 'name');
    if (database !== undefined) push(roles, `${role.namespace}/${database}`, role);
  }
  return roles;
});

/** `Cluster/shop-db → Secret/shop-db-secret …` */
export function chainOf(reference: SecretReference, key?: string): string[] {
  return [step(reference.resource), key === undefined ? step(reference) : keyStep(reference, key)];
}
