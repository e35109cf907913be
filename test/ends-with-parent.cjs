// Loaded before what must not outlive its parent, however that ends: the test runner, its workers, programs that tests start.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
