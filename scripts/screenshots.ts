import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser, launchBrowser } from './browser';

/** Takes the pictures of docs/images/ from soyo's tree, in a Chromium of this machine. Usage: npm run screenshots */
async function main(): Promise<void> {
  const path = findBrowser();
  if (path === undefined) throw new Error('no Chromium is found on this machine: set CHROMIUM to its path');
  const root = join(__dirname, '..');
  const images = join(root, 'docs', 'images');
  const folder = mkdtempSync(join(tmpdir(), 'espalier-screenshots-'));
  const file = join(folder, 'soyo.html');
  const command = [join(root, 'scripts', 'espalier.mjs'), 'graph', 'dist', '--app', 'backstage', '--output', file];
  spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  mkdirSync(images, { recursive: true });
  const browser = await launchBrowser(path);
  const open = async (colorScheme: 'light' | 'dark', height: number) => {
    const page = await browser.newPage({ viewport: { width: 1500, height }, colorScheme, deviceScaleFactor: 1.25 });
    await page.goto(pathToFileURL(file).href);
    await page.locator('.card').first().waitFor();
    return page;
  };

  const secrets = await open('light', 600);
  await secrets.getByRole('button', { name: /^Secret backstage-db-secret/ }).click();
  await secrets.mouse.move(0, 0);
  await secrets.waitForTimeout(200);
  await secrets.screenshot({ path: join(images, 'secret-flow.png') });

  const order = await open('dark', 640);
  await order.getByRole('tab', { name: 'Flux order' }).click();
  await order.mouse.move(0, 0);
  await order.waitForTimeout(200);
  await order.screenshot({ path: join(images, 'flux-order.png') });

  const comment = join(folder, 'comment.html');
  writeFileSync(comment, commentPage(commentOn(folder, root)));
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 860, height: 600 }, colorScheme, deviceScaleFactor: 1.25 });
    await page.goto(pathToFileURL(comment).href);
    await page.locator('article').screenshot({ path: join(images, `comment-${colorScheme}.png`) });
  }
  await browser.close();
  rmSync(folder, { recursive: true });
}

/** The comment on the change that the README tells of: a key of Backstage's secret is called `GH_TOKEN` from now on. */
function commentOn(folder: string, root: string): string {
  const tree = join(folder, 'tree');
  const run = (command: string, ...args: readonly string[]) => {
    const { stdout, stderr, status } = spawnSync(command, args, { cwd: tree, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  cpSync(join(root, 'dist'), join(tree, 'dist'), { recursive: true });
  const author = ['-c', 'user.name=example', '-c', 'user.email=example@example.com'];
  run('git', 'init', '--quiet', '--initial-branch', 'main');
  run('git', 'add', '.');
  run('git', ...author, 'commit', '--quiet', '--message', 'before');
  const file = join(tree, 'dist/kubernetes/apps/backstage/backstage/app/secret-externalsecret.yaml');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('GITHUB_TOKEN: "{{ .GITHUB_TOKEN }}"', 'GH_TOKEN: "{{ .GH_TOKEN }}"'),
  );
  const espalier = join(root, 'scripts', 'espalier.mjs');
  return run(process.execPath, espalier, 'diff', 'main', '--path', 'dist', '--format', 'markdown');
}

/** A comment as a forge shows it, about. */
function commentPage(markdown: string): string {
  const { HtmlRenderer, Parser } = require('commonmark');
  const html: string = new HtmlRenderer().render(new Parser().parse(markdown));
  const style = `:root { color-scheme: light dark; --ground: #fff; --ink: #1f2328; --line: #d1d9e0; --head: #f6f8fa; --code: #818b981f }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #f0f6fc; --line: #3d444d; --head: #151b23; --code: #656c7633 } }
body { margin: 0; padding: 16px; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
article { border: 1px solid var(--line); border-radius: 8px; overflow: hidden } header { padding: 8px 16px; background: var(--head); border-bottom: 1px solid var(--line); font-size: 13px }
main { padding: 4px 16px 12px } h2 { padding-bottom: 6px; border-bottom: 1px solid var(--line); font-size: 19px } h3 { font-size: 16px }
code { padding: .2em .4em; border-radius: 6px; background: var(--code); font: 85% ui-monospace, "DejaVu Sans Mono", monospace } ul ul, ol ul { list-style: none; padding-left: 4px } input { margin-right: 6px }`;
  const boxes = html.replaceAll('<li>[ ] ', '<li><input type="checkbox">');
  return `<!DOCTYPE html><meta charset="utf-8"><style>${style}</style><article><header><b>espalier</b> commented</header><main>${boxes}</main></article>`;
}

main();
