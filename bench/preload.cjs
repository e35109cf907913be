// Loaded before every measured Node process: says at its end what it used, a line of JSON in the file that the bench names.
const { isMainThread } = require('node:worker_threads');

const file = process.env.BENCH_USAGE;
if (isMainThread && file) {
  process.once('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const used = { memory: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
    require('node:fs').appendFileSync(file, `${JSON.stringify(used)}\n`);
  });
}
