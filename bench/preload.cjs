// Loaded before every measured Node process: says at its end what it used, a line of JSON in the file that the bench names.
const { isMainThread } = require('node:worker_threads');

const file = process.env.BENCH_USAGE;
if (isMainThread && file) {
  process.once('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const used = { memory: (peak() ?? maxRSS) * 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
    require('node:fs').appendFileSync(file, `${JSON.stringify(used)}\n`);
  });
}

/** In KiB. On Linux maxRSS begins with what the process had before it became this program: the memory of the bench. (getrusage(2)) */
function peak() {
  try {
    const status = require('node:fs').readFileSync('/proc/self/status', 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]);
  } catch {
    return undefined;
  }
}
