import fc from 'fast-check';
import { comparePolicy } from '../../../lib/graph/vault/compare-policy';
import { comparisonText } from '../../../lib/report/policy/against-text';
import { hclOf } from '../../../lib/report/policy/hcl';
import type { ParseHcl } from '../../../lib/systems/vault/hcl';
import { readPolicy } from '../../../lib/systems/vault/policy';
import { loadHcl } from '../../../lib/tree/hcl';
import { one, provider, push, read, store } from '../../report/policy/trees';

let hcl: ParseHcl;
beforeAll(async () => {
  hcl = await loadHcl();
});

const role = one(store(), read(['app']), push('db'));
const find = (name: object) => ({
  ...read([], 'find'),
  spec: {
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
    dataFrom: [{ find: { path: 'team', ...name } }],
  },
});

/** What a policy of these rules, each a pattern and its capabilities, lacks and allows too much. */
function compare(needed: typeof role, ...rules: string[]): { lacks: string[]; exceeds: string[] } {
  const text = rules.map((rule) => {
    const [pattern, ...capabilities] = rule.split(' ');
    return `path "${pattern}" { capabilities = ${JSON.stringify(capabilities)} }`;
  });
  const { lacks, exceeds } = comparePolicy(needed, readPolicy(text.join('\n'), hcl).rules);
  return {
    lacks: lacks.map(({ path, capabilities }) => `${path} ${capabilities.join(' ')}`),
    exceeds: exceeds.map(({ line, pattern, why, capabilities }) =>
      [`${line}`, pattern, why, ...capabilities].join(' '),
    ),
  };
}

const all = ['kv/data/app read', 'kv/data/db read update', 'kv/metadata/db create read update'];

describe('a policy against what is needed', () => {
  it('lacks what it does not allow, and allows too much where nothing asks', () => {
    expect(compare(role, ...all)).toEqual({ lacks: [], exceeds: [] });
    expect(compare(role, 'kv/data/app read', 'kv/data/db create read')).toEqual({
      lacks: ['kv/data/db update', 'kv/metadata/db create read update'],
      exceeds: [],
    });
    expect(compare(role, ...all, 'kv/data/other read', 'sys/* sudo')).toEqual({
      lacks: [],
      exceeds: ['4 kv/data/other unused read', '5 sys/* unused sudo'],
    });
  });

  it('allows capabilities that nobody uses', () => {
    expect(compare(role, 'kv/data/app read delete', ...all.slice(1)).exceeds).toEqual([
      '1 kv/data/app capabilities delete',
    ]);
  });

  it('is wider than need, with a wildcard', () => {
    expect(compare(role, 'kv/+/app read', 'kv/* create read update').exceeds).toEqual([
      '1 kv/+/app wider',
      '2 kv/* wider',
    ]);
  });

  it('is judged as Vault does: the most specific rule decides, and deny forbids', () => {
    expect(compare(role, 'kv/* create read update', 'kv/data/app list').lacks).toEqual(['kv/data/app read']);
    expect(compare(role, ...all, 'kv/data/app deny').lacks).toEqual(['kv/data/app read']);
    expect(compare(role, ...all, 'kv/data/other deny').exceeds).toEqual([]);
  });

  it('must allow all below a folder where secrets are looked for', () => {
    const byName = one(store(), find({ name: { regexp: '.*' } }));
    expect(compare(byName, 'kv/data/team/* read', 'kv/metadata/team/* list')).toEqual({ lacks: [], exceeds: [] });
    expect(compare(byName, 'kv/data/team/+ read', 'kv/metadata/team/ list').lacks).toEqual([
      'kv/data/team/* read',
      'kv/metadata/team/* list',
    ]);
    expect(compare(byName, 'kv/* read list', 'kv/data/team/one deny').lacks).toEqual(['kv/data/team/* read']);
    const byTags = one(store(), find({ tags: { a: 'b' } }));
    expect(compare(byTags, 'kv/data/team/* read', 'kv/metadata/team/* list').lacks).toEqual([
      'kv/metadata/team/* read',
    ]);
  });

  it('of a hundred thousand rules is compared like any other', () => {
    const rules = Array.from({ length: 110_000 }, (_, i) => ({
      pattern: `kv/data/app-${i}/*`,
      capabilities: new Set(['read']),
    }));
    const role = one(store(), read(['app-7/db']));
    const compared = comparePolicy(role, rules);
    expect(comparisonText(role, compared, 'p.hcl').split('\n').at(-2)).toBe('110000 rules allow more than is needed.');
  });

  it('may allow what Vault gives every token', () => {
    expect(compare(role, ...all, 'auth/token/lookup-self read', 'auth/token/revoke-self update').exceeds).toEqual([]);
  });
});

