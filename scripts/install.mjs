// Installs from the lockfile when node_modules is absent or older than it. No dependencies: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modified = (file) => statSync(root + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes this file last, so an install that was cut short counts as absent.
if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) {
  console.error('Installing dependencies from package-lock.json …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('npm ci failed (see above). Run it by hand, then try again.');
    process.exit(npm.status ?? 1);
  }
}
