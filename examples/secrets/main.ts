import { join } from 'node:path';
import {
  App,
  Application,
  Cluster,
  ClusterSecretStore,
  dockerConfig,
  ECRAuthorizationTokenGenerator,
  ExternalSecret,
  ExternalSecrets,
  GeneratedSecret,
  PasswordGenerator,
  PushSecret,
  Secret,
} from 'cdk8s-espalier';

// Secrets of a cluster that keeps them in AWS, 1Password and Doppler.
const app = new App({ outdir: join(__dirname, 'dist') });
const home = new Cluster(app, 'home', { sourceRoot: 'examples/secrets/dist' });
const operator = new ExternalSecrets(home, { version: '2.9.0' });

// What logs in to 1Password and Doppler is put into the cluster by hand: nothing else is.
const login = Secret.named('stores', { keys: ['onepassword', 'doppler'], namespace: operator.namespace });

const aws = new ClusterSecretStore(home, 'aws', {
  operator,
  aws: {
    service: 'SecretsManager',
    region: 'eu-west-1',
    auth: { jwt: { serviceAccountRef: operator.serviceAccount } },
  },
});
const onepassword = new ClusterSecretStore(home, 'onepassword', {
  operator,
  onepasswordSDK: { vault: 'home', auth: { serviceAccountSecretRef: login.key('onepassword') } },
});
const doppler = new ClusterSecretStore(home, 'doppler', {
  operator,
  doppler: { auth: { secretRef: { dopplerToken: login.key('doppler') } } },
});

const shop = new Application(home, 'shop').directory;

// A key made of two, of one secret in AWS.
new ExternalSecret(shop, 'shop-db-url', {
  store: aws,
  data: { user: aws.at('shop/db', { property: 'user' }), password: aws.at('shop/db', { property: 'password' }) },
  template: (k) => ({ data: { DATABASE_URL: `postgres://${k.user.urlEncode}:${k.password.urlEncode}@db:5432/shop` } }),
});

// Values of two stores, and all of AWS that are called so.
new ExternalSecret(shop, 'shop', {
  store: null,
  data: { SMTP_PASSWORD: onepassword.at('SMTP/password'), STRIPE_KEY: doppler.at('STRIPE_KEY') },
});
new ExternalSecret(shop, 'shop-flags', {
  store: aws,
  template: null,
  dataFrom: [{ find: { path: 'shop/flags/', name: { regexp: '.*' } } }],
});

// What pods need to pull images of ECR, anew before the token expires.
const ecr = new ECRAuthorizationTokenGenerator(shop, 'ecr', { spec: { region: 'eu-west-1' } });
new ExternalSecret(shop, 'ecr-pull', {
  store: null,
  refreshInterval: '6h',
  data: { user: ecr.key('username'), password: ecr.key('password'), registry: ecr.key('proxy_endpoint') },
  template: (k) => dockerConfig({ registry: k.registry, username: k.user, password: k.password }),
});

// Made in the cluster, once; Doppler gets the password, for those outside.
const generator = new PasswordGenerator(shop, 'shop-admin', { length: 40 });
const admin = new GeneratedSecret(shop, 'shop-admin-login', { operator, generator, username: 'admin' });
new PushSecret(shop, 'shop-admin-to-doppler', {
  secret: admin.secret,
  store: doppler,
  to: { password: doppler.at('SHOP_ADMIN_PASSWORD') },
});

app.synth();
