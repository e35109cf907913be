import { setFlagsFromString } from 'node:v8';
import { printFailure } from './failure';
import { run } from './run';
import { printError } from './terminal';

// Most runs end before code that V8 optimizes has paid for its making; what has run for some milliseconds is optimized all the same.
// Node 24 is no faster for it, and V8 complains of a flag that it has no more.
const optimizeLater: { readonly [node: string]: string | undefined } = {
  20: '--interrupt-budget=2000000',
  22: '--invocation-count-for-turbofan=30000',
};
const flag = optimizeLater[parseInt(process.versions.node, 10)];
if (flag !== undefined) setFlagsFromString(flag);

// An author's line may lie deep below a construct's: the message names it.
Error.stackTraceLimit = 100;

// A reader that has gone, such as `head`, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

let done = false;
// An app that calls process.exit() would otherwise pass for a success.
process.once('exit', () => {
  if (done) return;
  printError(
    'error: the app ended the process before espalier was done. Remove process.exit() from it, or await what it starts.',
  );
  process.exitCode = 2;
});
// What an app or a configuration throws later on: exit code 1 would say that there are findings.
process.on('uncaughtException', (error) => {
  done = true;
  printFailure(error, process.argv.includes('--trace'));
  process.exit(2);
});
run(process.argv.slice(2)).then((code) => {
  done = true;
  process.exitCode = code || process.exitCode || 0;
});
