import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../read';
import { gitTop, readFolder } from '../source/folder';
import { type Charts, lockFile, makeCharts, type OpenableCharts, readLock } from '.';
import type { BlockingAnswer, BlockingRequest, Posted } from './blocking';

/*
 * The thread of blocking.ts.
 */

const known = new Map<string, OpenableCharts>();
/** Those of the repository, for the last app that asked. */
let beside: { readonly app: number; readonly charts: Charts } | undefined;

parentPort?.on('message', async ({ request, app, folder, done, port }: Posted) => {
  port.postMessage(await answer(request, app, folder));
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});

async function answer(request: BlockingRequest, app: number, folder: string): Promise<BlockingAnswer> {
  try {
    const charts = chartsOf(request, app, folder);
    const chart = await charts.open(request.source);
    if ('type' in chart) return chart;
    const { name, version, digest } = chart;
    if (request.digest !== undefined && request.digest !== digest) {
      return {
        type: 'closed',
        why: `chart ${name} ${version} is no longer what was imported: its digest is ${digest}, and was ${request.digest}`,
        fix: 'If the change is meant, import it again: espalier import.',
      };
    }
    const rendering = await charts.render(chart, request.input);
    return rendering.type === 'closed' ? rendering : { type: 'chart', name, version, digest, rendering };
  } catch (error) {
    return { type: 'closed', why: messageOf(error) };
  }
}

/** What comes of the network is asked for once; a folder of the Git repository that is worked in may change from app to app. */
function chartsOf({ source, hosts }: BlockingRequest, app: number, folder: string): Charts {
  const key = JSON.stringify([folder, hosts]);
  const charts = known.get(key) ?? makeCharts({ hosts, lock: readLock(join(folder, lockFile)) });
  known.set(key, charts);
  if (source.type !== 'folder') return charts;
  if (beside?.app !== app) beside = { app, charts: charts.of(readFolder(gitTop(folder) ?? folder)) };
  return beside.charts;
}
