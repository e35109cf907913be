import { isKnown } from '../../graph/substitution';
import type { RoleRequirements } from '../../graph/vault/requirements';
import { enumerated, few } from '../../text/listed';
import { comment, named } from './comment';
import { hclOf, loginText } from './hcl';
import { shellWord } from './quote';

export interface CommandOptions {
  /** Who made it, as a sentence without its full stop. */
  readonly madeBy: string;
  /**
   * The policy's file, beside the commands.
   *
   * @default - the policy stands in the commands themselves
   */
  readonly policyFile?: string;
}

/**
 * The commands of Vault's CLI that make the auth method, the policy and the role, for a POSIX shell. They may be run again: each
 * writes what should be there, and the auth method is enabled only where it is not yet. A role keeps the settings that a write does not
 * name (pathRoleCreateUpdate in vault-plugin-auth-kubernetes 0.21); the auth method's configuration does not (pathConfigWrite).
 *
 * Sources: https://developer.hashicorp.com/vault/docs/commands (policy write, auth enable, write),
 * https://developer.hashicorp.com/vault/api-docs/auth/kubernetes (config, role),
 * https://developer.hashicorp.com/vault/api-docs/system/auth (reading sys/auth/:path).
 */
export function commandsOf(requirements: RoleRequirements, { madeBy, policyFile }: CommandOptions): string {
  const { login } = requirements;
  const paragraphs = [
    [...(policyFile === undefined ? [] : ['#!/bin/sh']), ...comment(`${madeBy}.`)],
    comment(
      `What Vault needs for External Secrets, logged in ${loginText(requirements)}. VAULT_ADDR says where Vault is as seen from here, VAULT_TOKEN who may write policies and auth methods. It may be run again: it writes the policy and the configuration of the auth method as a whole, so what was added to these by hand is lost; of the role it writes what is named here, and the other settings stay.`,
    ),
    ['set -eu', ...(policyFile === undefined ? [] : ['cd "$(dirname "$0")"'])],
    ...(isKnown(login.authNamespace)
      ? []
      : [comment(`The namespace of Vault depends on a variable (${login.authNamespace}): set VAULT_NAMESPACE.`)]),
    ...(login.method === 'kubernetes' ? authMethod(requirements) : []),
    policyCommand(requirements, madeBy, policyFile),
    role(requirements),
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** `vault write -namespace=team`. */
function vault({ login: { authNamespace } }: RoleRequirements, command: string): string {
  const given = authNamespace !== '' && isKnown(authNamespace);
  return `vault ${command}${given ? ` ${shellWord(`-namespace=${authNamespace}`)}` : ''}`;
}

function authMethod(requirements: RoleRequirements): string[][] {
  const { mount } = requirements.login;
  if (mount === undefined || !isKnown(mount)) {
    return [
      comment(`Where the auth method is mounted depends on a variable: ${mount}. Enable and configure it by hand.`),
    ];
  }
  const read = `${vault(requirements, 'read')} ${shellWord(`sys/auth/${mount}`)}`;
  return [
    [
      ...comment('The auth method by which service accounts of this cluster log in.'),
      `${read} >/dev/null 2>&1 ||`,
      `  ${vault(requirements, 'auth enable')} ${shellWord(`-path=${mount}`)} kubernetes`,
    ],
    requirements.isInCluster ? inside(requirements) : outside(requirements),
  ];
}

function inside(requirements: RoleRequirements): string[] {
  return [
    ...comment(
      'Vault runs in this cluster: it asks Kubernetes whether a token is good with the token of its own pod, whose service account needs the ClusterRole system:auth-delegator for that. The Helm chart of Vault binds it (server.authDelegator).',
    ),
    `${vault(requirements, 'write')} ${config(requirements)} kubernetes_host=https://kubernetes.default.svc:443`,
  ];
}

function outside(requirements: RoleRequirements): string[] {
  const accounts = requirements.accounts.filter(isWritable).map(({ namespace, name }) => `${namespace}/${name}`);
  const who = accounts.length === 0 ? 'the service account that logs in' : enumerated(few(accounts, 8));
  return [
    ...comment(
      `Vault runs outside of this cluster, so the tree does not say how Vault reaches Kubernetes: set KUBERNETES_HOST to the address of its API, and KUBERNETES_CA to a file with the certificate of its CA. Vault asks Kubernetes whether a token is good with that token itself, so ${who} needs a ClusterRoleBinding to system:auth-delegator; or give Vault a token of its own that has it, as token_reviewer_jwt.`,
    ),
    `${vault(requirements, 'write')} ${config(requirements)} \\`,
    `  kubernetes_host="\${KUBERNETES_HOST:?the address of the Kubernetes API, as Vault reaches it}" \\`,
    `  kubernetes_ca_cert=@"\${KUBERNETES_CA:?a file with the CA of the Kubernetes API}" \\`,
    '  disable_local_ca_jwt=true',
  ];
}

function config({ login: { mount } }: RoleRequirements): string {
  return shellWord(`auth/${mount}/config`);
}

function policyCommand(requirements: RoleRequirements, madeBy: string, file: string | undefined): string[] {
  const write = `${vault(requirements, 'policy write')} ${requirements.policy}`;
  if (file !== undefined) return [...comment('What External Secrets may do.'), `${write} ${shellWord(file)}`];
  // Every line of it begins with "#", "path", two spaces or "}": none can end the here-document.
  return [`${write} - <<'EOF'`, `${hclOf(requirements, madeBy)}EOF`];
}

function role(requirements: RoleRequirements): string[] {
  const { login, role: own, policy, accounts } = requirements;
  if (own !== undefined)
    return comment(`${named(own.resource)} of the tree makes the role: give it the policy ${policy} there.`);
  if (login.method !== 'kubernetes') {
    return comment(`External Secrets logs in ${otherwise(login, policy)}.`);
  }
  if (login.role === undefined || login.mount === undefined) {
    return comment(`The store names no role: give it one (auth.kubernetes.role), with the policy ${policy}.`);
  }
  if (!isKnown(login.role + login.mount)) {
    return comment(
      `The role depends on a variable: auth/${login.mount}/role/${login.role}. Write it by hand, with the policy ${policy}.`,
    );
  }
  const bound = accounts.filter(isWritable);
  if (bound.length === 0) {
    return comment(
      `Which service account logs in is not known from the tree: write the role auth/${login.mount}/role/${login.role} by hand, with its bound_service_account_names and bound_service_account_namespaces, and token_policies=${policy}.`,
    );
  }
  return roleCommand(requirements, bound);
}

/** Of a method that is not set up here: what it is, and what the policy is to be given to. */
function otherwise({ method, mount, role: name }: RoleRequirements['login'], policy: string): string {
  if (method === undefined)
    return `in a way that the tree does not say: give the policy ${policy} to whatever it logs in as`;
  if (method === 'tokenSecretRef') return `with a token that a Secret holds: make it with the policy ${policy}`;
  if (name === undefined) return `with ${method}: give the policy ${policy} to whatever it logs in as at auth/${mount}`;
  return `with ${method}: give the policy ${policy} (token_policies) to the role ${name} of auth/${mount}`;
}

function roleCommand(requirements: RoleRequirements, bound: RoleRequirements['accounts']): string[] {
  const { login, policy, accounts } = requirements;
  const names = [...new Set(bound.map(({ name }) => name))];
  const namespaces = [...new Set(bound.map(({ namespace }) => namespace))];
  const audiences = (login.account?.audiences ?? []).filter(
    (audience) => isKnown(audience) && !/^(?:[@\\]|-$)/.test(audience),
  );
  const settings = [
    `bound_service_account_names=${names.join(',')}`,
    `bound_service_account_namespaces=${namespaces.join(',')}`,
    ...(audiences[0] === undefined ? [] : [`audience=${audiences[0]}`]),
    `token_policies=${policy}`,
    // The store looks its token up, which the policy `default` allows; a role keeps what a write does not name.
    'token_no_default_policy=false',
    'token_ttl=10m',
  ];
  return [
    ...comment(
      'Who logs in, and what with. External Secrets logs in again when its token has less than a minute left.',
    ),
    ...(names.length * namespaces.length > bound.length
      ? comment('Vault takes each of these names in each of these namespaces: more than the stores need.')
      : []),
    ...(bound.length < accounts.length
      ? comment('Service accounts whose name or namespace the tree does not say are left out.')
      : []),
    ...(audiences[0] === undefined
      ? comment(
          'The store names no audience, so the tokens are for the Kubernetes API itself, and the tree does not say what it calls itself: set audience=… to check that, too.',
        )
      : []),
    `${vault(requirements, 'write')} ${shellWord(`auth/${login.mount}/role/${login.role}`)} \\`,
    ...settings.map((setting, i) => `  ${shellWord(setting)}${i < settings.length - 1 ? ' \\' : ''}`),
  ];
}

/** Whether Kubernetes could have such a service account: Vault's lists break at commas, and its CLI reads files for `@`. */
function isWritable({ name, namespace }: RoleRequirements['accounts'][number]): boolean {
  const dns = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
  return dns.test(name) && dns.test(namespace);
}
