// Makes `espalier` a single executable of the Node that runs this (Node 20.19 or newer), for machines without one:
//   node scripts/executable.mjs [FILE]   (default: build/espalier)
// See https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve as toPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import postject from 'postject';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const target = toPath(process.argv[2] ?? join(root, 'build', 'espalier'));
const work = `${target}.parts`;
mkdirSync(work, { recursive: true });

/** What composes clusters runs in a project, by its own Node and packages. Commands that need them say so. */
const ofProjects = {
  name: 'packages of a project',
  setup({ onResolve, onLoad }) {
    const message =
      'this command runs code of a project, which needs Node and the packages there: npx --no-install espalier. The single executable is for trees: check, diff, graph and the like.';
    onResolve({ filter: /^(?:cdk8s|cdk8s-plus-28|constructs|tsx)(?:\/|$)/ }, ({ path }) => ({
      path,
      namespace: 'none',
    }));
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: `throw Object.assign(new Error(${JSON.stringify(message)}), { isEspalierError: true });`,
    }));
  },
};
await build({
  absWorkingDir: root,
  entryPoints: ['lib/cli/main.ts'],
  outfile: join(work, 'espalier.cjs'),
  bundle: true,
  minifyWhitespace: true,
  platform: 'node',
  target: 'node20',
  plugins: [ofProjects],
  alias: {
    'cdk8s-espalier/package.json': join(root, 'package.json'),
    // Its ES module imports what it finds at run time, which a single executable cannot.
    'web-tree-sitter': resolve('web-tree-sitter'),
  },
});

const blob = join(work, 'espalier.blob');
const settings = join(work, 'sea.json');
const hcl = join(dirname(resolve('@tree-sitter-grammars/tree-sitter-hcl/package.json')), 'tree-sitter-hcl.wasm');
writeFileSync(
  settings,
  JSON.stringify({
    main: join(work, 'espalier.cjs'),
    output: blob,
    disableExperimentalSEAWarning: true,
    // Compiled by this very Node: it starts in half the time.
    useCodeCache: true,
    assets: {
      'schemas.br': join(root, 'imports', 'schemas.br'),
      'tree-sitter-hcl.wasm': hcl,
      'web-tree-sitter.wasm': resolve('web-tree-sitter/web-tree-sitter.wasm'),
    },
  }),
);
const { status } = spawnSync(process.execPath, ['--experimental-sea-config', settings], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

copyFileSync(process.execPath, target);
chmodSync(target, 0o755);
if (process.platform === 'darwin') spawnSync('codesign', ['--remove-signature', target], { stdio: 'inherit' });
await postject.inject(target, 'NODE_SEA_BLOB', readFileSync(blob), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
  ...(process.platform === 'darwin' && { machoSegmentName: 'NODE_SEA' }),
});
if (process.platform === 'darwin') spawnSync('codesign', ['--sign', '-', target], { stdio: 'inherit' });
rmSync(work, { recursive: true });
