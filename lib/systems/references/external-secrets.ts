import { named, type Row, type Rows, secretKey } from './row';

/** What External Secrets' kinds refer to (External Secrets 2.9). */

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
