import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appName } from './project/shape';
import type { Edit } from './watch';
import type { Project } from './workshop';

/** The fleet with a file for each app: watched.ts beside main.ts. */
export function writeWatchedFleet({ folder }: Project, apps: number): void {
  const names = Array.from({ length: apps }, (_, i) => appName(i));
  mkdirSync(join(folder, 'apps'), { recursive: true });
  for (const name of names) writeFileSync(join(folder, 'apps', `${name}.ts`), appFile(name));
  const main = [
    "import { App } from 'cdk8s-espalier';",
    "import { addOperators, emptyCluster } from './fleet';",
    ...names.map((name, i) => `import { add as add${i} } from './apps/${name}';`),
    'const app = new App();',
    'const cluster = emptyCluster(app);',
    'const operators = addOperators(cluster);',
    ...names.map((_, i) => `add${i}(cluster, operators);`),
    'app.synth();',
  ];
  writeFileSync(join(folder, 'watched.ts'), `${main.join('\n')}\n`);
}

function appFile(name: string): string {
  return `import type { Cluster } from 'cdk8s-espalier';
import { addApp, type Operators } from '../fleet';

export function add(cluster: Cluster, operators: Operators): void {
  addApp(cluster, '${name}', '${image(0)}', operators);
}
`;
}

/** Another image of the app in the middle. */
export function imageEdit({ folder, dist }: Project, apps: number, from: number): Edit {
  const name = appName(Math.floor(apps / 2));
  return {
    file: join(folder, 'apps', `${name}.ts`),
    written: join(dist, 'kubernetes', 'apps', name, name, 'app', 'deployment.yaml'),
    before: image(from),
    after: image(from + 1),
  };
}

const image = (change: number) => `ghcr.io/acme/app:1.0.${change}-watched`;
