import { identityKey } from '../../graph/identity';
import { accessesOf } from '../../graph/vault/made-secret';
import { type NeededPath, neededPolicy } from '../../graph/vault/needed';
import { requirementsOf } from '../../graph/vault/requirements';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { groupBy } from '../../text/group-by';
import { enumerated } from '../../text/listed';
import { memoize } from '../../text/memoize';
import { escapeMarkdown } from '../markdown-text';
import { rule } from '../policy/hcl';
import { block, mark, paragraphs, table } from './markdown';
import { named, type Page, type Section } from './page';
import { pushesOf, secretsOf } from './secrets';
import { vaultOf } from './stores';

/** What the policy of each store's role must allow for this app: paths, capabilities and why; the whole as HCL. */
export const policy: Section = {
  heading: 'Vault policy requirements',
  body(page) {
    const accesses = [...secretsOf(page), ...pushesOf(page)].flatMap(({ resource }) =>
      accessesOf(page.cluster, resource),
    );
    const stores = groupBy(accesses, ({ store }) => identityKey(store));
    return stores.size === 0 ? undefined : [...stores.values()].map((own) => ofStore(page, own)).join('\n\n');
  },
};

function ofStore(page: Page, accesses: readonly [VaultAccess, ...VaultAccess[]]): string {
  const [{ store }] = accesses;
  const vault = vaultOf(store);
  const needed = neededPolicy(accesses);
  const home = page.app.namespace;
  const role = rolesOf(page.cluster).find(({ clients }) => clients.includes(store));
  const called = role === undefined ? 'a policy of that role' : `the policy ${mark(role.policy)}`;
  return paragraphs(
    `External Secrets uses ${named(store, home)}${vault === undefined ? '' : ` (${vault.login})`}. For this app, ${called} must allow:`,
    table(
      ['Path', 'Capabilities', 'Why'],
      needed.map((one) => [mark(one.path), one.capabilities.map(mark).join(', '), why(one, home)]),
    ),
    block('hcl', needed.flatMap(rule)),
    `The role's token also reads \`auth/token/lookup-self\` and updates \`auth/token/revoke-self\`${
      role?.role?.withoutDefaultPolicy === true
        ? ': its role leaves out the policy `default`, so this one must allow them, too'
        : ', which the policy `default` allows'
    }. \`espalier policy\` writes the policy for all apps of the cluster.`,
  );
}

/** They are the whole cluster's: every page asks. */
const rolesOf = memoize(requirementsOf);

function why({ needs }: NeededPath, home: string): string {
  return enumerated([
    ...new Set(needs.map(({ resource, purpose }) => `${named(resource, home)} ${escapeMarkdown(purpose)}`)),
  ]);
}
