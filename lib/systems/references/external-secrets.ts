import { named, type Row, type Rows, secretKey } from './row';

/** What External Secrets' kinds refer to (External Secrets 2.9). */

/** Selectors of a key of a Secret that are called otherwise, by what they are in (external-secrets.io_clustersecretstores.yaml, v1). */
const selectors: Readonly<Record<string, readonly string[]>> = {
  'akeyless.authSecretRef.secretRef': ['accessID', 'accessType', 'accessTypeParam'],
  'azurekv.authSecretRef': ['clientCertificate', 'clientId', 'clientSecret', 'tenantId'],
  'beyondtrustworkloadcredentials.auth.apikey': ['token'],
  'bitwardensecretsmanager.auth.secretRef': ['credentials'],
  'conjur.auth.apikey': ['apiKeyRef', 'userRef'],
  'conjur.auth.cert': ['clientCertRef', 'clientKeyRef'],
  'crd.auth.cert': ['clientCert', 'clientKey'],
  'crd.auth.token': ['bearerToken'],
  crd: ['authRef'],
  'doppler.auth.secretRef': ['dopplerToken'],
  'dvls.auth.secretRef': ['appId', 'appSecret'],
  'gcpsm.auth.workloadIdentityFederation': ['credConfig'],
  'github.auth': ['privateKey'],
  'gitlab.auth.SecretRef': ['accessToken'],
  'infisical.auth.awsAuthCredentials': ['identityId'],
  'infisical.auth.azureAuthCredentials': ['identityId', 'resource'],
  'infisical.auth.gcpIamAuthCredentials': ['identityId', 'serviceAccountKeyFilePath'],
  'infisical.auth.gcpIdTokenAuthCredentials': ['identityId'],
  'infisical.auth.jwtAuthCredentials': ['identityId', 'jwt'],
  'infisical.auth.kubernetesAuthCredentials': ['identityId', 'serviceAccountTokenPath'],
  'infisical.auth.ldapAuthCredentials': ['identityId', 'ldapPassword', 'ldapUsername'],
  'infisical.auth.ociAuthCredentials': [
    'fingerprint',
    'identityId',
    'privateKey',
    'privateKeyPassphrase',
    'region',
    'tenancyId',
    'userId',
  ],
  'infisical.auth.tokenAuthCredentials': ['accessToken'],
  'infisical.auth.universalAuthCredentials': ['clientId', 'clientSecret'],
  keepersecurity: ['authRef'],
  'kubernetes.auth.cert': ['clientCert', 'clientKey'],
  'kubernetes.auth.token': ['bearerToken'],
  kubernetes: ['authRef'],
  'onboardbase.auth': ['apiKeyRef', 'passcodeRef'],
  'openBao.auth.appRole': ['roleRef'],
  'oracle.auth.secretRef': ['fingerprint', 'privatekey'],
  'passworddepot.auth.secretRef': ['credentials'],
  'previder.auth.secretRef': ['accessToken'],
  'vault.auth.appRole': ['roleRef'],
  'vault.auth.cert': ['clientCert'],
  'volcengine.auth.secretRef': ['accessKeyID', 'secretAccessKey', 'token'],
  'webhook.auth.ntlm': ['passwordSecret', 'usernameSecret'],
};

const selected: Rows = Object.fromEntries(
  Object.entries(selectors).flatMap(([way, fields]) =>
    fields.map((field) => [`spec.provider.${way}.${field}`, secretKey('store', { byHand: 'always' })]),
  ),
);

/** The credentials of a store: whatever field of its provider is called `…SecretRef`, and its certificate authority. */
const store: Rows = {
  'spec.provider.**caProvider': {
    to: ['/Secret', '/ConfigMap'],
    kind: 'type',
    key: 'key',
    use: 'store',
    byHand: 'always',
  },
  'spec.provider.**secretRef': secretKey('store', { byHand: 'always' }),
  ...selected,
  'spec.provider.**serviceAccountRef': named('/ServiceAccount', 'the store cannot log in ("… not found")'),
};

const generator: Rows = {
  'spec.**secretRef': secretKey('credentials', { namespace: 'own' }),
  'spec.**serviceAccountRef': named('/ServiceAccount', 'the generator cannot log in', { namespace: 'own' }),
};

const template: Row = { to: [], key: 'key', use: 'configuration' };

export const externalSecrets: Readonly<Record<string, Rows>> = {
  'external-secrets.io/ExternalSecret': {
    'spec.target.template.templateFrom[].secret': { ...template, to: ['/Secret'] },
    'spec.target.template.templateFrom[].configMap': { ...template, to: ['/ConfigMap'] },
  },
  'external-secrets.io/SecretStore': store,
  'external-secrets.io/ClusterSecretStore': store,
  ...Object.fromEntries(
    [
      'ACRAccessToken',
      'ECRAuthorizationToken',
      'GCRAccessToken',
      'GithubAccessToken',
      'QuayAccessToken',
      'STSSessionToken',
      'VaultDynamicSecret',
      'Webhook',
      'Grafana',
    ].map((kind) => [`generators.external-secrets.io/${kind}`, generator]),
  ),
};
