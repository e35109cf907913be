import { describe } from '../../graph/identity';
import { listed } from '../../text/listed';
import { type Difference, isBelow, pathText } from '../difference';
import type { EffectRule } from '../effect';
import { usersOfStore } from '../store-users';

/** Stores of External Secrets that ask another place, or log in otherwise, from now on. */
export const stores: EffectRule = function* ({ changes, head }) {
  for (const change of changes) {
    const { before, after } = change;
    if (before === undefined || after?.group !== 'external-secrets.io') continue;
    if (!/^(?:Cluster)?SecretStore$/.test(after.kind)) continue;
    const provider = change.fields.filter(({ path }) => isBelow(path, 'spec', 'provider'));
    const users = usersOfStore(after, head).map(describe);
    if (provider.length === 0 || users.length === 0) continue;
    const common = { kind: 'vault', on: after, change, by: after.appliedBy } as const;
    // Of another mount, the paths that are asked for tell.
    const place = provider.filter((field) => !isLogin(field) && pathText(field.path) !== 'spec.provider.vault.path');
    const login = provider.filter(isLogin);
    if (place.length > 0) {
      yield {
        ...common,
        danger: 'high',
        message: `asks elsewhere (${names(place)} ${place.length === 1 ? 'changes' : 'change'}): ${listed(users, 4)} ${users.length === 1 ? 'fails' : 'fail'} for what is not there`,
        todo: [
          'Before the merge, see that all that is read through it is there, too, with the roles and policies that it needs.',
        ],
      };
    }
    if (login.length > 0) {
      yield {
        ...common,
        danger: 'medium',
        message: `logs in otherwise (${names(login)} ${login.length === 1 ? 'changes' : 'change'}): if it may not, ${listed(users, 4)} ${users.length === 1 ? 'fails' : 'fail'}`,
        todo: ['Before the merge, see that it may log in so, and is allowed what it was before.'],
      };
    }
  }
};

function isLogin({ path }: Difference): boolean {
  return path.some((step) => typeof step === 'string' && /^(?:auth|caBundle|caProvider|tls)$/.test(step));
}

function names(fields: readonly Difference[]): string {
  return listed(
    fields.map(({ path }) => `\`${pathText(path)}\``),
    3,
  );
}
