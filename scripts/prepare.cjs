// npm runs this where the repository itself is installed (`npm install git+https://…`, pre-commit), which has no build/ then; and after
// each `npm ci` in a checkout, which needs none: it runs from the sources.
const { spawnSync } = require('node:child_process');
const { relative, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const caller = process.env.INIT_CWD || root;
const isCheckout = !relative(root, caller).startsWith('..');
if (!isCheckout) {
  const env = Object.assign({}, process.env);
  // Of the npm that asks for it: what builds is installed here, and only here.
  for (const name of ['global', 'prefix', 'location', 'omit', 'include', 'install_links'])
    delete env[`npm_config_${name}`];
  for (const script of ['scripts/install.cjs', 'scripts/build.mjs']) {
    const { status } = spawnSync(process.execPath, [script], { cwd: root, env, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status === null ? 1 : status);
  }
}
