import type { JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import { isRemote } from '../../systems/flux/helm-release';
import { count } from '../../text/count';
import { lazy, memoize } from '../../text/memoize';
import type { Chart, Charts, Closed } from '../../tree/charts/chart';
import type { SourceDocument } from '../../tree/source/source';
import type { ChartContents } from '../chart-contents';
import { groupsInstalledBy } from '../charts';
import type { Cluster } from '../cluster';
import type { Graph } from '../graph';
import type { Resource } from '../resource';
import { apiVersionsOf, askedOf, asksForKinds, bringsKinds } from './api-versions';
import { kubeVersionFor } from './kube-version';
import { resourcesOf } from './rendered';
import { type Request, requestOf } from './request';
import { schemasWith } from './schemas';
import { tracer } from './trace';

export interface OpenOptions {
  /** The release of Kubernetes, such as `1.36.0`. */
  readonly kubeVersion: string;
  /**
   * Other releases that the cluster may be of, newest first: of them are charts that refuse that one (kubeVersion of Chart.yaml).
   *
   * @default none
   */
  readonly otherKubeVersions?: readonly string[];
  /** What `.Capabilities.APIVersions` has besides Kubernetes' own, the tree's and the charts'. */
  readonly apiVersions?: readonly string[];
  /** Told what goes on: "opening the charts of 31 HelmReleases". */
  readonly say?: (what: string) => void;
}

/** Charts bring definitions, which others ask for, and releases of other charts: so often is looked again at most. */
const maximumRounds = 5;

/**
 * The graph of a tree with what the charts of its HelmReleases make beside each of them. What cannot be fetched or rendered leaves its
 * release as it was.
 */
export async function openCharts(graph: Graph, charts: Charts, options: OpenOptions): Promise<Graph> {
  const clusters = await Promise.all(
    graph.clusters.map((cluster) => new Opening(graph, cluster, charts, options).run()),
  );
  const builds = new Set(graph.builds);
  for (const { contents } of clusters.flatMap(({ kustomizations }) => kustomizations)) {
    if (contents.type === 'built') builds.add(contents.built);
  }
  const reached = new Set([...builds].flatMap(({ files }) => [...files]));
  const isLeft = ({ file }: SourceDocument) => !reached.has(file.path);
  return {
    ...graph,
    clusters,
    builds: [...builds],
    reached,
    unreached: graph.unreached.filter(isLeft),
    unusedRoots: graph.unusedRoots.filter(isLeft),
    toOpenCharts: undefined,
    schemasOf: schemasWith(graph, clusters),
    trace: tracer(graph.tree, clusters, charts),
  };
}

/** The charts of one cluster. */
class Opening {
  private cluster: Cluster;
  private contents = new Map<Resource, ChartContents>();
  /** What each release was rendered with: for the same it is not rendered again. */
  private readonly rendered = new Map<Resource, string>();
  private readonly opened = new Map<Request, Promise<Chart | Closed>>();

  constructor(
    private readonly graph: Graph,
    private readonly base: Cluster,
    private readonly charts: Charts,
    private readonly options: OpenOptions,
  ) {
    this.cluster = base;
  }

  async run(): Promise<Cluster> {
    for (let round = 0; round < maximumRounds; round += 1) {
      const requests = this.requests();
      if (round === 0) this.options.say?.(`opening the charts of ${count(requests.length, 'HelmRelease')}`);
      const available = lazy(() => this.apiVersions());
      const done = await Promise.all(requests.map((request) => this.open(request, available, round === 0)));
      const isChanged = done.includes(true);
      if (round === 0 || isChanged) this.cluster = this.base.withCharts(this.inOrder());
      if (!isChanged) break;
    }
    return this.cluster;
  }

  /** In the order of the releases, whichever chart was there first: what follows is the same each time. */
  private inOrder(): ReadonlyMap<Resource, ChartContents> {
    return new Map(
      this.cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').flatMap((release) => {
        const contents = this.contents.get(release);
        return contents === undefined ? [] : [[release, contents] as const];
      }),
    );
  }

  /** What the releases ask for that there are by now. */
  private requests(): Request[] {
    const next = new Map<Resource, ChartContents>();
    const requests: Request[] = [];
    for (const release of this.cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
      if (isRemote(release)) continue;
      const request = this.requestOf(release);
      if (request.type === 'request') requests.push(request);
      const before = this.contents.get(release);
      if (before !== undefined || request.type !== 'request')
        next.set(release, before ?? (request as Exclude<typeof request, Request>));
    }
    this.contents = next;
    return requests;
  }

  /** By what is known of the cluster without charts: once. */
  private readonly requestOf = memoize((release: Resource) =>
    requestOf(release, this.cluster, { above: this.graph.above, kubeVersion: this.options.kubeVersion }),
  );

  private readonly kubeVersionOf = memoize((chart: Chart) =>
    kubeVersionFor(chart, this.options.kubeVersion, this.options.otherKubeVersions),
  );

  private readonly chartOf = (request: Request): Promise<Chart | Closed> => {
    const known = this.opened.get(request) ?? this.charts.open(request.source);
    this.opened.set(request, known);
    return known;
  };

  /**
   * @param early whether what asks for kinds waits for the charts that bring them
   * @returns whether something is otherwise than it was, or will be
   */
  private async open(request: Request, available: () => ReadonlySet<string>, early: boolean): Promise<boolean> {
    const { release } = request;
    const chart = await this.chartOf(request);
    if ('type' in chart) {
      const isNew = !this.contents.has(release);
      this.contents.set(release, chart);
      return isNew;
    }
    if (early && asksForKinds(chart, request.input.values) && !bringsKinds(chart)) return true;
    const input = {
      ...request.input,
      kubeVersion: this.kubeVersionOf(chart),
      apiVersions: askedOf(chart, request.input.values, available),
    };
    const asked = input.apiVersions.join(' ');
    if (this.rendered.get(release) === asked) return false;
    this.rendered.set(release, asked);
    this.contents.set(release, await this.render(request, chart, input));
    return true;
  }

  private async render(request: Request, chart: Chart, input: Parameters<Charts['render']>[1]): Promise<ChartContents> {
    const { uncertain } = request;
    const rendering = await this.charts.render(chart, input);
    switch (rendering.type) {
      case 'closed':
        return rendering;
      case 'failed':
        return { template: undefined, path: undefined, ...rendering, chart, input, uncertain };
      default: {
        const objects = resourcesOf(rendering.objects, chart, request, this.graph.schemasOf(this.base));
        const { looksUp, incomplete, key } = rendering;
        return { type: 'opened', chart, input, objects, uncertain, looksUp, incomplete, key };
      }
    }
  }

  /**
   * The kinds that the tree's definitions and those of charts bring; and those of groups of which the cluster has objects, or closed
   * charts bring the definitions, as far as they are known: something else defines them.
   */
  private apiVersions(): ReadonlySet<string> {
    const definitions = this.cluster.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition');
    const defined = definitions.flatMap(({ value }) => apiVersionsOf(value));
    const releases = this.cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease');
    const groups = new Set(releases.flatMap((release) => groupsInstalledBy(release, this.cluster)));
    for (const { group } of this.cluster.resources) groups.add(group);
    for (const { value } of definitions) groups.delete(textAt(value, 'spec', 'group') ?? '');
    const schemas = this.graph.schemasOf(this.base);
    const used = [...groups].flatMap((group) => schemas.apiVersionsOf(group));
    return new Set([...this.byHand(), ...defined, ...used, ...(this.options.apiVersions ?? [])]);
  }

  /** Definitions that no Kustomization applies: whoever sets the cluster up does. */
  private readonly byHand = lazy(() =>
    this.graph.unreached.flatMap(({ value }) => [...apiVersionsOf(value as JsonObject)]),
  );
}
