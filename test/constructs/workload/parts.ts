import { Application, ConfigMap, type Directory, PostgresCluster, Secret } from '../../../lib';
import { checkSynthesized, synthesizedGraph } from '../../../lib/checks/check-synthesized';
import { renderTree } from '../../../lib/tree/render';
import type { Tree } from '../../../lib/tree/tree';
import { temporaryFolder } from '../../repository';
import { reader, type Stage, stage } from '../synthesize';

const folder = temporaryFolder();

export const image = 'ghcr.io/acme/shop:1.4.2';
export const resources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } };

/** Where the constructs of these tests stand. */
export const at = 'soyo/apps/shop/shop/app';

/** An app, and beside it what its workloads read. */
export function shop(on: Stage) {
  const app = new Application(on.cluster, 'shop');
  const data = new Application(on.cluster, 'shop-data', { namespace: 'shop' });
  const owner = { owner: 'shop', database: 'shop', credentials: null };
  const database = new PostgresCluster(data.directory, 'shop-db', {
    operator: on.cnpg,
    storage: { size: '10Gi' },
    ...owner,
  });
  const config = new ConfigMap(data.directory, 'shop-config', { data: { LOG_LEVEL: 'info' } });
  const files = new ConfigMap(data.directory, 'shop-files', { data: { 'shop.yaml': 'title: Shop' } });
  const secret = Secret.named('shop-secrets', { keys: ['API_TOKEN', 'tls.key'] as const });
  return { app, directory: app.directory, database, config, files, secret };
}

export interface Written {
  /** The text of a file below the app's folder, without its comments. */
  text(file: string): string;
  /** What the checks find in the tree. */
  findings: readonly string[];
  readonly find: ReturnType<typeof reader>['find'];
}

/** The tree of what is built in the folder of an app. */
export function write(build: (parts: ReturnType<typeof shop>, on: Stage) => unknown, props = {}): Written {
  const on = stage(props);
  build(shop(on), on);
  const tree = on.app.tree();
  const texts = renderTree(tree, { schemaHost: false });
  return {
    text: (file) => withoutComments(texts.get(`kubernetes/apps/shop/shop/app/${file}`) ?? ''),
    findings: findingsOf(tree, texts),
    find: reader(tree).find,
  };
}

/** What is told of constructs that are refused. */
export function building(build: (on: Directory, parts: ReturnType<typeof shop>) => unknown): () => unknown {
  return () => {
    const parts = shop(stage());
    return build(parts.directory, parts);
  };
}

function withoutComments(text: string): string {
  return text.replace(/^#.*\n/gm, '');
}

function findingsOf(tree: Tree, texts: Map<string, string>): string[] {
  const graph = synthesizedGraph(tree, texts, { outdir: `${folder}/dist` });
  return checkSynthesized(graph).findings.map(({ rule, message }) => `${rule}: ${message}`);
}
