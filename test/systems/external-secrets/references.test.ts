import { type ProviderFacts, providers } from '../../../lib/systems/external-secrets/providers';
import {
  factsOf,
  inability,
  misuses,
  misusesOfFind,
  misusesOfPush,
} from '../../../lib/systems/external-secrets/references';

const rows: [string, ProviderFacts][] = Object.entries(providers);

test('services of a provider are told apart by its settings', () => {
  expect([
    factsOf('aws', { service: 'SecretsManager' }),
    factsOf('aws', { service: 'ParameterStore' }),
    factsOf('aws', {}),
    factsOf('onepasswordSDK', { vault: 'home' }),
    factsOf('onepasswordSDK', { environment: 'prod' }),
    factsOf('amazon', {}),
    factsOf('constructor', {}),
    factsOf('aws/ParameterStore', {}),
  ]).toEqual([
    providers.aws,
    providers['aws/ParameterStore'],
    providers.aws,
    providers.onepasswordSDK,
    providers['onepasswordSDK/environment'],
    undefined,
    undefined,
    providers['aws/ParameterStore'],
  ]);
});

test.each(rows)('%s takes keys of its own forms', (_, facts) => {
  for (const [use, forms] of [
    ['value', facts.forms],
    ['whole', facts.formsOfWhole ?? facts.forms],
    ['push', facts.formsOfPush ?? facts.forms],
  ] as const) {
    for (const form of forms ?? ['*']) {
      const key = form.replaceAll('*', 'a');
      expect([key, ...misuses(facts, use, { key })]).toEqual([key]);
    }
  }
});

test.each(rows)('what %s is said to read, find and write agrees', (_, facts) => {
  const { read, extract, find, property, version, push } = facts;
  if (read === false)
    expect([extract, find, property, version, push]).toEqual([false, undefined, undefined, undefined, push]);
  else expect(inability(facts, 'read')).toBeUndefined();
  expect(inability(facts, 'push') === undefined).toBe(push !== undefined);
  if (push) expect([...misusesOfPush(facts, undefined, {})].length === 0).toBe(push.whole !== false);
});

test.each(['', '${KEY}', '${KEY:=a/b}'])('%j, which nobody knows, is not judged', (text) => {
  const reference = { key: text, property: text, version: text };
  expect([...misuses(providers.onepasswordSDK, 'value', reference)]).toEqual([]);
  expect([...misuses(providers.scaleway, 'push', reference)]).toEqual([]);
});

test('a search that finds all takes no notice of what it looks for', () => {
  const search = { name: { regexp: 'a' }, conversionStrategy: 'Default', path: null };
  expect([...misusesOfFind(providers.bitwardensecretsmanager, search)]).toEqual([
    {
      field: 'name',
      allowed: 'left out: in Bitwarden Secrets Manager External Secrets finds all secrets there are',
      isIgnored: true,
    },
  ]);
});
