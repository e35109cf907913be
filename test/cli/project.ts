import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../repository';

/** Apps live in the checkout, so that `lib` is at hand; each has a folder of its own and writes to its dist/. */
export const folder = join(repository, 'build', 'test-cli');
export const lib = join(repository, 'lib');

/** A folder with an app of one ConfigMap, or of what the body says. */
export function project(name: string, body = '', file: 'main.ts' | 'main.js' = 'main.ts'): string {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const [begin, from, end] = file === 'main.ts' ? ['import', 'from ', ''] : ['const', '= require(', ')'];
  writeFileSync(
    join(cwd, file),
    `${begin} { App, Application, Cluster, environmentVariable } ${from}${JSON.stringify(lib)}${end};
${begin} { ApiObject } ${from}'cdk8s'${end};
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
const settings = (level = '') =>
  new ApiObject(new Application(home, 'shop').directory, 'settings', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { LEVEL: level },
  });
${body || "settings('info');"}
app.synth();
`,
  );
  return cwd;
}
