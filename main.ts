import { App, Backstage, CloudNativePg, Cluster, ExternalSecrets, VaultStore } from './lib';

const app = new App();
const soyo = new Cluster(app, 'soyo', { organisation: 'webgrip', environment: 'prod', sourceRoot: 'dist' });

const cnpg = new CloudNativePg(soyo, { version: '0.29.0' });
const eso = new ExternalSecrets(soyo, { version: '2.9.0' });
const vault = new VaultStore(soyo, 'vault', { operator: eso, server: 'http://vault.vault.svc:8200', mount: 'kv' });

new Backstage(soyo, 'backstage', {
  vault,
  cnpg,
  image: 'ghcr.io/webgrip/backstage:1.0.0',
  host: 'backstage.webgrip.dev',
  gateway: { name: 'external', namespace: 'gateway-system' },
  database: {
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
    instances: 3,
    storage: { size: '20Gi' },
    resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } },
  },
  secrets: {
    required: [
      'GITHUB_TOKEN',
      'AUTH_GITHUB_CLIENT_ID',
      'AUTH_GITHUB_CLIENT_SECRET',
      'GA_MEASUREMENT_ID',
      'OPENAPI_AI_KEY',
      'GITHUB_APP_ID',
      'GITHUB_APP_CLIENT_ID',
      'GITHUB_APP_CLIENT_SECRET',
      'GITHUB_APP_WEBHOOK_SECRET',
      'GITHUB_APP_PRIVATE_KEY',
      'BACKEND_SECRET',
    ],
    optional: [
      'SENTRY_TOKEN',
      'NEW_RELIC_REST_API_KEY',
      'NEW_RELIC_USER_KEY',
      'K8S_SERVICE_ACCOUNT_TOKEN_BACKSTAGE',
      'K8S_CONFIG_CA_DATA',
    ],
  },
});

app.synth();
