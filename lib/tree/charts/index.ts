/** Charts: gets them, and renders them. */

import type { SourceTree } from '../source/source';
import { ChartCache } from './cache';
import type { Charts } from './chart';
import { findHelm } from './helm-process';
import type { Lock } from './lock';
import { makeOpener, type Opener } from './open';
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
  /**
   * Where `helm` is looked for, as PATH is written.
   *
   * @default - the PATH
   */
  readonly path?: string;
}

/** Charts, each of which is asked for once, however many trees are read. */
export interface OpenableCharts extends Charts, Omit<Opener, 'open'> {
  /** The same, with those that are folders of a tree. */
  of(tree: SourceTree): Charts;
}

export function makeCharts({ hosts = [], offline = false, cacheFolder, lock, path }: ChartsOptions): OpenableCharts {
  const cache = new ChartCache(cacheFolder);
  const kept = {
    read: (key: string) => cache.read('rendered', key),
    write: (key: string, text: string) => cache.write('rendered', key, text),
  };
  const opener = makeOpener({ hosts, offline, cache, lock });
  const render = makeRender(() => findHelm(kept, path), kept);
  return { ...opener, render, of: (tree) => ({ open: (source) => opener.open(source, tree), render }) };
}

export type { Chart, ChartSource, Charts, Closed, RenderedObject, RenderInput, Rendering } from './chart';
export { type Lock, type Locked, lockFile, readLock, writeLock } from './lock';
