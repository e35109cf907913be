import { allows } from '../../../lib/systems/vault/allows';
import type { ParseHcl } from '../../../lib/systems/vault/hcl';
import { readPolicy } from '../../../lib/systems/vault/policy';
import { loadHcl } from '../../../lib/tree/hcl';

let hcl: ParseHcl;
beforeAll(async () => {
  hcl = await loadHcl();
});

const policyRules = (text: string) => readPolicy(text, hcl).rules;
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
    const lists = '{"path": [{"kv/*": [{"capabilities": ["read"]}]}, {"a": {"policy": "read"}}]}';
    expect(rules(lists)).toEqual([
      ['kv/*', 'read'],
      ['a', 'read list'],
    ]);
  });

  it('is read with escapes, heredocs, line ends of Windows and several blocks of one path', () => {
    expect(
      rules(
        'path "a\\u0024{b}\\"" {\r\n  capabilities = ["read",]\r\n}\r\npath "c" { capabilities = [<<E\nlist\nE\n, "list"] }\npath "c" { capabilities = ["deny"] }',
      ),
    ).toEqual([
      ['a${b}"', 'read'],
      ['c', 'list\n list'],
      ['c', 'deny'],
    ]);
  });

  it('is read with the line of each block', () => {
    const text = '# c\npath "a" {\n capabilities = ["read"]\n}\n\npath "b" { capabilities = [] }';
    expect(readPolicy(text, hcl).rules.map(({ pattern, line }) => [pattern, line])).toEqual([
      ['a', 2],
      ['b', 6],
    ]);
  });

  it.each([
    ['', undefined],
    ['variable "x" {}', undefined],
    ['{', '1:1 it begins like JSON, but is not JSON'],
    ['{"path": 3}', undefined],
    ['path "x"', '1:1 it is not HCL from here on'],
    ['path "x" { capabilities = ["read"', '1:34 "]" is missing'],
    ['path "x" {\n  capabilities = ["create" "read"]\n}', '2:19 it is not HCL from here on'],
    ['path "x" { capabilities = ["read"] }\npath "y" }', '2:10 "{" is missing'],
  ])('that cannot be read (%j) says nothing, and where it goes wrong', (text, at) => {
    const { rules, fault } = readPolicy(text, hcl);
    expect(rules).toEqual([]);
    expect(fault && `${fault.line}:${fault.column} ${fault.message}`).toBe(at);
  });

  it.each([
    ['path "a" { capabilites = ["read"] }', '1 a path has no "capabilites"; did you mean capabilities?'],
    ['path "a" {}\npath "b" { capabilities = "read" }', '2 capabilities must be a list of strings'],
    ['path "a" { policy = "reed" }', '1 policy must be one of deny, read, write, sudo'],
    ['path "a/+*" { policy = "read" }', '1 the path "a/+*" has "+*", which is not a wildcard'],
    ['path "a" {}\npaths "b" {}', '2 Vault does not know "paths" in a policy; did you mean path?'],
    ['{"path": {"a": {"policy": 3}}}', '1 policy must be one of deny, read, write, sudo'],
    ['path "a" { capabilities = ["read"]\n control_group = {}\n expiration = "1h" }', undefined],
  ])('that Vault refuses (%j) is read, and says so', (text, at) => {
    const { fault, refusal } = readPolicy(text, hcl);
    expect(fault).toBeUndefined();
    expect(refusal && `${refusal.line} ${refusal.message}`).toBe(at);
  });

  it.each([
    'a {'.repeat(20_000) + '}'.repeat(20_000),
    `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    'x = <<A\n'.repeat(20_000),
    `path "${'${"'.repeat(20_000)}`,
    '\u0000"\uD800',
  ])('that is hostile is no more than not read', (text) => {
    expect(() => policyRules(text)).not.toThrow();
  });

  it('in HCL is not read without its parser, and says so', () => {
    expect(readPolicy('path "a" { capabilities = ["read"] }', undefined)).toEqual({
      rules: [],
      fault: { line: 1, column: 1, message: 'HCL is not read here' },
    });
    expect(readPolicy('{"path": {"kv/*": {"capabilities": ["read"]}}}', undefined).rules).toHaveLength(1);
  });
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

  it('of a folder that is listed is what a wider pattern says that matches it without its slash', () => {
    const text = `${read('kv/metadata/*')}\n${list('kv/metadata/shop/*')}`;
    expect(can(text, 'kv/metadata/shop/', 'list')).toBe(false);
    expect(can(text, 'kv/metadata/shop/db/', 'list')).toBe(true);
    expect(can(`${read('kv/metadata/shop')}\n${list('kv/metadata/*')}`, 'kv/metadata/shop/', 'list')).toBe(false);
  });

  it.each([
    ['kv/*/shop', 'kv/data/shop', false],
    ['kv/*/shop', 'kv/*/shop', true],
    ['kv/a+', 'kv/ab', false],
    ['kv/+/app*', 'kv/data/app-1/db', true],
    ['kv/+/app*', 'kv/data', false],
    ['+/data', 'kv/data', true],
  ])('takes wildcards only where Vault does: %s, asked for %s: %s', (pattern, path, allowed) => {
    expect(can(read(pattern), path)).toBe(allowed);
  });
});
