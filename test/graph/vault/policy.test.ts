import { allows, policyRules } from '../../../lib/graph/vault/policy';

const rules = (text: string) =>
  policyRules(text).map(({ pattern, capabilities }) => [pattern, [...capabilities].join(' ')]);

describe('a policy of Vault', () => {
  it('is read from HCL with comments, old levels and other settings', () => {
    expect(
      rules(`
        # path "no/*" { capabilities = ["read"] }
        path "kv/data/shop/*" { /* values */
          capabilities = ["read", "list"] // of the shop
          allowed_parameters = { "*" = ["capabilities"] }
        }
        path "/secret/*" { policy = "write" }
      `),
    ).toEqual([
      ['kv/data/shop/*', 'read list'],
      ['secret/*', 'create read update delete list'],
    ]);
  });

  it('is read from HCL on one line, as YAML folds it, and from JSON', () => {
    expect(rules('path "secret/*" { capabilities = ["create", "read"] }')).toEqual([['secret/*', 'create read']]);
    expect(rules('{"path": {"kv/*": {"capabilities": ["read"]}}}')).toEqual([['kv/*', 'read']]);
  });

  it.each(['', 'variable "x" {}', '{', '{"path": 3}', 'path "x"', 'path "x" { capabilities = ["read"'])(
    'that cannot be read (%j) says nothing, or what can be read of it',
    (text) => {
      expect(() => policyRules(text)).not.toThrow();
    },
  );
});

describe('what policies allow', () => {
  const can = (text: string, path: string, capability = 'read') => allows(policyRules(text), path, capability);
  const read = (...patterns: string[]) => patterns.map((it) => `path "${it}" { capabilities = ["read"] }`).join('\n');
  const list = (pattern: string) => `path "${pattern}" { capabilities = ["list"] }`;

  it.each([
    ['kv/data/shop', 'kv/data/shop', true],
    ['kv/data/shop', 'kv/data/shop/app', false],
    ['kv/data/shop/*', 'kv/data/shop/app/db', true],
    ['kv/data/shop*', 'kv/data/shopping', true],
    ['kv/data/+/app', 'kv/data/shop/app', true],
    ['kv/data/+/app', 'kv/data/shop/prod/app', false],
    ['kv/data/+/*', 'kv/data/shop/prod/app', true],
    ['kv/data/{{identity.entity.name}}/*', 'kv/data/shop/app', true],
    ['kv/data/a.c', 'kv/data/abc', false],
    ['*', 'kv/data/shop', true],
  ])('%s, asked for %s: %s', (pattern, path, allowed) => {
    expect(can(read(pattern), path)).toBe(allowed);
  });

  it('is what the most specific pattern says', () => {
    const text = `${read('kv/data/*')}\n${list('kv/data/shop/*')}`;
    expect(can(text, 'kv/data/shop/app')).toBe(false);
    expect(can(text, 'kv/data/blog/app')).toBe(true);
    // A wildcard that comes later is more specific, and none at the end is more than one.
    expect(can(`${list('kv/+/shop/app')}\n${read('kv/data/*')}`, 'kv/data/shop/app')).toBe(true);
    expect(can(`${list('kv/data/+/app')}\n${read('kv/data/*')}`, 'kv/data/shop/app')).toBe(false);
  });

  it('is what all policies together say of one pattern, unless one denies it', () => {
    expect(can(`${read('kv/*')}\n${list('kv/*')}`, 'kv/data/shop')).toBe(true);
    expect(can(`${read('kv/*')}\npath "kv/*" { capabilities = ["deny"] }`, 'kv/data/shop')).toBe(false);
  });

  it('includes listing a folder with or without the slash behind it', () => {
    for (const pattern of ['kv/metadata/shop', 'kv/metadata/shop/', 'kv/metadata/+', 'kv/metadata/*']) {
      expect([pattern, can(list(pattern), 'kv/metadata/shop/', 'list')]).toEqual([pattern, true]);
    }
  });
});
