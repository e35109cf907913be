import { posix } from 'node:path';
import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import { identityKey } from '../../graph/identity';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { isCluster } from '../../systems/cnpg/names';
import { memoize } from '../../text/memoize';
import { escapeMarkdown } from '../markdown-text';
import { uriOf } from '../uri';
import { type App, appsOf } from './app';
import { mark } from './markdown';

/** What a page is written from. */
export interface Site {
  readonly graph: Graph;
  readonly cluster: Cluster;
  /** What the cluster is called. */
  readonly name: string;
  /** The absolute path of the folder that the pages of this cluster lie in, for links to the tree's files. */
  readonly folder: string;
}

/** The page of one app. */
export interface Page extends Site {
  readonly app: App;
}

/** One section of a page: one file. */
export interface Section {
  readonly heading: string;
  /** Its text without the heading; undefined where the app has nothing of the kind. */
  body(page: Page): string | undefined;
}

/** A link to a file of the tree, named as it lies below the folder that was asked for. */
export function fileLink({ graph, folder }: Site, path: string): string {
  const { location, below } = graph.tree;
  const file = posix.join('/', location, path);
  const asked = posix.join('/', location, below);
  const root = graph.tree.files.has(below) ? posix.dirname(asked) : asked;
  return link(escapeMarkdown(posix.relative(root, file)), uriOf(posix.relative(folder, file)));
}

/** A link to the file that an object is written in. */
export function objectLink(site: Site, { document }: Resource): string {
  return fileLink(site, document.file.path);
}

/** A Kustomization, linked to its page where it has one. */
export function appLink({ cluster }: Pick<Site, 'cluster'>, kustomization: FluxKustomization): string {
  const page = appsOf(cluster).find((app) => app.kustomization === kustomization);
  const name = mark(kustomization.name);
  return page === undefined ? name : link(name, uriOf(page.file));
}

/** Nothing in its text ends a link. In backticks nothing could. */
function link(text: string, uri: string): string {
  return `[${text.startsWith('`') ? text : text.replaceAll(']', '&#93;')}](${uri})`;
}

/** Whether an app's Kustomization applies an object. */
export function isOwn({ app }: Page, resource: Resource): boolean {
  return owned(app).has(identityKey(resource));
}

const owned = memoize((app: App): ReadonlySet<string> => new Set(app.resources.map(identityKey)));

/** The PostgreSQL databases of an app. */
export function databasesOf({ app }: Page): readonly Resource[] {
  return app.resources.filter(isCluster);
}

/** "ExternalSecret `db`": how pages name an object; with its namespace where that is not the app's own. */
export function named({ kind, namespace, name }: Pick<Resource, 'kind' | 'namespace' | 'name'>, home?: string): string {
  const apart = home !== undefined && namespace !== '' && namespace !== home;
  return `${escapeMarkdown(kind)} ${mark(apart ? `${namespace}/${name}` : name)}`;
}
