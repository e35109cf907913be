import { sharedCluster } from '../../adopt/clusters';
import { printValue } from '../../adopt/print/value';
import type { Layout } from './layout';

/** What main.ts begins with. */
export interface MainFile {
  /** The names of its clusters. */
  readonly clusters: readonly string[];
  /** The folder that the tree is written to, from where main.ts lies. */
  readonly outdir: string;
  /** That folder in Flux's source. */
  readonly sourceRoot: string;
}

/** One cluster with one app, which can be replaced. */
export function exampleMain({ clusters, sourceRoot }: MainFile): string {
  const [name = 'cluster'] = clusters;
  const root = sourceRoot === 'dist' ? '' : `, { sourceRoot: ${quoted(sourceRoot)} }`;
  return `// The cluster ${name}. \`espalier synth\` writes its tree to dist/: commit that, and point Flux at it.
import { App, Application, Cluster, HelmRelease } from 'cdk8s-espalier';

const app = new App();
const cluster = new Cluster(app, ${quoted(name)}${root});

// An app: its namespace, and a Flux Kustomization that applies what is in its directory. Put yours in the place of this example.
const podinfo = new Application(cluster, 'podinfo');
new HelmRelease(podinfo.directory, 'podinfo', {
  chart: { oci: 'oci://ghcr.io/stefanprodan/charts/podinfo' },
  version: '6.9.0',
  values: { replicaCount: 2 },
});

app.synth();
`;
}

/** The clusters of a repository whose YAML is there already, and no app yet. */
export function emptyMain(
  { clusters, outdir, sourceRoot }: MainFile,
  {
    source,
    appsRoot = '',
    schemaHost,
    sortResources,
  }: Pick<Layout, 'source' | 'appsRoot' | 'schemaHost' | 'sortResources'>,
  app: string,
): string {
  const props = [
    `sourceRoot: ${quoted(sourceRoot)}`,
    ...(appsRoot === '' || appsRoot === 'kubernetes/apps' ? [] : [`appsRoot: ${quoted(appsRoot)}`]),
    'root: null',
    'defaults: false',
    'vaultPolicies: false',
  ].join(', ');
  const host = schemaHost === undefined ? '' : `, schemaHost: ${printValue(schemaHost, '', 30, () => '')}`;
  const below =
    source === ''
      ? ''
      : `// What Flux fetches is ${source}/: a FluxKustomization says its path from there, as in applies: './apps/shop'.\n`;
  const isShared = clusters.length > 1 && !clusters.includes(sharedCluster);
  const all = isShared ? [...clusters, sharedCluster] : clusters;
  const variables = variablesFor(all);
  const made = all.map((name, i) => {
    const comment = name === sharedCluster && isShared ? '// What several of them apply.\n' : '';
    return `${comment}const ${variables[i]} = new Cluster(app, ${quoted(name)}, { ${props} });\n`;
  });
  return `// The part of this repository that is code; the YAML beside it stays as it is. To turn an app into code:
// espalier adopt ${app}
import { App, Cluster } from 'cdk8s-espalier';

// Files are written among those that are there; only its own are ever changed or deleted.
const app = new App({ outdir: ${quoted(outdir)}, sortKeys: false${sortResources ? ', sortResources: true' : ''}${host} });
${below}// No root Kustomization: the repository has it. No defaults: code says what the YAML says.
${made.join('')}
app.synth();
`;
}

/** The variables of clusters: `cluster`, or of several `clusterStaging`: a name alone may be a word of the language. */
function variablesFor(clusters: readonly string[]): readonly string[] {
  if (clusters.length === 1) return ['cluster'];
  return clusters.map((name) => `cluster-${name}`.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase()));
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
