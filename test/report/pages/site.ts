import { join } from 'node:path';
import { clusterNames } from '../../../lib/graph/cluster-name';
import type { Graph } from '../../../lib/graph/graph';
import { makeGraph } from '../../../lib/graph/make-graph';
import { documented, pagesOf } from '../../../lib/report/pages';
import { makeBuild } from '../../../lib/tree/kustomize';
import { readFolder } from '../../../lib/tree/source';
import { graphOf } from '../../graph/graph';
import { repository } from '../../repository';
import type { Texts } from '../../tree/kustomize/memory';

/** The pages of every cluster of a graph, by cluster and file: `soyo/backstage.md`. */
export function pagesIn(graph: Graph): ReadonlyMap<string, string> {
  const names = clusterNames(graph);
  return new Map(
    documented(graph).flatMap((cluster) => {
      const name = names.get(cluster) ?? '';
      const folder = `/docs/${name}`;
      return [...pagesOf({ graph, cluster, name, folder })].map(([file, text]) => [`${name}/${file}`, text] as const);
    }),
  );
}

/** Those of a folder of the repository. */
export function pagesOfFolder(folder: string): ReadonlyMap<string, string> {
  const source = readFolder(join(repository, folder));
  return pagesIn(makeGraph(source, makeBuild(source)));
}

/** The page of the one app of a tree in memory that is called so. */
export function pageOf(texts: Texts, file = 'shop.md'): string {
  const found = [...pagesIn(graphOf(texts))].filter(([path]) => path.endsWith(`/${file}`));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`There are ${found.length} pages ${file}`);
  return found[0][1];
}

/** What a page says below a heading, up to the next of its rank. */
export function section(page: string, heading: string): string {
  const rank = heading.startsWith('#') ? (/^#+/.exec(heading)?.[0] ?? '##') : '##';
  const name = heading.replace(/^#+ /, '');
  const start = page.indexOf(`\n${rank} ${name}\n`);
  if (start < 0) throw new Error(`The page has no section ${heading}. It has:\n${headings(page).join('\n')}`);
  const body = page.slice(start + `\n${rank} ${name}\n`.length);
  const end = body.search(new RegExp(`^#{1,${rank.length}} `, 'm'));
  return (end < 0 ? body : body.slice(0, end)).trim();
}

/** A page's headings; lines of code that look like one are left out. */
export function headings(page: string): string[] {
  return page
    .replace(/^ *```.*?^ *```$/gms, '')
    .split('\n')
    .filter((line) => /^#+ /.test(line));
}
