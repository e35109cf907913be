import { objectAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { atMostOne, type Fields, form, has, lacks, named, needs, oneOf, type Rule, when } from '../../fields';

/** Settings of one provider, where it is given. */
function of(provider: string, ...rules: readonly Rule[]): Rule {
  return when((fields) => objectAt(fields.at(provider)) !== undefined, ...rules);
}

const byPrincipal = (fields: Fields) =>
  ['clientID', 'tenantID', 'clientSecretSecretRef'].some((name) => fields.has(`azureDNS.${name}`));

const late = ['digitalocean', 'rfc2136', 'webhook'];
const providers = ['akamai', 'azureDNS', 'cloudDNS', 'cloudflare', 'route53', 'acmeDNS', ...late];

function* needsOne(fields: Fields): Generator<Fault> {
  if (!providers.some((name) => fields.has(name)))
    yield { path: fields.path(''), value: null, allowed: `an object with one of ${providers.join(', ')}` };
}

/** (1.21 internal/apis/certmanager/validation/issuer.go: ValidateACMEChallengeSolverDNS01) */
export const dns01: readonly Rule[] = [
  form('cnameStrategy', 'None or Follow', /^(?:None|Follow)$/),
  needsOne,
  atMostOne('akamai', 'azureDNS', 'cloudDNS', 'cloudflare', 'route53', ...late),
  // What comes before acmeDNS is not compared with it.
  atMostOne('acmeDNS', ...late),
  of(
    'akamai',
    named('akamai.accessTokenSecretRef', 'akamai.clientSecretSecretRef', 'akamai.clientTokenSecretRef'),
    needs('akamai.serviceConsumerDomain'),
  ),
  of(
    'azureDNS',
    needs('azureDNS.subscriptionID', 'azureDNS.resourceGroupName'),
    form(
      'azureDNS.environment',
      'AzurePublicCloud, AzureChinaCloud, AzureGermanCloud or AzureUSGovernmentCloud',
      /^Azure(?:Public|China|German|USGovernment)Cloud$/,
    ),
    when(
      byPrincipal,
      needs('azureDNS.clientID', 'azureDNS.tenantID'),
      named('azureDNS.clientSecretSecretRef'),
      atMostOne('azureDNS.clientID', 'azureDNS.managedIdentity'),
    ),
    when(
      (fields) => !byPrincipal(fields),
      atMostOne('azureDNS.managedIdentity.clientID', 'azureDNS.managedIdentity.resourceID'),
      atMostOne('azureDNS.managedIdentity.tenantID', 'azureDNS.managedIdentity.resourceID'),
      when(has('azureDNS.managedIdentity.tenantID'), needs('azureDNS.managedIdentity.clientID')),
    ),
  ),
  of(
    'cloudDNS',
    needs('cloudDNS.project'),
    when(has('cloudDNS.serviceAccountSecretRef'), named('cloudDNS.serviceAccountSecretRef')),
  ),
  of(
    'cloudflare',
    oneOf('cloudflare.apiTokenSecretRef', 'cloudflare.apiKeySecretRef'),
    when(has('cloudflare.apiTokenSecretRef'), named('cloudflare.apiTokenSecretRef')),
    when(has('cloudflare.apiKeySecretRef'), named('cloudflare.apiKeySecretRef'), needs('cloudflare.email')),
  ),
  of(
    'route53',
    atMostOne('route53.accessKeyID', 'route53.accessKeyIDSecretRef'),
    when(has('route53.accessKeyIDSecretRef'), named('route53.accessKeyIDSecretRef')),
  ),
  of('acmeDNS', named('acmeDNS.accountSecretRef'), needs('acmeDNS.host')),
  of('digitalocean', named('digitalocean.tokenSecretRef')),
  of(
    'rfc2136',
    needs('rfc2136.nameserver'),
    form('rfc2136.nameserver', 'host, or host:port, with an IPv6 address in brackets', isNameserver),
    form('rfc2136.tsigAlgorithm', 'HMACMD5, HMACSHA1, HMACSHA256 or HMACSHA512', /^HMAC(?:MD5|SHA1|SHA256|SHA512)$/i),
    when(has('rfc2136.tsigKeyName'), named('rfc2136.tsigSecretSecretRef')),
    when(
      (fields) => fields.has('rfc2136.tsigSecretSecretRef.name') && fields.has('rfc2136.tsigSecretSecretRef.key'),
      needs('rfc2136.tsigKeyName'),
    ),
  ),
  of('webhook', when(lacks('webhook.solverName'), needs('webhook.solverName'))),
];

/** (util/nameserver.go: ValidNameserver, with Go's net.SplitHostPort; nobody looks at the port) */
function isNameserver(text: string): boolean {
  return /^(?:\[[^[\]]+\]|[^:[\]]+)(?::[^:[\]]*)?$/.test(text.trim());
}