test("the seed's own policy: it covers none of the paths used", () => {
  const seed = `path "kv/data/external-secrets/*" {
  capabilities = ["create", "read", "update"]
}

path "kv/metadata/external-secrets/*" {
  capabilities = ["read", "list"]
}
`;
  expect(comparisonText(role, comparePolicy(role, readPolicy(seed, hcl).rules), 'eso.hcl')).toBe(
    `eso.hcl lacks what External Secrets needs, logged in as role eso of auth/kubernetes at https://vault.example.com:

  read on kv/data/app
    ExternalSecret shop/read reads it: 403 at GET /v1/kv/data/app
  read, update on kv/data/db
    PushSecret shop/push pushes to it: 403 at GET and PUT /v1/kv/data/db
  create, read, update on kv/metadata/db
    PushSecret shop/push marks it as managed by External Secrets: 403 at PUT and GET /v1/kv/metadata/db

eso.hcl allows more than that:

  eso.hcl:1 kv/data/external-secrets/*
    nothing asks for create, read, update there: it covers none of the paths used
  eso.hcl:5 kv/metadata/external-secrets/*
    nothing asks for read, list there: it covers none of the paths used

3 paths are not allowed and 2 rules allow more than is needed.
`,
  );
});

test('a policy that is wider than need, as a text', () => {
  const text = 'path "kv/*" { capabilities = ["create", "read", "update", "delete"] }';
  expect(comparisonText(role, comparePolicy(role, readPolicy(text, hcl).rules), 'eso.hcl')).toBe(
    `eso.hcl allows what External Secrets needs, logged in as role eso of auth/kubernetes at https://vault.example.com.

It allows more than that:

  eso.hcl:1 kv/*
    nothing asks for delete there
  eso.hcl:1 kv/*
    it is wider than what is used: kv/data/app, kv/data/db and kv/metadata/db

1 rule allows more than is needed.
`,
  );
});

test('what cannot be compared is said', () => {
  const unclear = one(store(), read(['app', 'a{{b}}', 'c/*']));
  const rules = readPolicy(
    'path "kv/data/app" { capabilities = ["read"] }\npath "kv/data/c/*" { capabilities = ["read"] }',
    hcl,
  );
  const text = comparisonText(unclear, comparePolicy(unclear, rules.rules), 'eso.hcl');
  expect(
    text,
  ).toBe(`eso.hcl allows what External Secrets needs, logged in as role eso of auth/kubernetes at https://vault.example.com, and no more.

Not compared, since the tree or a policy cannot say it:

  ExternalSecret shop/read: no policy can name kv/data/a{{b}}
  kv/data/c/*: Vault takes its "*" or "+" for any characters
`);
});

test('the policy that is printed allows what is needed, and no more, whatever is read, pushed and searched', () => {
  const key = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const item = fc.oneof(
    key.map((one) => ({ extract: { key: one } })),
    key.map((one) => ({ extract: { key: one, metadataPolicy: 'Fetch' } })),
    fc.tuple(fc.option(key), fc.constantFrom({ name: { regexp: '.' } }, { tags: { a: 'b' } })).map(([path, how]) => ({
      find: { ...(path === null ? {} : { path }), ...how },
    })),
  );
  const some = fc.record({
    version: fc.constantFrom('v1', 'v2'),
    items: fc.array(item, { maxLength: 5 }),
    pushed: fc.uniqueArray(key, { maxLength: 3 }),
    deletionPolicy: fc.constantFrom('None', 'Delete'),
  });
  fc.assert(
    fc.property(some, ({ version, items, pushed, deletionPolicy }) => {
      const reading = { ...read([]), spec: { ...find({}).spec, dataFrom: items } };
      const pushing = pushed.map((one, i) => push(one, { deletionPolicy }, `push-${i}`));
      const needed = one(store({ ...provider, version }), reading, ...pushing);
      const { rules, fault, refusal } = readPolicy(hclOf(needed, 'Made'), hcl);
      expect({ fault, refusal }).toEqual({ fault: undefined, refusal: undefined });
      expect(comparePolicy(needed, rules)).toEqual({ lacks: [], exceeds: [] });
    }),
    { numRuns: 200 },
  );
});
