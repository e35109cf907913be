import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RoleRequirements } from '../../../lib/graph/vault/requirements';
import { commandsOf } from '../../../lib/report/policy/commands';
import { hclOf } from '../../../lib/report/policy/hcl';
import { has, run, temporaryFolder } from '../../repository';
import { one, provider, read, requirements, store, withVariables } from './trees';

const madeBy = 'Made by a test';
const commands = (role: RoleRequirements) => commandsOf(role, { madeBy });

/** What stands behind the policy: the role. */
const roleOf = (role: RoleRequirements) => {
  const text = commands(role);
  return text.slice(text.indexOf('EOF\n\n') + 5);
};

test('the commands for a Vault in the cluster: auth method, policy and role', () => {
  const role = one(store({ ...provider, server: 'http://vault.vault.svc:8200' }), read(['app']));
  expect(commands(role)).toBe(`# Made by a test.

# What Vault needs for External Secrets, logged in as role eso of auth/kubernetes at
# http://vault.vault.svc:8200. VAULT_ADDR says where Vault is as seen from here, VAULT_TOKEN who may
# write policies and auth methods. It may be run again: it writes the policy and the configuration
# of the auth method as a whole, so what was added to these by hand is lost; of the role it writes
# what is named here, and the other settings stay.

set -eu

# The auth method by which service accounts of this cluster log in.
vault read sys/auth/kubernetes >/dev/null 2>&1 ||
  vault auth enable -path=kubernetes kubernetes

# Vault runs in this cluster: it asks Kubernetes whether a token is good with the token of its own
# pod, whose service account needs the ClusterRole system:auth-delegator for that. The Helm chart of
# Vault binds it (server.authDelegator).
vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc:443

vault policy write eso - <<'EOF'
${hclOf(role, madeBy)}EOF

# Who logs in, and what with. External Secrets logs in again when its token has less than a minute
# left.
# The store names no audience, so the tokens are for the Kubernetes API itself, and the tree does
# not say what it calls itself: set audience=… to check that, too.
vault write auth/kubernetes/role/eso \\
  bound_service_account_names=eso \\
  bound_service_account_namespaces=external-secrets \\
  token_policies=eso \\
  token_no_default_policy=false \\
  token_ttl=10m
`);
});

test('of a Vault elsewhere, what the tree does not say is asked for', () => {
  const text = commands(one(store({ ...provider, namespace: 'team' })));
  expect(text).toContain(`external-secrets/eso
# needs a ClusterRoleBinding to system:auth-delegator`);
  expect(text).toContain(`
vault write -namespace=team auth/kubernetes/config \\
  kubernetes_host="\${KUBERNETES_HOST:?the address of the Kubernetes API, as Vault reaches it}" \\
  kubernetes_ca_cert=@"\${KUBERNETES_CA:?a file with the CA of the Kubernetes API}" \\
  disable_local_ca_jwt=true
`);
  expect(text).toContain('vault policy write -namespace=team eso - <<');
});

test('an audience that the store names is checked', () => {
  const account = { name: 'eso', namespace: 'external-secrets', audiences: ['vault'] };
  const text = roleOf(one(store({ ...provider, auth: { kubernetes: { role: 'eso', serviceAccountRef: account } } })));
  expect(text).toContain('  audience=vault \\\n');
  expect(text).not.toContain('names no audience');
});

describe('where the tree does not say who logs in, nothing is guessed', () => {
  const auth = (settings: object) => store({ ...provider, auth: settings });

  it('of a store without a service account', () => {
    expect(roleOf(one(auth({ kubernetes: { role: 'eso' } })))).toBe(
      '# Which service account logs in is not known from the tree: write the role auth/kubernetes/role/eso\n# by hand, with its bound_service_account_names and bound_service_account_namespaces, and\n# token_policies=eso.\n',
    );
  });

  it('of another method', () => {
    expect(roleOf(one(auth({ appRole: { path: 'approle', secretRef: { name: 'x' } } })))).toBe(
      '# External Secrets logs in with appRole: give the policy vault to whatever it logs in as at\n# auth/approle.\n',
    );
    expect(roleOf(one(auth({ jwt: { path: 'jwt-a', role: 'eso' } })))).toBe(
      '# External Secrets logs in with jwt: give the policy jwt-a-eso (token_policies) to the role eso of\n# auth/jwt-a.\n',
    );
    expect(roleOf(one(auth({ tokenSecretRef: { name: 'x', key: 'y' } })))).toBe(
      '# External Secrets logs in with a token that a Secret holds: make it with the policy vault.\n',
    );
    expect(roleOf(one(store({ server: 'https://vault.example.com' })))).toBe(
      '# External Secrets logs in in a way that the tree does not say: give the policy vault to whatever it\n# logs in as.\n',
    );
  });

  it('of a role, mount or namespace that a variable names', () => {
    const [role] = withVariables(
      store({ ...provider, namespace: '${NS}', auth: { kubernetes: { role: '${ROLE}', mountPath: '${MOUNT}' } } }),
    );
    const text = commands(role as RoleRequirements);
    expect(text).toContain('# The namespace of Vault depends on a variable (${NS}): set VAULT_NAMESPACE.\n');
    expect(text).toContain('# Where the auth method is mounted depends on a variable: ${MOUNT}.');
    expect(text).toContain(
      '# The role depends on a variable: auth/${MOUNT}/role/${ROLE}. Write it by hand, with the policy\n# mount-role.\n',
    );
    expect(text.split('\n').filter((line) => line.startsWith('vault '))).toEqual([
      "vault policy write mount-role - <<'EOF'",
    ]);
  });

  it('of a role that an object of the tree makes', () => {
    const made = {
      apiVersion: 'redhatcop.redhat.io/v1alpha1',
      kind: 'KubernetesAuthEngineRole',
      metadata: { name: 'eso', namespace: 'vault' },
      spec: { path: 'kubernetes', policies: ['eso'], targetServiceAccounts: ['eso'] },
    };
    expect(roleOf(one(store(), made))).toBe(
      '# KubernetesAuthEngineRole vault/eso of the tree makes the role: give it the policy eso there.\n',
    );
  });
});

