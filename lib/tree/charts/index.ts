/** Charts: gets them, and renders them. */

import type { SourceTree } from '../source/source';
import { ChartCache } from './cache';
import type { Charts } from './chart';
import { findHelm } from './helm-process';
import type { Lock, Locked } from './lock';
import { makeOpener } from './open';
import { makeRender } from './render';

export interface ChartsOptions {
  /**
   * Hosts that charts may come from although they are not on the public internet, over plain HTTP as well: `host` or `host:port`.
   *
   * @default none
   */
  readonly hosts?: readonly string[];
  /**
   * Whether the network is left alone: cache and lock are all there is.
   *
   * @default false
   */
  readonly offline?: boolean;
  /**
   * Where charts and results are kept between runs.
   *
   * @default - the user's cache (see defaultCacheFolder)
   */
  readonly cacheFolder?: string;
  /**
   * What charts must be (see readLock).
   *
   * @default - they are what their sources say
   */
  readonly lock?: Lock;
  /** The tree whose charts are folders of it. */
  readonly tree?: SourceTree;
  /**
   * Where `helm` is looked for, as PATH is written.
   *
   * @default - the PATH
   */
  readonly path?: string;
}

/** Charts, and which of them were opened so far, but for those of the tree itself: what a lock says. */
export interface OpenedCharts extends Charts {
  readonly opened: ReadonlyMap<string, Locked>;
}

export function makeCharts({
  hosts = [],
  offline = false,
  cacheFolder,
  lock,
  tree,
  path,
}: ChartsOptions): OpenedCharts {
  const cache = new ChartCache(cacheFolder);
  const rendered = {
    read: (key: string) => cache.read('rendered', key),
    write: (key: string, text: string) => cache.write('rendered', key, text),
  };
  const opener = makeOpener({ hosts, offline, cache, lock, tree });
  return { ...opener, render: makeRender(() => findHelm(rendered, path), rendered) };
}

export type { Chart, ChartSource, Charts, Closed, RenderedObject, RenderInput, Rendering } from './chart';
export { type Lock, type Locked, lockFile, readLock, writeLock } from './lock';
