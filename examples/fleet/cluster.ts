import { type App, Backstage, CloudNativePg, Cluster, ExternalSecrets, VaultStore } from 'cdk8s-espalier';

/** What one cluster of the fleet may decide for itself. */
export interface Settings {
  readonly operators: { readonly cnpg: string; readonly externalSecrets: string };
  readonly image: string;
  readonly host: string;
  readonly database: { readonly instances: number; readonly size: string };
  readonly replicas: number;
}

/** One cluster of the fleet, named after its environment. */
export function addCluster(app: App, environment: 'staging' | 'production', settings: Settings): Cluster {
  const cluster = new Cluster(app, environment, {
    organisation: 'acme',
    environment,
    // Each cluster pulls an artifact that is made of its own folder, so paths are the same in all of them:
    // flux push artifact oci://registry.acme.example/fleet/staging:latest --path=dist/staging …
    directory: environment,
    sourceRoot: '.',
    source: { kind: 'OCIRepository', name: 'fleet', namespace: 'flux-system' },
  });

  const cnpg = new CloudNativePg(cluster, { version: settings.operators.cnpg });
  const eso = new ExternalSecrets(cluster, { version: settings.operators.externalSecrets });
  const vault = new VaultStore(cluster, 'vault', {
    operator: eso,
    server: 'https://vault.acme.example',
    // Both clusters use one Vault, and an auth method of Vault's trusts one cluster.
    mountPath: `kubernetes-${environment}`,
  });

  new Backstage(cluster, 'backstage', {
    vault,
    cnpg,
    image: settings.image,
    host: settings.host,
    gateway: { name: 'public', namespace: 'gateway-system' },
    replicas: settings.replicas,
    database: { instances: settings.database.instances, storage: { size: settings.database.size } },
    secrets: { required: ['BACKEND_SECRET', 'GITHUB_TOKEN'], optional: ['SENTRY_TOKEN'] },
  });
  return cluster;
}
