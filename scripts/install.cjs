// Installs from the lockfile when node_modules is absent or other than it says. No dependencies: it runs before there are any.
require('../bin/node-version');
const { spawnSync } = require('node:child_process');
const { readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const lock = join(root, 'package-lock.json');
// npm writes this file last, so an install that was cut short counts as absent.
const present = join(root, 'node_modules', '.package-lock.json');

/** By what it holds where times say nothing: a cache that was restored has older ones. */
function isInstalled() {
  try {
    if (statSync(present).mtimeMs >= statSync(lock).mtimeMs) return true;
    const [wanted, there] = [lock, present].map((file) => JSON.parse(readFileSync(file, 'utf8')).packages);
    return Object.keys(wanted).every((path) => {
      if (path === '') return true;
      return path in there ? there[path].version === wanted[path].version : wanted[path].optional === true;
    });
  } catch {
    return false;
  }
}

if (!isInstalled()) {
  console.error('Installing dependencies from package-lock.json …');
  // What `npm pack --dry-run` leaves to be written, its preparation needs all the same.
  const env = Object.assign({}, process.env, { npm_config_dry_run: 'false' });
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('npm ci failed (see above). Run it by hand, then try again.');
    process.exit(npm.status || 1);
  }
}
