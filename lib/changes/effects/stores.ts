import { describe } from '../../graph/identity';
import { listed, listedCode } from '../../text/listed';
import { type Difference, isBelow, pathText } from '../difference';
import { effect, ofUpdated } from '../effect';
import { usersOfStore } from '../store-users';

/** Stores of External Secrets that ask another place, or log in otherwise, from now on. */
export const stores = ofUpdated(
  /^external-secrets\.io\/(?:Cluster)?SecretStore$/,
  function* ({ after, fields }, { head }) {
    const provider = fields.filter(({ path }) => isBelow(path, 'spec', 'provider'));
    const users = usersOfStore(after, head).map(describe);
    if (provider.length === 0 || users.length === 0) return;
    const fail = `${listed(users, 4)} ${users.length === 1 ? 'fails' : 'fail'}`;
    // Of another mount, the paths that are asked for tell.
    const place = provider.filter((field) => !isLogin(field) && pathText(field.path) !== 'spec.provider.vault.path');
    const login = provider.filter(isLogin);
    if (place.length > 0)
      yield effect(
        'vault',
        'high',
        `uses another place (${changing(place)}): ${fail} if what is needed is not there`,
        'Before the merge, check that the new place has all that is read through it, with the roles and policies that it needs.',
      );
    if (login.length > 0)
      yield effect(
        'vault',
        'medium',
        `changes how it logs in (${changing(login)}): ${fail} if the login is refused`,
        'Before the merge, check that the new login works, and that it is allowed what the old one was.',
      );
  },
);

function isLogin({ path }: Difference): boolean {
  return path.some((step) => typeof step === 'string' && /^(?:auth|caBundle|caProvider|tls)$/.test(step));
}

function changing(fields: readonly Difference[]): string {
  const names = fields.map(({ path }) => pathText(path));
  return `${listedCode(names, 3)} ${names.length === 1 ? 'changes' : 'change'}`;
}
