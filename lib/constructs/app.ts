import * as cdk8s from 'cdk8s';
import type { CheckSettings } from '../rules/settings';
// By its own file: users without @types/node compile against what this class names.
import type { SchemaHost } from '../tree/schema-url';
import type { Tree } from '../tree/tree';
import { collect } from './collect';
import { refuseUnknown } from './refuse-unknown';
import { currentTaker } from './synthesis';

export interface AppProps extends Pick<cdk8s.AppProps, 'outdir' | 'resolvers'> {
  /**
   * Where editors find the JSON Schema named at the top of each file; false for none. By kind where they differ, with `*` for all
   * others: `{ ConfigMap: false, 'helm.toolkit.fluxcd.io/HelmRelease': 'https://schemas.example.org/release.json' }`.
   * @default public catalogs, see docs/tree.md
   */
  readonly schemaHost?: SchemaHost;
  /**
   * Whether fields are written in the order of the alphabet; false keeps the order in which the code says them, as far as a construct
   * does not bring its own.
   * @default true
   */
  readonly sortKeys?: boolean;
  /**
   * Whether every kustomization.yaml lists its resources by their names, files before folders; false for the order of construction.
   * @default false
   */
  readonly sortResources?: boolean;
  /**
   * What the checks of the tree shall know; false for none. A tree with errors is not written.
   * @default every rule as it is
   */
  readonly check?: CheckSettings | false;
}

/**
 * The root of main.ts. `synth()` writes the whole tree: all of it or nothing, and only what changed.
 *
 * @example
 * const app = new App();
 * new Cluster(app, 'soyo', { organisation: 'webgrip', environment: 'prod' });
 * app.synth();
 */
export class App extends cdk8s.App {
  private readonly props: AppProps;
  /** The folder that the tree belongs in, wherever this run writes it. */
  readonly outputFolder: string;

  constructor(props: AppProps = {}) {
    super(props ?? {});
    refuseUnknown(this, App, props);
    this.props = props;
    this.outputFolder = props.outdir ?? 'dist';
  }

  /** The tree, not written anywhere. */
  tree(): Tree {
    const { sortKeys = true, sortResources } = this.props;
    if (sortKeys) return collect(this, sortResources);
    // It is how cdk8s is told.
    const before = process.env.CDK8S_DISABLE_SORT;
    process.env.CDK8S_DISABLE_SORT = 'true';
    try {
      return collect(this, sortResources);
    } finally {
      if (before === undefined) delete process.env.CDK8S_DISABLE_SORT;
      else process.env.CDK8S_DISABLE_SORT = before;
    }
  }

  /**
   * Hands the tree to the command line that runs this app, or writes it to the output folder.
   *
   * @throws EspalierError for anything that Kubernetes or Flux would refuse or that would fail in the cluster, and for what is on
   *   disk and not Espalier's
   */
  override synth(): void {
    const { outdir, schemaHost, sortKeys, sortResources, check = {} } = this.props;
    const tree = this.tree();
    const taker = currentTaker();
    if (taker) {
      taker({ app: this, tree, outdir, schemaHost, sortKeys, sortResources, check });
      return;
    }
    // Loaded here: the command has it all, and most of it only when a tree has changed.
    const { writeApp } = require('./write-app') as typeof import('./write-app');
    writeApp(tree, { outdir: this.outdir, schemaHost, check });
  }
}
