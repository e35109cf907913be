import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ChartSource, Closed, RenderInput, Rendering } from './chart';

/** A chart to be rendered while nothing else goes on. Plain data: another thread does it. */
export interface BlockingRequest {
  readonly source: ChartSource;
  readonly input: RenderInput;
  /** What the chart must be: `sha256:…`. @default whatever is found */
  readonly digest?: string;
  /** As ChartsOptions has them. */
  readonly hosts: readonly string[];
}

export interface RenderedChart {
  readonly type: 'chart';
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly rendering: Rendering;
}

export type BlockingAnswer = RenderedChart | Closed;

/** What is posted to the other thread. */
export interface Posted {
  readonly request: BlockingRequest;
  /** The same for all that an app asks for: the repository is taken to be as it is for so long. */
  readonly app: number;
  /** The folder that is worked in: the lock lies there. */
  readonly folder: string;
  /** Becomes 1 when the answer is there. */
  readonly done: Int32Array;
  readonly port: MessagePort;
}

/** So long is waited, in milliseconds: a chart may be fetched, and is rendered twice. */
const longest = 600_000;

let worker: Worker | undefined;

/**
 * Opens and renders a chart, as makeCharts does, and returns only then: an app is composed without waiting for anything. All of it
 * happens in a thread of its own, which ends with the process.
 *
 * @param app for whom: a folder of the repository is read once for each
 */
export function renderBlocking(request: BlockingRequest, app: object): BlockingAnswer {
  worker ??= startWorker();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ request, app: numberOf(app), folder: process.cwd(), done, port: port2 } satisfies Posted, [
    port2,
  ]);
  Atomics.wait(done, 0, 0, longest);
  const answer = receiveMessageOnPort(port1)?.message as BlockingAnswer | undefined;
  port1.close();
  return answer ?? { type: 'closed', why: 'the chart was not rendered within ten minutes' };
}

const numbers = new WeakMap<object, number>();
let apps = 0;

function numberOf(app: object): number {
  const number = numbers.get(app) ?? ++apps;
  numbers.set(app, number);
  return number;
}

function startWorker(): Worker {
  const file = join(__dirname, 'blocking-worker');
  // From its sources, this library is TypeScript, which a thread must be taught anew.
  const teach = __filename.endsWith('.ts') ? `require(${JSON.stringify(require.resolve('tsx/cjs'))});` : '';
  const options = { eval: true, execArgv: [], env: { ...process.env } };
  const started = new Worker(`${teach}require(${JSON.stringify(file)})`, options);
  started.unref();
  return started;
}
