import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { write } from './real-tree';

/** How many clusters the fleet has, and how many apps each of them. */
export const [clusters, appsOfCluster] = [200, 20];

/**
 * A fleet of clusters as files, a folder for each.
 *
 * @returns its folder, which is made once; and another in which one app of every cluster has another image
 */
export function clusterFleet(folder: string): { before: string; after: string } {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  if (existsSync(after)) return { before, after };
  write(before, filesOf('1.0.0'));
  write(after, filesOf('1.0.1'));
  return { before, after };
}

/** The folder of one cluster, whose job reads nothing else. */
export function folderOfCluster(fleet: string, i: number): string {
  return join(fleet, 'clusters', nameOf(i));
}

/**
 * The reports of all jobs of `espalier check`: that of the first cluster, with the names of the others, which differ in nothing else.
 *
 * @returns their paths; they are made once
 */
export function reportsOf(folder: string, espalier: string): string[] {
  const reports = join(folder, 'reports');
  const paths = Array.from({ length: clusters }, (_, i) => join(reports, `${nameOf(i)}.json`));
  if (existsSync(reports)) return paths;
  const first = folderOfCluster(clusterFleet(folder).after, 0);
  const args = [espalier, 'check', first, '--cluster', nameOf(0), '--format', 'json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  mkdirSync(reports);
  for (const [i, path] of paths.entries()) writeFileSync(path, stdout.replaceAll(nameOf(0), nameOf(i)));
  return paths;
}

export const nameOf = (i: number) => `store-${i}`;

/** @param image of the first app of every cluster */
function filesOf(image: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const folder = `clusters/${nameOf(cluster)}`;
    for (let i = 0; i < appsOfCluster; i += 1) {
      files[`${folder}/flux/app-${i}.yaml`] = kustomization(`app-${i}`, `./${folder}/apps/app-${i}`);
      files[`${folder}/apps/app-${i}/app.yaml`] = app(`app-${i}`, i === 0 ? image : '1.0.0');
    }
  }
  return files;
}

const metadata = (name: string, namespace: string) => `metadata: { name: ${name}, namespace: ${namespace} }`;
const kustomization = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
${metadata(name, 'flux-system')}
spec: { interval: 1h, retryInterval: 2m, path: ${path}, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const app = (name: string, image: string) => `apiVersion: v1
kind: ConfigMap
${metadata(name, 'default')}
data: { LEVEL: info }
---
apiVersion: apps/v1
kind: Deployment
${metadata(name, 'default')}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: app, image: 'ghcr.io/acme/${name}:${image}', envFrom: [{ configMapRef: { name: ${name} } }] }
`;
