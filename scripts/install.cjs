// Installs from the lockfile when node_modules is absent or other than it says. No dependencies: it runs before there are any.
// All there is, for tests and builds; for `npm start` what runs alone, in a tenth of the time: what users install, and esbuild and tsx,
// which stand in scripts/package.json for that.
require('../bin/node-version');
const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** By what it holds where times say nothing: a cache that was restored has older ones. */
function isInstalled(folder, withTools) {
  const lock = join(folder, 'package-lock.json');
  // npm writes this file last, so an install that was cut short counts as absent.
  const present = join(folder, 'node_modules', '.package-lock.json');
  try {
    if (withTools && !existsSync(join(folder, 'node_modules', 'jest'))) return false;
    if (statSync(present).mtimeMs >= statSync(lock).mtimeMs) return true;
    const [wanted, there] = [lock, present].map((file) => JSON.parse(readFileSync(file, 'utf8')).packages);
    return Object.keys(wanted).every((path) => {
      if (path === '') return true;
      const { version, optional, dev } = wanted[path];
      return path in there ? there[path].version === version : optional === true || (!withTools && dev === true);
    });
  } catch {
    return false;
  }
}

function npmCi(folder, ...options) {
  console.error(`Installing dependencies from ${folder === root ? '' : 'scripts/'}package-lock.json …`);
  // What `npm pack --dry-run` leaves to be written, its preparation needs all the same.
  const env = Object.assign({}, process.env, { npm_config_dry_run: 'false' });
  const npm = spawnSync('npm', ['ci', ...options, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('npm ci failed (see above). Run it by hand, then try again.');
    process.exit(npm.status || 1);
  }
}

/** For `npm start`. */
exports.installToRun = () => {
  if (isInstalled(root, true)) return;
  if (!isInstalled(root, false)) npmCi(root, '--omit=dev');
  if (!isInstalled(__dirname, false)) npmCi(__dirname);
};

/** For all else. */
exports.install = () => {
  if (!isInstalled(root, true)) npmCi(root);
};

if (require.main === module) exports.install();
