import fc from 'fast-check';
import { comparePolicy } from '../../../lib/graph/vault/compare-policy';
import { hclOf } from '../../../lib/report/policy/hcl';
import { allows } from '../../../lib/systems/vault/allows';
import type { ParseHcl } from '../../../lib/systems/vault/hcl';
import { readPolicy } from '../../../lib/systems/vault/policy';
import { loadHcl } from '../../../lib/tree/hcl';
import { one, provider, push, read, requirements, store } from './trees';

let hcl: ParseHcl;
beforeAll(async () => {
  hcl = await loadHcl();
});

test('a policy as HCL: each path with who needs it, and what it leaves out', () => {
  const find = {
    ...read([], 'find'),
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      dataFrom: [{ find: { path: 'team', tags: { a: 'b' } } }],
    },
  };
  const role = one(store(), read(['app', 'b/+/c', 'x{{y}}']), push('db', { deletionPolicy: 'Delete' }), find);
  expect(hclOf(role, 'Made by a test')).toBe(`# Made by a test.

# Policy eso of Vault: the least that External Secrets needs, logged in as role eso of
# auth/kubernetes at https://vault.example.com for ClusterSecretStore vault.

# ExternalSecret shop/read reads it.
path "kv/data/app" {
  capabilities = ["read"]
}

# ExternalSecret shop/read reads it.
# Vault takes its "*" or "+" for any characters: this allows more than is needed.
path "kv/data/b/+/c" {
  capabilities = ["read"]
}

# PushSecret shop/push pushes to it.
# PushSecret shop/push deletes what it pushed.
path "kv/data/db" {
  capabilities = ["read", "update", "delete"]
}

# PushSecret shop/push marks it as managed by External Secrets.
# PushSecret shop/push deletes what it pushed.
path "kv/metadata/db" {
  capabilities = ["create", "read", "update", "delete"]
}

# ExternalSecret shop/find reads what it finds there.
path "kv/data/team/*" {
  capabilities = ["read"]
}

# ExternalSecret shop/find looks for secrets there.
# ExternalSecret shop/find looks for tags there.
path "kv/metadata/team/*" {
  capabilities = ["read", "list"]
}

# Not allowed here, since the tree does not say it all:
# - ExternalSecret shop/read: no policy can name kv/data/x{{y}}.

# External Secrets also reads auth/token/lookup-self and updates auth/token/revoke-self. The policy
# "default", which every token has unless its role says otherwise, allows both.
`);
});

test('it has rules for the token itself where the role of the tree leaves the default policy out', () => {
  const role = {
    apiVersion: 'redhatcop.redhat.io/v1alpha1',
    kind: 'KubernetesAuthEngineRole',
    metadata: { name: 'eso', namespace: 'vault' },
    spec: { path: 'kubernetes', policies: ['eso'], targetServiceAccounts: ['eso'], tokenNoDefaultPolicy: true },
  };
  const text = hclOf(one(store(), role), 'Made by a test');
  expect(
    text.slice(text.indexOf('# External Secrets looks')),
  ).toBe(`# External Secrets looks its token up and revokes it; the role leaves out the policy "default",
# which allows it.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
`);
});

test('of many that need a path it names a few', () => {
  const readers = Array.from({ length: 12 }, (_, i) => read(['app'], `read-${String(i).padStart(2, '0')}`));
  const text = hclOf(one(store(), ...readers), 'Made by a test');
  expect(text.match(/ reads it\./g)).toHaveLength(8);
  expect(text).toContain('# 4 more\n');
});

/** Texts that mean something to HCL, to a shell, or to nobody. */
const hostile = fc.oneof(
  fc.constantFrom(
    '"',
    '\n',
    '${',
    '%{',
    '$(id)',
    '`id`',
    "'",
    '\\',
    '#',
    '}',
    'EOF',
    '*/',
    '\u202e',
    '\u2028',
    '\t',
    '🌳',
  ),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const key = fc
  .array(hostile, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))
  // Kubernetes' YAML does not hold these, nor does a URL; a variable is no key.
  .filter(
    (text) => !/[\ud800-\udfff\ufffe\uffff\ufdd0\ufdd1]/u.test(text) && !text.includes('\0') && /[^/]/.test(text),
  );

test('the policy of any keys is read back as what is needed; it allows every call, and without any part of it one fails', () => {
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), key, (reads, pushed) => {
      const role = one(store(), read(reads), push(pushed));
      const { rules, fault } = readPolicy(hclOf(role, `Made by ${reads[0]}`), hcl);
      expect(fault).toBeUndefined();
      expect(rules.map(({ pattern, capabilities }) => [pattern, [...capabilities]])).toEqual(
        role.paths.map(({ path, capabilities }) => [path, capabilities]),
      );
      if (role.wider.length > 0) return;
      for (const { path, capabilities } of role.paths) {
        for (const one of capabilities) expect([path, one, allows(rules, path, one)]).toEqual([path, one, true]);
      }
      expect(comparePolicy(role, rules)).toEqual({ lacks: [], exceeds: [] });
      for (const rule of rules) {
        for (const gone of rule.capabilities) {
          const less = rules.map((other) =>
            other === rule
              ? { ...rule, capabilities: new Set([...rule.capabilities].filter((it) => it !== gone)) }
              : other,
          );
          expect(comparePolicy(role, less).lacks.map(({ path, capabilities }) => [path, capabilities])).toEqual([
            [rule.pattern, [gone]],
          ]);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('no name leaves its comment', () => {
  fc.assert(
    fc.property(key, (text) => {
      const vault = { ...provider, server: text, auth: { kubernetes: { role: text, mountPath: text } } };
      for (const role of requirements(store(vault), read(['a'], text))) {
        const { rules, fault } = readPolicy(hclOf(role, text), hcl);
        expect([fault, rules.map(({ pattern }) => pattern)]).toEqual([undefined, role.paths.map(({ path }) => path)]);
      }
    }),
    { numRuns: 100 },
  );
});
