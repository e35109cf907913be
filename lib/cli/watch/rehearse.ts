import { Deployment } from 'cdk8s-plus-28';
import { App } from '../../constructs/app';
import { CloudNativePg, PostgresCluster } from '../../constructs/cnpg';
import {
  ExternalSecret,
  ExternalSecrets,
  GeneratedSecret,
  PasswordGenerator,
  PushSecret,
} from '../../constructs/external-secrets';
import { VaultStore } from '../../constructs/external-secrets/vault-store';
import { Application, Cluster } from '../../constructs/flux';
import { outputOf } from '../../constructs/output';
import { envValue } from '../../constructs/workload';

const apps = 24;

/** Composes and checks some apps, for nothing: what a run takes from this library is loaded and compiled afterwards. */
export function rehearse(): void {
  const app = new App();
  const cluster = new Cluster(app, 'rehearsal', { organisation: 'none', environment: 'none' });
  const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
  const vault = new VaultStore(cluster, 'vault', { operator, server: 'http://vault.vault.svc:8200' });
  const cnpg = new CloudNativePg(cluster, { version: '0.29.0' });
  for (let i = 0; i < apps; i++) {
    const { directory } = new Application(cluster, `app-${i}`);
    new ExternalSecret(directory, 'secret', {
      store: vault,
      extract: vault.app(`app-${i}`, 'app'),
      required: ['TOKEN'],
    });
    const generator = new PasswordGenerator(directory, 'password', {});
    const { secret } = new GeneratedSecret(directory, 'credentials', { operator, generator, username: 'app' });
    new PushSecret(directory, 'push', { secret, store: vault, to: vault.app(`app-${i}`, 'db') });
    new PostgresCluster(directory, 'db', { operator: cnpg, credentials: secret, storage: { size: '1Gi' } });
    const deployment = new Deployment(directory, 'deployment', { metadata: { name: 'app' }, select: false });
    const container = deployment.addContainer({ image: 'app:1', portNumber: 8080 });
    container.env.addVariable('PASSWORD', envValue(deployment, secret.key('password')));
  }
  outputOf(app.tree(), { outdir: 'dist', check: {} });
}
