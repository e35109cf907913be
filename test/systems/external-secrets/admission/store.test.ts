import type { JsonObject } from '../../../../lib/json/json';
import { faultsOf } from '../../../../lib/systems/external-secrets/admission';

const secret = { name: 'a', key: 'b' };
const there = { ...secret, namespace: 'vault' };

function found(kind: string, provider: JsonObject, spec: JsonObject = {}): string[] {
  const metadata = { name: 'store', ...(kind === 'SecretStore' && { namespace: 'shop' }) };
  const object = { apiVersion: 'external-secrets.io/v1', kind, metadata, spec: { ...spec, provider } };
  return [...faultsOf(object)].map(({ path }) => path.join('.').replace('spec.provider.', ''));
}

/** Each with the fields that the webhook of External Secrets 2.9 refuses in a SecretStore, and in a ClusterSecretStore. */
test.each<[string, JsonObject, string[], string[]]>([
  ['vault', { auth: { tokenSecretRef: secret } }, [], []],
  ['vault', { auth: { tokenSecretRef: there } }, ['vault.auth.tokenSecretRef.namespace'], []],
  ['vault', { auth: { appRole: { secretRef: secret } } }, ['vault.auth.appRole.roleId'], ['vault.auth.appRole.roleId']],
  ['vault', { auth: { jwt: {} } }, ['vault.auth.jwt'], ['vault.auth.jwt']],
  ['vault', { tls: { certSecretRef: secret } }, ['vault.tls.keySecretRef'], ['vault.tls.keySecretRef']],
  ['kubernetes', { auth: { token: { bearerToken: secret } } }, [], ['kubernetes.auth.token.bearerToken.namespace']],
  ['kubernetes', { server: { caProvider: { name: 'a' } } }, [], ['kubernetes.server.caProvider.namespace']],
  ['doppler', { auth: { secretRef: { dopplerToken: there } } }, ['doppler.auth.secretRef.dopplerToken.namespace'], []],
  ['gcpsm', { auth: { secretRef: { secretAccessKeySecretRef: secret } } }, [], []],
  [
    'onepasswordSDK',
    { vault: 'x', auth: { serviceAccountSecretRef: there } },
    ['onepasswordSDK.auth.serviceAccountSecretRef.namespace'],
    [],
  ],
  ['senhasegura', { url: 'http://a.b', auth: { clientId: 'x' } }, ['senhasegura.url'], ['senhasegura.url']],
  ['fake', { data: [{ key: 'a' }] }, ['fake.data.0.value'], ['fake.data.0.value']],
  ['webhook', { url: 'x', result: {} }, [], []],
  ['webhook', { url: 'x', result: {}, timeout: '' }, ['webhook.timeout'], ['webhook.timeout']],
  ['ibm', { serviceUrl: '', auth: { containerAuth: { profile: 'p' } } }, [], []],
  ['ibm', { auth: { containerAuth: { profile: 'p' } } }, ['ibm.serviceUrl'], ['ibm.serviceUrl']],
  [
    'ovh',
    { server: 'https://a.b', okmsid: 'x', auth: { token: { tokenSecretRef: {} } } },
    ['ovh.auth.token.tokenSecretRef'],
    ['ovh.auth.token.tokenSecretRef'],
  ],
])('%s %j', (name, settings, inNamespace, wide) => {
  expect(found('SecretStore', { [name]: settings })).toEqual(inNamespace);
  expect(found('ClusterSecretStore', { [name]: settings })).toEqual(wide);
});

test('a store has exactly one provider', () => {
  expect(found('SecretStore', {})).toEqual(['spec.provider']);
  expect(found('SecretStore', { webhook: {}, fake: {} })).toEqual(['spec.provider']);
});

test('its refresh interval is a number of seconds or a duration, its conditions hold regular expressions of Go', () => {
  const conditions = [{ namespaceRegexes: ['^a', '(?!b)'] }];
  expect(found('SecretStore', { webhook: {} }, { refreshInterval: 3600, conditions })).toEqual([
    'spec.conditions.0.namespaceRegexes.1',
  ]);
  expect(found('SecretStore', { webhook: {} }, { refreshInterval: '1d' })).toEqual(['spec.refreshInterval']);
});
