import { relative, resolve } from 'node:path';
import { EspalierError } from '../../errors';
import { isIn, realPath } from '../../tree/source';
import { Progress } from '../progress';
import { readGraph, type Settings } from '../read-graph';
import type { Access } from './tool';

/** Access to what lies in a folder, by its real path: what leads out of it, by its name or by a link, is refused. */
export function accessTo(folder: string, given: Omit<Settings, 'bound'>, mayWrite = false): Access {
  const settings = { ...given, bound: folder };
  const inside = (path: string) => {
    // Answers name files from the working directory, and what they name may be asked for.
    const real = [resolve(folder, path), resolve(path)]
      .map((each) => realPath(each))
      .find((each) => isIn(each, folder));
    if (real === undefined) {
      throw new EspalierError(
        `${JSON.stringify(path)} lies outside of the folder that this server was started for. Name a path below it.`,
      );
    }
    return relative(process.cwd(), real) || '.';
  };
  return {
    settings,
    mayWrite,
    inside,
    graph: ({ path = '.', cluster }) =>
      Progress.during((progress) =>
        readGraph(
          { path: inside(String(path)), rev: undefined, cluster: cluster as string | undefined },
          settings,
          progress,
        ),
      ),
  };
}
