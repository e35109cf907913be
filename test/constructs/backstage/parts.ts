import { Application, ExternalSecret, GeneratedSecret, PasswordGenerator, PostgresCluster } from '../../../lib';
import { BackstageDeployment, type BackstageDeploymentProps } from '../../../lib/constructs/backstage';
import { type Stage, synthesize } from '../synthesize';

export const image = 'ghcr.io/acme/portal:1.4.2';

/** An app with a Secret from Vault and a database. */
export function portal({ cluster, eso, cnpg, vault }: Stage, { createdb = true } = {}) {
  const app = new Application(cluster, 'portal');
  const { secret } = new ExternalSecret(app.directory, 'secret', {
    store: vault,
    extract: vault.app('portal', 'app'),
    required: ['GITHUB_TOKEN', 'BACKEND_SECRET'],
  });
  const credentials = new GeneratedSecret(app.directory, 'db-secret', {
    operator: eso,
    generator: new PasswordGenerator(app.directory, 'db-password'),
    username: 'portal',
  }).secret;
  const database = new PostgresCluster(app.directory, 'portal-db', {
    operator: cnpg,
    credentials,
    storage: { size: '10Gi' },
    createdb,
  });
  return { app, directory: app.directory, secret, credentials, database };
}

export type Portal = ReturnType<typeof portal>;

/** The Deployment's spec, and its one container, as they are written. */
export function deploy(props: (parts: Portal, stage: Stage) => Partial<BackstageDeploymentProps>, options = {}) {
  const { built, find } = synthesize((stage) => {
    const parts = portal(stage, options);
    return new BackstageDeployment(parts.directory, 'deployment', { name: 'portal', image, ...props(parts, stage) });
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  const spec = find('Deployment', 'portal').spec as any;
  return { built, spec, pod: spec.template.spec, container: spec.template.spec.containers[0] };
}
