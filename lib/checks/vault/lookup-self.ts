import { storesIn } from '../../graph/external-secrets/stores';
import { step } from '../../graph/identity';
import { vaultPolicies } from '../../graph/vault/policies';
import { vaultRoles } from '../../graph/vault/roles';
import { policiesOf, roleOf } from '../../graph/vault/store-policy';
import { allows } from '../../systems/vault/allows';
import type { ClusterCheck } from '../check';

const lookup = 'auth/token/lookup-self';

export const lookupSelf: ClusterCheck = {
  id: 'vault/lookup-self',
  severity: 'error',
  title: 'Role whose tokens may not look themselves up',
  atRunTime:
    'ESO validates the store with lookup-self, so the store never becomes ready ("invalid vault credentials: … permission denied")',
  remedy:
    'give the role the default policy, or allow read on auth/token/lookup-self and update on auth/token/revoke-self',
  source: 'external-secrets providers/v1/vault/validate.go (Validate), auth.go (checkToken)',
  *check(cluster, graph) {
    const roles = vaultRoles(cluster).filter(({ withoutDefaultPolicy }) => withoutDefaultPolicy);
    if (roles.length === 0) return;
    const policies = vaultPolicies(cluster, graph);
    for (const store of storesIn(cluster)) {
      const role = roleOf(store, roles);
      if (role === undefined || role.policies.includes('default')) continue;
      const given = policiesOf(store, [], { policies, roles });
      if (
        given === undefined ||
        allows(
          given.flatMap(({ rules }) => rules),
          lookup,
          'read',
        )
      )
        continue;
      const flag = role.resource.kind === 'Vault' ? 'token_no_default_policy' : 'tokenNoDefaultPolicy';
      yield {
        at: { resource: role.resource, path: [...role.path, flag] },
        message: `tokens of the role ${role.name}, with which ${store.kind} ${store.name} logs in, may not read ${lookup}`,
        chain: [step(store), `${step(role.resource)} role ${role.name}`],
      };
    }
  },
};