/** A folder in which `vault` is a program that writes down what it is called with. */
function fakeVault(): { calls(script: string): { args: string[]; input: string }[] } {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const calls = join(folder, 'calls');
  writeFileSync(
    join(bin, 'vault'),
    `#!/bin/sh
n=$(ls '${calls}' | wc -l)
for arg; do printf '%s\\0' "$arg"; done >'${calls}'/$((n + 0))
if [ "$1" = policy ]; then cat >>'${calls}'/$((n + 0)); fi
[ "$1" != read ]
`,
    { mode: 0o755 },
  );
  return {
    calls(script) {
      const cwd = join(folder, 'cwd');
      for (const path of [calls, cwd]) {
        rmSync(path, { recursive: true, force: true });
        mkdirSync(path);
      }
      writeFileSync(join(folder, 'script.sh'), script);
      const env = { PATH: `${bin}:${process.env.PATH}`, KUBERNETES_HOST: 'https://k8s', KUBERNETES_CA: 'ca.pem' };
      const { code, stderr, stdout } = run('sh', [join(folder, 'script.sh')], { cwd, env });
      expect({ code, stderr, stdout, made: readdirSync(cwd) }).toEqual({ code: 0, stderr: '', stdout: '', made: [] });
      const files = readdirSync(calls).sort((a, b) => Number(a) - Number(b));
      return files.map((file) => {
        const args = readFileSync(join(calls, file), 'utf8').split('\0');
        return { input: args.pop() ?? '', args };
      });
    },
  };
}

// Windows has no sh.
(has('sh', ['-c', 'true']) ? describe : describe.skip)('a shell runs them as they are meant', () => {
  const fake = fakeVault();

  it('with the policy on the standard input', () => {
    const role = one(store(), read(['app']));
    expect(fake.calls(commands(role))).toEqual([
      { args: ['read', 'sys/auth/kubernetes'], input: '' },
      { args: ['auth', 'enable', '-path=kubernetes', 'kubernetes'], input: '' },
      {
        args: [
          ...['write', 'auth/kubernetes/config', 'kubernetes_host=https://k8s', 'kubernetes_ca_cert=@ca.pem'],
          'disable_local_ca_jwt=true',
        ],
        input: '',
      },
      { args: ['policy', 'write', 'eso', '-'], input: hclOf(role, madeBy) },
      {
        args: [
          ...['write', 'auth/kubernetes/role/eso', 'bound_service_account_names=eso'],
          ...[
            'bound_service_account_namespaces=external-secrets',
            'token_policies=eso',
            'token_no_default_policy=false',
            'token_ttl=10m',
          ],
        ],
        input: '',
      },
    ]);
  });

  it('whatever the names in the tree are', () => {
    const part = fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '$(touch x)',
        '`touch x`',
        '\n',
        '\\',
        ' -x',
        ';',
        '&',
        '#',
        '${HOME}',
        'EOF\n',
        '!',
        '*',
        '~',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    const name = fc
      .array(part, { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''))
      .filter((text) => !/[\ud800-\udfff\ufffe\uffff\ufdd0\ufdd1]/u.test(text) && text !== '' && !text.includes('\0'));
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        const account = { name: 'eso', namespace: 'external-secrets', audiences: [c] };
        const auth = { kubernetes: { role: a, mountPath: b, serviceAccountRef: account } };
        const [role] = requirements(store({ ...provider, namespace: c, auth }), read([a, b], c)) as [RoleRequirements];
        const calls = fake.calls(commandsOf(role, { madeBy: a }));
        expect(calls.map(({ args: [first, second] }) => `${first} ${second}`)).toEqual([
          `read -namespace=${c}`,
          'auth enable',
          `write -namespace=${c}`,
          'policy write',
          `write -namespace=${c}`,
        ]);
        expect(calls[3]?.input).toBe(hclOf(role, a));
        expect(calls[4]?.args[2]).toBe(`auth/${b}/role/${a}`);
      }),
      { numRuns: 20 },
    );
  });
});
