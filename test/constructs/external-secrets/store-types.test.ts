import { compile } from '../compile';

test('the compiler knows the settings of every provider, and what it reads, finds and writes', () => {
  const text = [
    "import { ServiceAccount } from 'cdk8s-plus-28';",
    "import { type Cluster, ClusterSecretStore, type Directory, ExternalSecret, type ExternalSecrets, PushSecret, Secret, SecretStore, type SecretStoreHandle, type StoreOf, variable } from '../../../lib';",
    "declare const on: Directory, home: Cluster, eso: ExternalSecrets; const db = Secret.named('db', { keys: ['password'], namespace: 'a' }); const token = db.key('password');",
    "const aws = new ClusterSecretStore(home, 'a', { operator: eso, namespace: null, aws: { service: 'SecretsManager', region: variable('REGION'), auth: { jwt: { serviceAccountRef: eso.serviceAccount } } } });",
    "const ssm: StoreOf<'aws/ParameterStore'> = new SecretStore(on, 'b', { aws: { service: 'ParameterStore', region: 'a', auth: { jwt: { serviceAccountRef: new ServiceAccount(on, 'c') } } } });",
    "const op = new SecretStore(on, 'd', { onepasswordSDK: { vault: 'home', auth: { serviceAccountSecretRef: token } } });",
    "const env: StoreOf<'onepasswordSDK/environment'> = new SecretStore(on, 'e', { onepasswordSDK: { environment: 'prod', auth: { serviceAccountSecretRef: { name: db, key: token } } } });",
    "const doppler = SecretStore.named('doppler', { provider: 'doppler' }), bao = SecretStore.named('bao', { provider: 'openBao' }), github = SecretStore.named('github', { provider: 'github' });",
    "const scaleway = SecretStore.named('scaleway', { provider: 'scaleway' }), passbolt = SecretStore.named('passbolt', { provider: 'passbolt' }), any = SecretStore.named('any');",
    "new ClusterSecretStore(on, 'f', { aws: { service: 'SecretsManager', regoin: 'a', region: 'a' } });",
    "new ClusterSecretStore(on, 'g', { aws: { service: 'SecretManager', region: 'a' } });",
    "new ClusterSecretStore(on, 'h', { aws: { service: 'SecretsManager' } });",
    "new ClusterSecretStore(on, 'i', { dopler: { auth: {} } });",
    "new ClusterSecretStore(on, 'j', { doppler: { auth: { secretRef: { dopplerToken: db } } } });",
    "new ExternalSecret(on, 'k', { store: aws, template: null, extract: aws.at('a'), data: { A: aws.at('a', { property: 'b', version: 'AWSPREVIOUS' }), B: 'b', C: { key: 'c', property: 'd' } }, dataFrom: [{ find: { path: 'a', tags: { a: 'b' } } }] }).secret.key('A');",
    "doppler.at('a', { property: 'b' });",
    "op.at('item');", // a whole one; as a value it is refused
    "op.at('item/field', { version: '1' });",
    "env.at('NAME'), op.at('item/section/field'), scaleway.at('path:/a/b', { property: 'c' }), ssm.at('a', { version: '1' });",
    "scaleway.at('db');",
    "passbolt.at('id', { property: 'pass' });",
    "new ExternalSecret(on, 'l', { store: passbolt, extract: passbolt.at('id') });",
    "new ExternalSecret(on, 'm', { store: doppler, data: { A: { key: 'a', property: 'b' } } });",
    "new ExternalSecret(on, 'n', { store: doppler, data: { A: aws.at('a') } });",
    "new ExternalSecret(on, 'o', { store: bao, template: null, dataFrom: [{ find: { tags: { a: 'b' } } }] });",
    "new ExternalSecret(on, 'p', { store: passbolt, template: null, dataFrom: [{ find: { name: { regexp: 'a' } } }] });",
    "new ExternalSecret(on, 'q', { store: github, template: null, extract: 'a' });",
    "new ExternalSecret(on, 'r', { store: null, data: { A: aws.at('a'), B: doppler.at('b'), C: any.at('c', { property: 'd' }) } });",
    "new PushSecret(on, 's', { secret: db, store: bao, to: 'a' });",
    "new PushSecret(on, 't', { secret: db, store: [doppler, doppler], to: { password: doppler.at('A') } });",
    "new PushSecret(on, 'u', { secret: db, store: doppler, to: { pasword: doppler.at('A') } });",
    "new PushSecret(on, 'v', { secret: db, store: any, to: any.at('a') }), new PushSecret(on, 'w', { secret: db, store: github, to: 'A' });",
    "const texts: SecretStoreHandle = any, also: SecretStoreHandle = aws, construct: ClusterSecretStore = aws, known: StoreOf<'doppler'> = doppler, loose: SecretStoreHandle = new SecretStore(on, 'x', { provider: { doppler: {} } });",
    "const wrong: StoreOf<'doppler'> = aws;",
    "SecretStore.named('aws', { provider: 'amazon' });",
    "new SecretStore(on, 'y', { nme: 'a', fake: { data: [] } });",
  ];
  const lines = new Set(compile(text).map((message) => message.split(':')[0]));
  expect([...lines]).toEqual('10 11 12 13 14 16 18 20 21 22 23 24 25 27 29 31 34 35 36'.split(' '));
});
