import type { Graph } from '../../graph/graph';
import { appsOf, indexFile } from './app';
import { appPage } from './app-page';
import { clusterPage } from './cluster-page';
import type { Site } from './page';

export { appsOf } from './app';
export type { Site } from './page';

/**
 * The documentation of one cluster: a page for each app and an index, by the names of their files.
 *
 * @param site.folder where they will lie, for links to the tree's files
 */
export function pagesOf(site: Site): Map<string, string> {
  const pages = new Map([[indexFile, clusterPage(site)]]);
  for (const app of appsOf(site.cluster)) pages.set(app.file, appPage({ ...site, app }));
  return pages;
}

/** The clusters of a graph that Flux applies: of others nothing tells what belongs together. */
export function documented({ clusters }: Pick<Graph, 'clusters'>): Graph['clusters'] {
  return clusters.filter((cluster) => cluster.flux && appsOf(cluster).length > 0);
}
