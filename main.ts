import { App, Backstage, CloudNativePg, Cluster, ExternalSecrets, VaultStore } from './lib';

const app = new App();
const soyo = new Cluster(app, 'soyo', {
  description: 'The production cluster of webgrip',
  organisation: 'webgrip',
  environment: 'prod',
  sourceRoot: 'dist',
});

const cnpg = new CloudNativePg(soyo, { version: '0.29.0' });
const eso = new ExternalSecrets(soyo, { version: '2.9.0' });
const vault = new VaultStore(soyo, 'vault', {
  description: 'Where people keep the secrets of apps, and find the passwords that the cluster makes',
  operator: eso,
  server: 'http://vault.vault.svc:8200',
  mount: 'kv',
});

new Backstage(soyo, 'backstage', {
  description: 'The developer portal: the software catalog, templates and documentation of webgrip',
  vault,
  cnpg,
  image: 'ghcr.io/webgrip/backstage:1.0.0',
  host: 'backstage.webgrip.dev',
  gateway: { name: 'external', namespace: 'gateway-system' },
  database: {
    description: 'The catalog and what the plugins keep',
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17.6',
    instances: 3,
    storage: { size: '20Gi' },
    resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } },
  },
  secrets: {
    required: {
      GITHUB_TOKEN: 'Token with which the catalog reads repositories and users',
      AUTH_GITHUB_CLIENT_ID: 'Client id of the OAuth app that people sign in with',
      AUTH_GITHUB_CLIENT_SECRET: 'Client secret of that OAuth app',
      GA_MEASUREMENT_ID: 'Measurement id of Google Analytics',
      OPENAPI_AI_KEY: 'API key of the AI plugins',
      GITHUB_APP_ID: 'Id of the GitHub App that the catalog works with',
      GITHUB_APP_CLIENT_ID: 'Client id of that GitHub App',
      GITHUB_APP_CLIENT_SECRET: 'Client secret of that GitHub App',
      GITHUB_APP_WEBHOOK_SECRET: 'Secret that webhooks of that GitHub App are signed with',
      GITHUB_APP_PRIVATE_KEY: 'Private key of that GitHub App in PEM, with all line breaks',
      BACKEND_SECRET: 'Key that the backend signs its tokens with',
    },
    optional: {
      SENTRY_TOKEN: 'Token of the Sentry plugin',
      NEW_RELIC_REST_API_KEY: 'REST API key of the New Relic plugin',
      NEW_RELIC_USER_KEY: 'User key of the New Relic plugin',
      K8S_SERVICE_ACCOUNT_TOKEN_BACKSTAGE: 'Token for the Kubernetes plugin, where it does not use that of its pod',
      K8S_CONFIG_CA_DATA: "The cluster's CA in base64, for the Kubernetes plugin",
    },
  },
});

app.synth();
