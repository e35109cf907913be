import { printFailure } from './failure';
import { run } from './run';
import { printError } from './terminal';

// An author's line may lie deep below a construct's: the message names it.
Error.stackTraceLimit = 100;

let done = false;

// A reader that has gone, such as `head`, is no failure; a report that is lost on a full disk is.
for (const stream of [process.stdout, process.stderr]) stream.on('error', refuseLoss);

function refuseLoss(error: NodeJS.ErrnoException | null | undefined): void {
  if (!error || error.code === 'EPIPE') return;
  done = true;
  printFailure(error, process.argv.includes('--trace'));
  process.exit(2);
}
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
  if (!isAllDone()) return;
  process.stdout.write('', (error) => {
    refuseLoss(error);
    process.stderr.write('', () => process.exit());
  });
});

/**
 * Whether nothing is left but to write what was printed. Node would end by itself then, but only when V8 has compiled what it is at,
 * which nobody will run: up to a tenth of a second.
 */
function isAllDone(): boolean {
  // What a run has to tell the one that started it may still be on its way.
  if (process.send !== undefined) return false;
  return process.getActiveResourcesInfo().every((kind) => kind === 'PipeWrap' || kind === 'TTYWrap');
}
