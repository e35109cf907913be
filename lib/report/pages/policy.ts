import { identityKey } from '../../graph/identity';
import { type NeededPath, neededPolicy } from '../../graph/vault/needed';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { groupBy } from '../../group-by';
import { block, enumerated, mark, marks, paragraphs, table } from './markdown';
import { named, type Page, type Section } from './page';
import { pushesOf, secretsOf, vaultPath } from './secrets';
import { vaultOf } from './stores';

/** What the policy of each store's role must allow for this app: paths, capabilities and why; the whole as HCL. */
export const policy: Section = {
  heading: 'Vault policy requirements',
  body(page) {
    const accesses = accessesOf(page);
    if (accesses.length === 0) return undefined;
    const stores = groupBy(accesses, ({ store }) => identityKey(store));
    return [...stores.values()].map((own) => ofStore(page, own)).join('\n\n');
  },
};

function accessesOf(page: Page): VaultAccess[] {
  const writers = new Set(pushesOf(page).map(({ resource }) => resource));
  const deletes = page.cluster.vault.filter(({ resource, verb }) => verb === 'delete' && writers.has(resource));
  return [
    ...secretsOf(page).flatMap(({ reads }) => reads),
    ...pushesOf(page).flatMap(({ writes }) => writes),
    ...deletes,
  ];
}

function ofStore(page: Page, accesses: readonly [VaultAccess, ...VaultAccess[]]): string {
  const [{ store }] = accesses;
  const vault = vaultOf(store);
  const needed = neededPolicy(accesses);
  const home = page.app.kustomization.namespace;
  return paragraphs(
    `External Secrets uses ${named(store, home)}${vault === undefined ? '' : ` (${vault.login})`}. For this app, a policy of that role must allow:`,
    table(
      ['Path', 'Capabilities', 'Why'],
      needed.map((one) => [mark(one.path), marks(one.capabilities), why(one, home)]),
    ),
    block('hcl', needed.flatMap(rule)),
    "Nothing below other paths is needed. The role's token also needs `auth/token/lookup-self` and `auth/token/revoke-self`, which Vault's policy `default` allows. `espalier policy` writes the policy of the whole cluster.",
  );
}

function why({ path, accesses }: NeededPath, home: string): string {
  const metadata = /(?:^|\/)metadata\//.test(path);
  const reasons = accesses.map((access) => {
    const who = named(access.resource, home);
    if (access.verb === 'push') return `${who} ${metadata ? 'marks what it manages' : 'compares, then writes'}`;
    if (access.verb === 'delete') return `${who} deletes what it pushed`;
    if (access.verb === 'find')
      return `${who} ${metadata ? 'lists' : 'reads what it finds'} below ${mark(vaultPath(access))}`;
    return `${who} reads`;
  });
  return enumerated([...new Set(reasons)]);
}

/** A block of HCL; what would end the path's quotes is escaped. */
function rule({ path, capabilities }: NeededPath): string[] {
  const list = capabilities.map((capability) => JSON.stringify(capability)).join(', ');
  return [`path ${JSON.stringify(path)} {`, `  capabilities = [${list}]`, '}'];
}
