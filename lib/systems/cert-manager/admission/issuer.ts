import { listAt, objectAt } from '../../../json/read';
import { parseDuration } from '../../duration';
import { fault } from '../../fault';
import { atMostOne, Fields, form, has, named, needs, oneOf, type Rule, when } from '../../fields';
import { dnsSubdomain } from '../../kubernetes/names';
import { dns01 } from './dns01';

/** Rules for an object below, or for each item of a list. */
function within(name: string, ...rules: readonly Rule[]): Rule {
  return function* (fields) {
    const value = fields.at(name);
    const places = Array.isArray(value) ? [...value.keys()].map((i) => `${name}.${i}`) : [name];
    for (const place of places) {
      if (!objectAt(fields.at(place))) continue;
      const below = new Fields(fields.object, fields.path(place));
      for (const rule of rules) yield* rule(below);
    }
  };
}

const dots = (name: string) => form(name, 'a path without ".."', (path) => !path.split('/').includes('..'));

/** A list of authorities, of which something is read. (validateCABundleNotEmpty) */
const bundle = form('caBundle', 'certificates in PEM, encoded in base64', (text) =>
  /-----BEGIN CERTIFICATE-----/.test(Buffer.from(text, 'base64').toString('latin1')),
);

const serviceType = form('serviceType', 'ClusterIP or NodePort', /^(?:ClusterIP|NodePort)$/);

/** (ValidateACMEIssuerChallengeSolverHTTP01Config) */
const http01: readonly Rule[] = [
  oneOf('ingress', 'gatewayHTTPRoute'),
  within(
    'ingress',
    atMostOne('class', 'ingressClassName', 'name'),
    form('ingressClassName', dnsSubdomain.allowed, (name) => dnsSubdomain.accepts(name)),
    serviceType,
  ),
  within('gatewayHTTPRoute', serviceType, within('parentRefs', needs('name'))),
];

/** (ValidateACMEIssuerConfig) */
const acme: readonly Rule[] = [
  function* (fields) {
    if (fields.has('caBundle') && fields.at('skipTLSVerify') === true)
      yield fault(fields.path('skipTLSVerify'), 'false or left out, since caBundle is given');
  },
  bundle,
  needs('privateKeySecretRef.name', 'server', 'externalAccountBinding?.keyID'),
  when(has('externalAccountBinding'), named('externalAccountBinding.keySecretRef')),
  within(
    'solvers',
    oneOf('http01', 'dns01'),
    within('http01', ...http01),
    within('dns01', ...dns01),
    form('waitInsteadOfSelfCheck', 'a duration such as 5m, not negative', isDelay),
  ),
];

/** (ValidateVaultIssuerConfig, ValidateVaultIssuerAuth) */
const vault: readonly Rule[] = [
  needs('server', 'path'),
  dots('path'),
  bundle,
  atMostOne('caBundle', 'caBundleSecretRef'),
  when(has('clientCertSecretRef'), needs('clientKeySecretRef')),
  when(has('clientKeySecretRef'), needs('clientCertSecretRef')),
  function* (fields) {
    const ways = ['appRole', 'kubernetes', 'tokenSecretRef', 'clientCertificate', 'aws'];
    if (!ways.some((way) => fields.has(`auth.${way}`)))
      yield { path: fields.path('auth'), value: null, allowed: `an object with one of ${ways.join(', ')}` };
  },
  within('auth.appRole', needs('roleId', 'secretRef.name'), dots('path')),
  within('auth.clientCertificate', dots('path')),
  within(
    'auth.kubernetes',
    needs('role', 'serviceAccountRef?.name'),
    dots('mountPath'),
    oneOf('secretRef.name', 'serviceAccountRef'),
  ),
  within(
    'auth.aws',
    needs('role', 'serviceAccountRef?.name'),
    dots('mountPath'),
    when(has('serviceAccountRef'), needs('iamRoleArn')),
  ),
];

/** (ValidateIssuerConfig) */
export const issuer: readonly Rule[] = [
  oneOf('acme', 'ca', 'selfSigned', 'vault', 'venafi'),
  within('acme', ...acme),
  within('ca', needs('secretName'), texts('ocspServers'), texts('issuingCertificateURLs')),
  within('vault', ...vault),
  within(
    'venafi',
    needs('zone'),
    oneOf('tpp', 'cloud', 'ngts'),
    within('tpp', needs('url'), atMostOne('caBundle', 'caBundleSecretRef')),
    within('ngts', needs('tsgID', 'credentialsRef.name')),
  ),
];

function texts(name: string): Rule {
  return function* (fields) {
    for (const [i, text] of listAt(fields.at(name)).entries())
      if (text === '') yield fault(fields.path(`${name}.${i}`), 'an address');
  };
}

function isDelay(text: string): boolean {
  return (parseDuration(text) ?? -1) >= 0;
}
