import { join } from 'node:path';
import { App } from 'cdk8s-espalier';
import { addCluster } from './cluster';

// Two clusters of one fleet. Here stands what differs between them; what they share is written once, in cluster.ts.
const app = new App({ outdir: join(__dirname, 'dist') });

addCluster(app, 'staging', {
  operators: { cnpg: '0.29.0', externalSecrets: '2.9.0' },
  image: 'ghcr.io/acme/backstage:1.5.0-rc.1',
  host: 'backstage.staging.acme.example',
  database: { instances: 1, size: '5Gi' },
  replicas: 1,
});

addCluster(app, 'production', {
  operators: { cnpg: '0.28.3', externalSecrets: '2.8.0' },
  image: 'ghcr.io/acme/backstage:1.4.2',
  host: 'backstage.acme.example',
  database: { instances: 3, size: '50Gi' },
  replicas: 2,
});

app.synth();
