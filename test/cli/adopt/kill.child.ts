/** Runs `espalier adopt` and kills itself by SIGKILL at the given change of the file system; argv: at, path. */
import { run } from '../../../lib/cli/run';
import { injectFault } from '../../tree/faults';

// The command runs from its sources, and so does the code that it makes.
(globalThis as Record<symbol, unknown>)[Symbol.for('cdk8s-espalier.tsx')] = __filename;
const [at = '', path = ''] = process.argv.slice(2);
injectFault(Number(at), 'before', () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment to arrive: nothing more happens until it does.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
void run(['adopt', path, '--cluster', 'home']).then((code) => process.exit(code));
