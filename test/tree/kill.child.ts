/** Writes a tree and kills itself by SIGKILL at the given change of the file system; argv: at, where, outdir, tree as JSON. */
import { writeTree } from '../../lib/tree/write';
import { injectFault } from './faults';

const [at = '', where = '', outdir = '', rendered = ''] = process.argv.slice(2);
injectFault(Number(at), where === 'halfway' ? 'halfway' : 'before', () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment to arrive: nothing more happens until it does.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
writeTree(new Map(Object.entries(JSON.parse(rendered))), outdir);
