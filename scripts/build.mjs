// Compiles lib/ and imports/ to build/ (or to the folder that is given), from nothing: what is no longer in the sources is not
// shipped either.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve as toPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve('typescript/package.json')), 'bin', 'tsc');

const build = toPath(process.argv[2] ?? join(root, 'build'));

rmSync(join(build, 'lib'), { recursive: true, force: true });
rmSync(join(build, 'imports'), { recursive: true, force: true });
const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', build];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// Types that no program can import are a tenth of the package.
const library = realpathSync(join(build, 'lib'));
const entries = ['index', 'config', 'rules/index', 'checks/testing'].map((name) => join(library, `${name}.d.ts`));
const list = [tsc, '--ignoreConfig', '--listFilesOnly', '--module', 'node16', ...entries];
const listed = spawnSync(process.execPath, list, { cwd: root, encoding: 'utf8' });
if (listed.status !== 0) throw new Error(`the types of build/lib/index.d.ts: ${listed.stdout}`);
const reached = new Set(listed.stdout.split('\n'));
for (const name of readdirSync(library, { recursive: true })) {
  if (name.endsWith('.d.ts') && !reached.has(join(library, name))) rmSync(join(library, name));
}

// What runs at every push is one file: to find, read and compile 450 would take a tenth of its time. What users import stays as it
// is compiled, and is what their configuration imports.
// Without white space Node reads it in less time (3 % of a check); names stay, for --trace.
const oneFile = {
  absWorkingDir: root,
  allowOverwrite: true,
  bundle: true,
  minifyWhitespace: true,
  platform: 'node',
  target: 'node20',
};
const often = ['check', 'diff'];
const commands = join(build, 'lib', 'cli');
await bundle({
  ...oneFile,
  // What both need is there once, and neither runs what the other needs.
  stdin: {
    contents: often.map((name) => `export const ${name} = () => require('./${name}');`).join('\n'),
    resolveDir: join(root, 'lib', 'cli'),
  },
  outfile: join(commands, 'often.js'),
  packages: 'external',
  external: ['../index', '../cel'],
  alias: { '@marcbachmann/cel-js': '../cel' },
});
for (const name of often)
  writeFileSync(join(commands, `${name}.js`), `module.exports = require('./often').${name}();\n`);
// Of ES modules Node is slower to load each.
const cel = resolve('@marcbachmann/cel-js');
await bundle({ ...oneFile, entryPoints: [cel], outfile: join(build, 'lib', 'cel.js') });
copyFileSync(join(dirname(cel), '..', 'LICENSE'), join(build, 'lib', 'cel.LICENSE'));

// The grammar of HCL is taken along: its package would be compiled where it has no binary for a platform, and only this is used.
const hcl = dirname(resolve('@tree-sitter-grammars/tree-sitter-hcl/package.json'));
const beside = join(library, 'tree');
copyFileSync(join(hcl, 'tree-sitter-hcl.wasm'), join(beside, 'tree-sitter-hcl.wasm'));
copyFileSync(join(hcl, 'LICENSE'), join(beside, 'tree-sitter-hcl.LICENSE'));
