import type { NeededPath } from '../../graph/vault/needed';
import type { RoleRequirements } from '../../graph/vault/requirements';
import { selfCalls } from '../../systems/external-secrets/vault-calls';
import { enumerated, few } from '../../text/listed';
import { comment, named } from './comment';
import { hclString } from './quote';

/** How many objects a path names that need it. */
const mostNeeds = 8;

/**
 * A policy as HCL: each path with who needs it, and what no policy can say as comments.
 *
 * Of the calls for its own token it has rules only where the role of the tree leaves the `default` policy out.
 *
 * @param madeBy who made it, as a sentence without its full stop
 */
export function hclOf(requirements: RoleRequirements, madeBy: string): string {
  const paragraphs = [
    comment(`${madeBy}.`),
    header(requirements),
    ...requirements.paths.map((path) => block(path, requirements)),
    ...unclear(requirements),
    ownToken(requirements),
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function header(requirements: RoleRequirements): string[] {
  const { policy, clients, paths } = requirements;
  const stores = enumerated(few(clients.map(named), mostNeeds));
  const nothing = paths.length === 0 ? ' Nothing is asked of it yet.' : '';
  return comment(
    `Policy ${policy} of Vault: the least that External Secrets needs, logged in ${loginText(requirements)} for ${stores}.${nothing}`,
  );
}

/** "as role shop of auth/kubernetes at https://vault.example.com, namespace team". */
export function loginText({ login }: Pick<RoleRequirements, 'login'>): string {
  const { role, mount, method, server, authNamespace } = login;
  const at = mount === undefined ? '' : ` ${role === undefined ? 'by' : 'of'} auth/${mount}`;
  const as =
    role !== undefined
      ? `as role ${role}`
      : mount !== undefined
        ? ''
        : method === undefined
          ? 'in a way that is not said'
          : 'with a token';
  const where = authNamespace === '' ? '' : `, namespace ${authNamespace}`;
  return `${as}${at}${server === '' ? '' : ` at ${server}`}${where}`.trim();
}

function block({ path, capabilities, needs }: NeededPath, { wider }: RoleRequirements): string[] {
  const who = few([...new Set(needs.map(({ resource, purpose }) => `${named(resource)} ${purpose}.`))], mostNeeds);
  const wildcard = wider.includes(path)
    ? ['Vault takes its "*" or "+" for any characters: this allows more than is needed.']
    : [];
  return [...[...who, ...wildcard].flatMap(comment), ...rule({ path, capabilities })];
}

/** One rule of a policy, in lines. */
export function rule({ path, capabilities }: Pick<NeededPath, 'path' | 'capabilities'>): string[] {
  return [`path ${hclString(path)} {`, `  capabilities = [${capabilities.map(hclString).join(', ')}]`, '}'];
}

function unclear(requirements: RoleRequirements): string[][] {
  if (requirements.unclear.length === 0) return [];
  const lines = requirements.unclear.map(({ resource, why }) => `- ${named(resource)}: ${why}.`);
  return [
    [
      ...comment('Not allowed here, since the tree does not say it all:'),
      ...few(lines, mostNeeds * 4).flatMap(comment),
    ],
  ];
}

function ownToken({ role }: RoleRequirements): string[] {
  if (role?.withoutDefaultPolicy) {
    return [
      ...comment(
        'External Secrets looks its token up and revokes it; the role leaves out the policy "default", which allows it.',
      ),
      ...selfCalls.flatMap(rule),
    ];
  }
  return comment(
    'External Secrets also reads auth/token/lookup-self and updates auth/token/revoke-self. The policy "default", which every token has unless its role says otherwise, allows both.',
  );
}
