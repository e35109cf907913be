// Loaded before a program that runs until somebody ends it: it does not outlive the tests that started it, however they end.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
