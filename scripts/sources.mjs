// TypeScript for `require` in this checkout: each file compiled by esbuild once, and kept until it changes. tsx would do as well;
// it takes three times as long for files that are compiled already, because it reads them for more than that.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const kept = join(root, 'node_modules', '.cache', 'espalier-sources');
const sourcemap = process.argv.includes('--trace') ? 'inline' : false;
const { version } = require('esbuild/package.json');

require.extensions['.ts'] = (module, file) => module._compile(compiled(file), file);

function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const mark = `// ${createHash('sha256')
    .update(JSON.stringify([version, process.version, sourcemap]))
    .update(source)
    .digest('hex')}\n`;
  const output = join(kept, encodeURIComponent(`${relative(root, file)}.js`));
  const before = readIfThere(output);
  if (before?.endsWith(mark)) return before;
  const target = `node${process.versions.node}`;
  const options = { loader: 'ts', format: 'cjs', platform: 'node', target, sourcefile: file, sourcemap };
  const text = require('esbuild').transformSync(source, options).code + mark;
  try {
    mkdirSync(kept, { recursive: true });
    // Another process may read it now: it sees all of it or nothing.
    writeFileSync(`${output}.${process.pid}`, text);
    renameSync(`${output}.${process.pid}`, output);
  } catch {
    // Compiled again the next time.
  }
  return text;
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
