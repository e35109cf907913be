import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
  await browser.close();
  rmSync(folder, { recursive: true });
}

main();
