import { isJsonObject } from '../../../json/json';
import { listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { duration, form, has, isTrue, lacks, named, needs, oneOf, type Rule, url, when } from '../../fields';
import { givenText } from '../../given';
import { goPattern, patternFault } from '../../go-pattern';
import { authority, own, type Store, scoped, valueOrKey, valueOrRef } from './store';

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const address = 'an address with a host, such as https://vault.example.org';
const secure = 'an address that begins with https:// and has a host';

/** (runtime/esutils/k8s_connection_validate.go) */
const connection: readonly Rule<Store>[] = [
  authority('server.caProvider'),
  when(has('auth.cert'), named('auth.cert.clientCert'), scoped('auth.cert.clientCert')),
  when(has('auth.token'), named('auth.token.bearerToken'), scoped('auth.token.bearerToken')),
  own('auth.serviceAccount'),
];

/**
 * What the webhook of External Secrets 2.9 asks of each provider: ValidateStore in providers/v1/<provider>, by the name of its field. Those that
 * are not here ask nothing that the definition does not (github, passworddepot).
 */
export const providers: Readonly<Record<string, readonly Rule<Store>[]>> = {
  akeyless: [
    url('akeylessGWApiURL', address, ({ host }) => host !== ''),
    own('authSecretRef.kubernetesAuth.serviceAccountRef'),
    scoped('authSecretRef.kubernetesAuth.secretRef'),
    needs('authSecretRef.kubernetesAuth?.accessID', 'authSecretRef.kubernetesAuth?.k8sConfName'),
    when(
      lacks('authSecretRef.kubernetesAuth'),
      named('authSecretRef.secretRef.accessID'),
      scoped('authSecretRef.secretRef.accessID', 'authSecretRef.secretRef.accessType'),
      when(has('authSecretRef.secretRef.accessTypeParam.name'), scoped('authSecretRef.secretRef.accessTypeParam')),
      own('authSecretRef.serviceAccountRef'),
    ),
  ],
  aws: [deletion, own(...awsKeys('auth.secretRef'), 'auth.jwt.serviceAccountRef')],
  azurekv: [
    own('authSecretRef.clientId', 'authSecretRef.clientSecret', 'serviceAccountRef'),
    when(has('customCloudConfig'), isTrue('useAzureSDK'), needs('customCloudConfig.activeDirectoryEndpoint')),
    when((store) => store.at('environmentType') === 'AzureStackCloud', needs('customCloudConfig')),
  ],
  barbican: [
    needs('authURL', 'auth.password.secretRef'),
    when(lacks('auth.username.value'), needs('auth.username.secretRef')),
    scoped('auth.username.secretRef', 'auth.password.secretRef'),
  ],
  beyondtrust: [
    url('server.apiUrl', address, ({ host }) => host !== ''),
    needs('server.apiUrl', 'auth'),
    when(lacks('auth.apiKey'), needs('auth.clientId', 'auth.clientSecret')),
    valueOrKey('auth.apiKey', 'auth.certificate', 'auth.certificateKey'),
    when(lacks('auth.apiKey'), valueOrKey('auth.clientId', 'auth.clientSecret')),
  ],
  beyondtrustworkloadcredentials: [
    needs('auth', 'auth.apikey.token.name', 'server.apiUrl', 'server.siteId'),
    scoped('auth.apikey.token'),
    url('server.apiUrl', secure, ({ scheme, host }) => scheme === 'https' && host !== ''),
    form('server.siteId', 'a UUID of version 4', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i),
  ],
  bitwardensecretsmanager: [needs('bitwardenServerSDKURL')],
  chef: [
    needs('username', 'serverUrl', 'auth', 'auth.secretRef.privateKeySecretRef.key'),
    form('serverUrl', 'an address that ends with "/"', /\/$/),
    url('serverUrl', address, ({ scheme }) => scheme !== ''),
    scoped('auth.secretRef.privateKeySecretRef'),
  ],
  cloudrusm: [
    needs('auth.secretRef', 'projectID'),
    form('projectID', 'a UUID', uuid),
    own('auth.secretRef.accessKeyIDSecretRef', 'auth.secretRef.accessKeySecretSecretRef'),
  ],
  conjur: [
    needs('url'),
    oneOf('auth.apikey', 'auth.jwt', 'auth.cert'),
    needs('auth.apikey?.account', 'auth.apikey?.userRef', 'auth.apikey?.apiKeyRef'),
    own('auth.apikey.userRef', 'auth.apikey.apiKeyRef', 'auth.jwt.secretRef', 'auth.jwt.serviceAccountRef'),
    needs('auth.jwt?.account', 'auth.jwt?.serviceID', 'auth.cert?.account', 'auth.cert?.serviceID'),
    when((store) => store.has('auth.jwt') && !store.has('auth.jwt.serviceAccountRef'), needs('auth.jwt.secretRef')),
    needs('auth.cert?.clientCertRef.name', 'auth.cert?.clientKeyRef.name'),
    own('auth.cert.clientCertRef', 'auth.cert.clientKeyRef'),
  ],
  crd: [...connection, needs('resource.version', 'resource.kind'), noSecrets, whitelist],
  delinea: [needs('tenant', 'clientId', 'clientSecret'), valueOrKey('clientId', 'clientSecret')],
  doppler: [
    when(has('auth.secretRef'), needs('auth.secretRef.dopplerToken.name'), scoped('auth.secretRef.dopplerToken')),
    when(
      lacks('auth.secretRef'),
      needs('auth.oidcConfig', 'auth.oidcConfig?.identity', 'auth.oidcConfig?.serviceAccountRef.name'),
      scoped('auth.oidcConfig.serviceAccountRef'),
    ),
  ],
  dvls: [
    needs('serverUrl'),
    url(
      'serverUrl',
      'an address with http:// or https:// and a host',
      ({ scheme, host }) => /^https?$/.test(scheme) && host !== '',
    ),
    when((store) => /^http:/i.test(givenText(store.at('serverUrl')) ?? ''), isTrue('insecure')),
    form('vault', 'a name without spaces around it', /^\S(?:.*\S)?$/s),
    named('auth.secretRef.appId', 'auth.secretRef.appSecret'),
    scoped('auth.secretRef.appId', 'auth.secretRef.appSecret'),
  ],
  fake: [
    function* (store) {
      for (const i of listAt(store.at('data')).keys()) yield* needs(`data.${i}.key`, `data.${i}.value`)(store);
    },
  ],
  fortanix: [named('apiKey.secretRef'), own('apiKey.secretRef')],
  gcpsm: [own('auth.secretRef.secretAccessKeySecretRef', 'auth.workloadIdentity.serviceAccountRef')],
  gitlab: [
    scoped('auth.SecretRef.accessToken'),
    when((store) => listAt(store.at('groupIDs')).length === 0, needs('projectID')),
    when(
      (store) => listAt(store.at('groupIDs')).length > 0 && store.at('inheritFromGroups') === true,
      function* (store) {
        yield fault(store.path('inheritFromGroups'), 'false or left out, since groupIDs are given');
      },
    ),
    named('auth.SecretRef.accessToken'),
  ],
  ibm: [
    function* (store) {
      if ((store.at('serviceUrl') ?? null) === null) yield fault(store.path('serviceUrl'), 'given');
    },
    oneOf('auth.containerAuth', 'auth.secretRef'),
    needs('auth.containerAuth?.profile'),
    when(
      has('auth.secretRef'),
      named('auth.secretRef.secretApiKeySecretRef'),
      scoped('auth.secretRef.secretApiKeySecretRef'),
    ),
  ],
  infisical: [
    needs('secretsScope.environmentSlug', 'secretsScope.projectSlug'),
    authority('caProvider'),
    own('auth.universalAuthCredentials.clientId', 'auth.universalAuthCredentials.clientSecret'),
    needs('auth.universalAuthCredentials?.clientId.key', 'auth.universalAuthCredentials?.clientSecret.key'),
  ],
  keepersecurity: [scoped('authRef'), needs('folderID')],
  kubernetes: connection,
  nebiusmysterybox: [
    needs('apiDomain'),
    form('apiDomain', 'a domain without a scheme, such as api.nebius.cloud', /^(?!.*:\/\/)[^\s.]+(?:\.[^\s.]+)+$/),
    oneOf('auth.tokenSecretRef.name', 'auth.serviceAccountCredsSecretRef.name'),
    when(has('auth.tokenSecretRef.name'), needs('auth.tokenSecretRef.key'), scoped('auth.tokenSecretRef')),
    when(
      has('auth.serviceAccountCredsSecretRef.name'),
      needs('auth.serviceAccountCredsSecretRef.key'),
      scoped('auth.serviceAccountCredsSecretRef'),
    ),
    when(has('caProvider'), named('caProvider.certSecretRef'), scoped('caProvider.certSecretRef')),
  ],
  ngrok: [url('apiUrl', address), needs('auth.apiKey', 'vault.name')],
  onboardbase: [scoped('auth.apiKeyRef', 'auth.passcodeRef'), needs('auth.apiKeyRef.name', 'auth.passcodeRef.name')],
  onepassword: [
    named('auth.secretRef.connectTokenSecretRef'),
    scoped('auth.secretRef.connectTokenSecretRef'),
    vaults,
    url('connectHost', address),
  ],
  onepasswordSDK: [
    duration('cache.ttl'),
    named('auth.serviceAccountSecretRef'),
    oneOf('vault', 'environment'),
    scoped('auth.serviceAccountSecretRef'),
  ],
  openBao: [own('auth.appRole.roleRef', 'auth.appRole.secretRef', 'auth.tokenSecretRef', 'auth.userPass.secretRef')],
  oracle: [
    needs('vault', 'region'),
    when(
      has('auth'),
      needs('auth.user', 'auth.tenancy'),
      named('auth.secretRef.privatekey', 'auth.secretRef.fingerprint'),
      scoped('auth.secretRef.privatekey', 'auth.secretRef.fingerprint'),
      own('serviceAccountRef'),
    ),
  ],
  ovh: [
    function* (store) {
      const timeout = store.at('okmsTimeout');
      if (typeof timeout === 'number' && timeout <= 0) yield fault(store.path('okmsTimeout'), 'greater than 0');
    },
    needs('server', 'okmsid'),
    url('server', address),
    oneOf('auth.mtls', 'auth.token'),
    needs('auth.token?.tokenSecretRef', 'auth.mtls?.certSecretRef', 'auth.mtls?.keySecretRef'),
    ...['auth.token.tokenSecretRef', 'auth.mtls.certSecretRef', 'auth.mtls.keySecretRef'].map(
      (field): Rule<Store> =>
        function* (store) {
          const ref = store.at(field);
          if (isJsonObject(ref) && Object.keys(ref).length === 0)
            yield fault(store.path(field), 'a reference to a Secret', null);
        },
    ),
  ],
  passbolt: [
    needs('auth', 'host'),
    named('auth.passwordSecretRef', 'auth.privateKeySecretRef'),
    url('host', secure, ({ scheme }) => scheme === 'https'),
  ],
  previder: [needs('auth.secretRef'), named('auth.secretRef.accessToken')],
  pulumi: [
    needs('organization', 'environment', 'project'),
    oneOf('auth.accessToken', 'auth.oidcConfig', 'accessToken'),
    ...['auth.accessToken', 'accessToken'].map((field) =>
      when(has(field), own(`${field}.secretRef`), named(`${field}.secretRef`)),
    ),
    needs('auth.oidcConfig?.organization', 'auth.oidcConfig?.serviceAccountRef.name'),
    when((store: Store) => store.wide, needs('auth.oidcConfig?.serviceAccountRef.namespace')),
  ],
  scaleway: [
    url('apiUrl', address),
    needs('region', 'projectId'),
    form('region', 'a region such as fr-par', /^[a-z]{2}-[a-z]{3}$/),
    form('projectId', 'a UUID', uuid),
    valueOrRef('accessKey', 'secretKey'),
  ],
  secretserver: [
    needs('serverURL'),
    when(has('token'), valueOrKey('token')),
    when(lacks('token'), needs('username', 'password'), valueOrKey('username', 'password')),
  ],
  senhasegura: [
    url('url', secure, ({ scheme, host }) => scheme === 'https' && host !== ''),
    needs('url', 'auth.clientId'),
  ],
  vault: [
    own(
      ...ofVault('appRole.secretRef', 'cert.clientCert', 'cert.secretRef', 'jwt.secretRef', 'kubernetes.secretRef'),
      ...ofVault('kubernetes.serviceAccountRef', 'ldap.secretRef', 'userPass.secretRef', 'tokenSecretRef'),
      ...ofVault('iam.jwt.serviceAccountRef', ...awsKeys('iam.secretRef')),
      ...['tls.certSecretRef', 'tls.keySecretRef'],
    ),
    when((store) => store.has('auth.appRole') && !store.has('auth.appRole.roleId'), appRole),
    when((store) => store.has('auth.jwt') && !store.has('auth.jwt.secretRef'), jwt),
    when(has('tls.certSecretRef'), needs('tls.keySecretRef')),
    when(has('tls.keySecretRef'), needs('tls.certSecretRef')),
    when(
      (store) => store.at('version') === 'v1' && store.at('checkAndSet.required') === true,
      function* (store) {
        const says = 'checkAndSet is not supported with Vault KV version v1';
        yield { path: store.path('checkAndSet.required'), allowed: 'false for version v1', says };
      },
    ),
  ],
  volcengine: [
    needs('region', 'auth?.secretRef'),
    own('auth.secretRef.accessKeyID', 'auth.secretRef.secretAccessKey', 'auth.secretRef.token'),
  ],
  webhook: [duration('timeout')],
  yandexcertificatemanager: [fetching],
  yandexlockbox: [fetching],
};

function ofVault(...fields: readonly string[]): string[] {
  return fields.map((field) => `auth.${field}`);
}

function awsKeys(field: string): string[] {
  return ['accessKeyID', 'secretAccessKey', 'sessionToken'].map((name) => `${field}.${name}SecretRef`);
}

function* appRole(store: Store): Generator<Fault> {
  if (!store.has('auth.appRole.roleRef'))
    yield fault(store.path('auth.appRole.roleId'), 'given, unless roleRef names the Secret that has it');
  yield* own('auth.appRole.roleRef')(store);
}

function* jwt(store: Store): Generator<Fault> {
  const field = 'auth.jwt.kubernetesServiceAccountToken';
  if (!store.has(field)) yield fault(store.path('auth.jwt'), 'given secretRef or kubernetesServiceAccountToken', null);
  yield* own(`${field}.serviceAccountRef`)(store);
}

/** (providers/v1/aws/util/validation.go) */
function* deletion(store: Store): Generator<Fault> {
  const days = store.at('secretsManager.recoveryWindowInDays');
  const path = store.path('secretsManager.recoveryWindowInDays');
  if (typeof days !== 'number' || days === 0) return;
  if (days < 7 || days > 30) yield fault(path, '7 to 30 days');
  if (store.at('secretsManager.forceDeleteWithoutRecovery') === true)
    yield fault(path, 'left out, since forceDeleteWithoutRecovery is true');
}

/** (providers/v1/crd/provider.go: isCoreV1Secret) */
function* noSecrets(store: Store): Generator<Fault> {
  const { group, version, kind } = objectAt(store.at('resource')) ?? {};
  const core = group === undefined || group === '' || group === 'core';
  if (core && version === 'v1' && typeof kind === 'string' && kind.toLowerCase() === 'secret')
    yield fault(store.path('resource.kind'), 'another kind than Secret, which the provider kubernetes reads');
}

/** (crd.go: compileWhitelistRules) */
function* whitelist(store: Store): Generator<Fault> {
  for (const [i, rule] of listAt(store.at('whitelist.rules')).entries()) {
    const { name, namespace, properties } = objectAt(rule) ?? {};
    const path = store.path(`whitelist.rules.${i}`);
    if (!name && !namespace && listAt(properties).length === 0)
      yield fault(path, 'given a name, a namespace or properties', null);
    if (!store.wide && namespace) yield fault([...path, 'namespace'], 'left out in a SecretStore');
    const patterns = [...Object.entries({ name, namespace }), ...listAt(properties).entries()];
    for (const [field, pattern] of patterns) {
      const says = typeof pattern === 'string' && isKnown(pattern) ? patternFault(pattern) : undefined;
      const below = typeof field === 'number' ? ['properties', field] : [field];
      if (says !== undefined) yield { path: [...path, ...below], allowed: goPattern(String(pattern)), says };
    }
  }
}

/** (providers/v1/onepassword/onepassword.go: hasUniqueVaultNumbers) */
function* vaults(store: Store): Generator<Fault> {
  const numbers = Object.values(objectAt(store.at('vaults')) ?? {});
  if (numbers.length === 0) yield fault(store.path('vaults'), 'a map of at least one vault to its number');
  if (new Set(numbers).size < numbers.length)
    yield fault(store.path('vaults'), 'a map in which no two vaults have the same number', null);
}

/** (providers/v1/yandex: adaptInput) */
function* fetching(store: Store): Generator<Fault> {
  if (!store.has('fetching')) return;
  if (store.has('fetching.byName')) yield* needs('fetching.byName.folderID')(store);
  else if (!store.has('fetching.byID')) yield fault(store.path('fetching'), 'given byName or byID', null);
}
