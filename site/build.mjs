// Builds the docs site: of this checkout at the top, of each released version (a tag v1.2.3 that has docs/README.md) in a folder of its
// name. `node site/build.mjs [FOLDER] [--only-this]`; ESPALIER_SITE_BASE is the path that it is served at (default: /).
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { llmsText, readIndex, writePages } from './pages.mjs';

const site = fileURLToPath(new URL('.', import.meta.url));
const root = join(site, '..');
const args = process.argv.slice(2);
const out = resolve(args.find((arg) => !arg.startsWith('--')) ?? join(site, 'dist'));
const top = process.env.ESPALIER_SITE_BASE ?? '/';
const { version, homepage, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sources = (repository?.url ?? repository)?.replace(/^git\+/, '').replace(/\.git$/, '');

const run = (program, given, options = {}) => {
  const { status, stdout } = spawnSync(program, given, { cwd: root, encoding: 'utf8', ...options });
  return status === 0 ? stdout : undefined;
};
const tags = args.includes('--only-this')
  ? []
  : (run('git', ['tag', '--list', 'v*', '--sort=-v:refname']) ?? '').split('\n');
const released = tags.filter(
  (tag) => /^v\d+\.\d+\.\d+$/.test(tag) && run('git', ['cat-file', '-e', `${tag}:docs/README.md`]) !== undefined,
);
const versions = [
  { name: `${version} (main)`, path: top },
  ...released.map((tag) => ({ name: tag, path: `${top}${tag}/` })),
];

rmSync(out, { recursive: true, force: true });
build(root, { name: versions[0].name, path: top }, out);
for (const tag of released) {
  const checkout = mkdtempSync(join(tmpdir(), 'espalier-docs-'));
  const files = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs'];
  const archive = run('git', ['archive', tag, ...files], { encoding: 'buffer', maxBuffer: 1e9 });
  spawnSync('tar', ['-x', '-C', checkout], { input: archive });
  build(checkout, { name: tag, path: `${top}${tag}/` }, join(out, tag));
  rmSync(checkout, { recursive: true });
}

function build(from, { name, path }, to) {
  const index = readIndex(from);
  writePages(from, join(site, '.pages'), sources);
  writeFileSync(
    join(site, '.pages.json'),
    JSON.stringify({ index, versions, version: name, base: path, repository: sources }),
  );
  const vitepress = join(site, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
  const { status } = spawnSync(process.execPath, [vitepress, 'build', site], {
    cwd: site,
    env: { ...process.env, ESPALIER_SITE_OUT: to },
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  // A program reads Markdown: the pages lie beside their HTML.
  for (const { pages } of index) {
    for (const page of pages) copyFileSync(join(site, '.pages', `${page.path}.md`), join(to, `${page.path}.md`));
  }
  writeFileSync(
    join(to, 'llms.txt'),
    llmsText(index, homepage === undefined ? path : `${homepage.replace(/\/$/, '')}/`),
  );
}
