import { App, type AppProps, Chart } from 'cdk8s';
import * as cnpg from 'cdk8s-espalier/imports/cnpg-cluster';
import * as eso from 'cdk8s-espalier/imports/external-secret';
import * as flux from 'cdk8s-espalier/imports/flux-kustomization';
import { HttpRoute } from 'cdk8s-espalier/imports/http-route';
import { Password } from 'cdk8s-espalier/imports/password';
import * as push from 'cdk8s-espalier/imports/push-secret';
import { Env, EnvValue, k8s, Secret } from 'cdk8s-plus-28';
import { appName, type FleetProps, image } from './shape';
import { workload } from './workload';

/**
 * The same apps as a user of cdk8s alone writes them, a chart each: the same objects of the same classes, with names for
 * references. (A test compares the objects. Left out: the operators' eleven objects, and kustomization.yaml files, which cdk8s
 * does not write.)
 */
export function plainFleet(props: FleetProps, appProps?: AppProps): App {
  const app = new App(appProps);
  for (let i = 0; i < props.apps; i++) {
    const name = appName(i);
    const chart = new Chart(app, name, { namespace: name, disableResourceNameHashes: true });
    addFlux(chart, name);
    addSecrets(chart, name);
    addDatabase(chart, name);
    addWorkload(chart, name, image(i, props));
  }
  return app;
}

function addFlux(chart: Chart, name: string): void {
  const annotations = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  new k8s.KubeNamespace(chart, 'namespace', { metadata: { name, annotations } });
  const current = "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
  new flux.Kustomization(chart, 'kustomization', {
    metadata: { name },
    spec: {
      dependsOn: [
        { name: 'cloudnative-pg', namespace: 'cnpg-system' },
        { name: 'external-secrets', namespace: 'external-secrets' },
        { name: 'external-secrets-stores', namespace: 'external-secrets' },
      ],
      healthCheckExprs: [
        { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', current },
        { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', current },
        { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', current },
      ],
      interval: '1h',
      path: `./dist/kubernetes/apps/${name}/${name}/app`,
      prune: true,
      retryInterval: '2m',
      sourceRef: {
        kind: flux.KustomizationSpecSourceRefKind.GIT_REPOSITORY,
        name: 'flux-system',
        namespace: 'flux-system',
      },
      timeout: '5m',
      wait: true,
    },
  });
}

function addSecrets(chart: Chart, name: string): void {
  new eso.ExternalSecret(chart, 'secret', {
    metadata: { name: `${name}-secrets` },
    spec: {
      dataFrom: [{ extract: { key: `acme/prod/clusters/fleet/apps/${name}/app` } }],
      refreshInterval: '1h',
      secretStoreRef: { kind: eso.ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE, name: 'vault' },
      target: {
        creationPolicy: eso.ExternalSecretSpecTargetCreationPolicy.OWNER,
        deletionPolicy: eso.ExternalSecretSpecTargetDeletionPolicy.RETAIN,
        name: `${name}-secrets`,
        template: {
          data: {
            API_TOKEN: '{{ .API_TOKEN }}',
            SENTRY_DSN: '{{ index . "SENTRY_DSN" | default "" }}',
            SIGNING_KEY: '{{ .SIGNING_KEY }}',
          },
          engineVersion: eso.ExternalSecretSpecTargetTemplateEngineVersion.V2,
          mergePolicy: eso.ExternalSecretSpecTargetTemplateMergePolicy.REPLACE,
        },
      },
    },
  });
}

function addDatabase(chart: Chart, name: string): void {
  const credentials = `${name}-db-credentials`;
  new Password(chart, 'db-password', {
    metadata: { name: `${name}-db-password` },
    spec: { allowRepeat: true, digits: 8, length: 32, noUpper: false, symbolCharacters: '-_.~', symbols: 0 },
  });
  const generatorRef = {
    apiVersion: 'generators.external-secrets.io/v1alpha1',
    kind: eso.ExternalSecretSpecDataFromSourceRefGeneratorRefKind.PASSWORD,
    name: `${name}-db-password`,
  };
  new eso.ExternalSecret(chart, 'db-credentials', {
    metadata: { name: credentials },
    spec: {
      dataFrom: [{ sourceRef: { generatorRef } }],
      refreshInterval: '0s',
      refreshPolicy: eso.ExternalSecretSpecRefreshPolicy.CREATED_ONCE,
      target: {
        creationPolicy: eso.ExternalSecretSpecTargetCreationPolicy.ORPHAN,
        deletionPolicy: eso.ExternalSecretSpecTargetDeletionPolicy.RETAIN,
        immutable: true,
        name: credentials,
        template: {
          data: { password: '{{ .password }}', username: 'app' },
          engineVersion: eso.ExternalSecretSpecTargetTemplateEngineVersion.V2,
          mergePolicy: eso.ExternalSecretSpecTargetTemplateMergePolicy.REPLACE,
          metadata: { labels: { 'cnpg.io/reload': 'true' } },
          type: 'kubernetes.io/basic-auth',
        },
      },
    },
  });
  const remoteKey = `acme/prod/clusters/fleet/apps/${name}/db`;
  new push.PushSecret(chart, 'db-to-vault', {
    metadata: { name: `${name}-db-to-vault` },
    spec: {
      data: ['username', 'password'].map((key) => ({
        match: { remoteRef: { property: key, remoteKey }, secretKey: key },
      })),
      deletionPolicy: push.PushSecretSpecDeletionPolicy.NONE,
      refreshInterval: '1h',
      secretStoreRefs: [{ kind: push.PushSecretSpecSecretStoreRefsKind.CLUSTER_SECRET_STORE, name: 'vault' }],
      selector: { secret: { name: credentials } },
      updatePolicy: push.PushSecretSpecUpdatePolicy.REPLACE,
    },
  });
  const kept = { 'kustomize.toolkit.fluxcd.io/force': 'disabled', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  new cnpg.Cluster(chart, 'db', {
    metadata: { name: `${name}-db`, annotations: kept },
    spec: {
      bootstrap: { initdb: { database: 'app', owner: 'app', secret: { name: credentials } } },
      enableSuperuserAccess: false,
      instances: 3,
      storage: { size: '10Gi' },
    },
  });
}

function addWorkload(chart: Chart, name: string, image: string): void {
  const { deployment, container } = workload(chart, name, image);
  const secrets = Secret.fromSecretName(deployment, 'secrets', `${name}-secrets`);
  const credentials = Secret.fromSecretName(deployment, 'credentials', `${name}-db-credentials`);
  container.env.copyFrom(Env.fromSecret(secrets));
  container.env.addVariable('DB_HOST', EnvValue.fromValue(`${name}-db-rw.${name}.svc`));
  container.env.addVariable('DB_PASSWORD', EnvValue.fromSecretValue({ secret: credentials, key: 'password' }));
  new HttpRoute(chart, 'httproute', {
    metadata: { name },
    spec: {
      hostnames: [`${name}.example.org`],
      parentRefs: [{ name: 'public', namespace: 'gateway' }],
      rules: [{ backendRefs: [{ name, port: 80 }] }],
    },
  });
}
