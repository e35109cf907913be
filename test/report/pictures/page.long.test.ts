import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser } from '../../../scripts/browser';
import { fluxKustomization, object } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { attacked, htmlOf } from './page-of';
import { shop } from './trees';

describeInBrowser('the page', (browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-page-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let page: Page;
  let troubles: string[];

  async function open(texts: Texts, options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
    const file = join(folder, 'page.html');
    writeFileSync(file, await htmlOf(texts));
    page = await browser().newPage({ viewport: { width: 1200, height: 800 }, ...options });
    troubles = [];
    page.on('pageerror', ({ message }) => troubles.push(message));
    page.on('console', (message) => troubles.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) troubles.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('.status:not(:empty)');
  }

  afterEach(async () => {
    expect(troubles).toEqual([]);
    await page.close();
  });

  // Cards are drawn with the next frame, all at once.
  const names = async () => {
    await page.locator('.card').first().waitFor();
    return page.locator('.card .name').allTextContents();
  };
  const focused = () =>
    page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");

  it('shows every node with its name, and loads nothing from anywhere', async () => {
    await open(shop);
    expect((await names()).sort()).toEqual([
      'kv/shared/token',
      'kv/shop/web',
      'lost',
      'out',
      'token',
      'token',
      'web',
      'web',
      'web',
    ]);
    expect(await page.getByRole('button', { name: 'Secret lost, namespace shop, missing' }).count()).toBe(1);
  });

  it('opens the details of a node at a click: YAML, file, findings, neighbours that lead on', async () => {
    await open(shop);
    await page.getByRole('button', { name: /^Deployment web/ }).click();
    const panel = page.getByRole('complementary');
    expect(await panel.locator('.path').textContent()).toBe('shop/app.yaml');
    expect(await panel.locator('pre').textContent()).toContain('kind: Deployment\n');
    await panel.getByRole('button', { name: /^Secret web/ }).click();
    expect(await panel.locator('h2').textContent()).toBe('web');
    expect(await panel.locator('.caption').last().textContent()).toBe('Secret');
    await page.keyboard.press('Escape');
    expect(await panel.count()).toBe(0);
  });

  it('shows what the rules have found in a node', async () => {
    const pod = object(
      'v1',
      'Pod',
      'p',
      'spec: { containers: [{ name: a, image: "x:1", envFrom: [{ secretRef: { name: gone } }] }] }',
    );
    await open({ ...shop, 'shop/pod.yaml': pod });
    await page.getByRole('button', { name: /^Pod p, namespace shop, \d+ finding/ }).click();
    expect(await page.locator('.finding').first().textContent()).toContain('secrets/missing');
  });

  it('is worked by keys alone', async () => {
    await open(shop);
    await page.keyboard.press('/');
    expect(await focused()).toBe('Search');
    await page.keyboard.type('shared');
    expect(await page.locator('.results [role=option]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.locator('.card:focus').waitFor();
    expect(await focused()).toBe('Vault KV v2 kv/shared/token');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('ExternalSecret token, namespace billing, 1 finding');
    await page.keyboard.press('Enter');
    expect(await page.locator('.panel h2').textContent()).toBe('token');
    expect(await focused()).toBe('Close the details (Escape)');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('ExternalSecret token, namespace billing, 1 finding');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('stage');
    await page.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Flux order');
    expect((await names()).sort()).toEqual(['Flux', 'billing', 'gone', 'shop', 'stores']);
  });

  it('pans and zooms by mouse, wheel and keys, and fits all in again', async () => {
    await open(shop);
    const where = () => page.locator('#stage > svg > g').getAttribute('transform');
    const frame = () =>
      page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const seen = [await where()];
    const act = async (what: () => Promise<unknown>) => {
      await what();
      await frame();
      seen.push(await where());
    };
    await act(async () => {
      await page.mouse.move(600, 700);
      await page.mouse.down();
      await page.mouse.move(500, 650);
      await page.mouse.up();
    });
    await act(() => page.mouse.wheel(0, -200));
    await page.locator('#stage').focus();
    await act(() => page.keyboard.press('ArrowLeft'));
    await act(() => page.keyboard.press('+'));
    await act(() => page.keyboard.press('-'));
    await act(() => page.keyboard.press('0'));
    expect(seen.slice(1).filter((place, i) => place === seen[i])).toEqual([]);
    expect(seen.at(-1)).toBe(seen[0]);
  });

  it('shows thousands of nodes from afar, and those as elements that are in sight', async () => {
    const apps = Array.from({ length: 700 }, (_, i) => `app-${i}`);
    const objects = (app: string) =>
      object('v1', 'Secret', app, '', app) +
      object('v1', 'Pod', app, `spec: { containers: [{ name: a, envFrom: [{ secretRef: { name: ${app} } }] }] }`, app);
    await open({
      'flux/ks.yaml': apps.map((app) => fluxKustomization(app, `./${app}`)).join(''),
      ...Object.fromEntries(apps.map((app) => [`${app}/a.yaml`, objects(app)])),
    });
    expect(await page.locator('.status').textContent()).toMatch(/^1400 nodes .* zoom in to read$/);
    expect(await page.locator('.card').count()).toBe(0);
    await page.keyboard.press('/');
    await page.keyboard.type('app-612');
    await page.keyboard.press('Enter');
    await page.locator('.card:focus').waitFor();
    expect(await page.locator('.panel h2').textContent()).toBe('app-612');
    expect(await page.locator('.card').count()).toBeLessThanOrEqual(400);
    await page.getByLabel('App', { exact: true }).selectOption('flux-system/app-7');
    await page.locator('.card.chosen').waitFor({ state: 'detached' });
    expect(await names()).toEqual(['app-7', 'app-7']);
  });

  it('looks at one app or one namespace', async () => {
    await open(shop);
    await page.getByLabel('Namespace', { exact: true }).selectOption('billing');
    await page.getByRole('button', { name: /^Deployment/ }).waitFor({ state: 'detached' });
    expect((await names()).sort()).toEqual(['kv/shared/token', 'kv/shop/web', 'out', 'token', 'token', 'web', 'web']);
    expect(await page.locator('.status').textContent()).toContain('7 of 9 nodes');
  });

  it('follows the reader’s theme, until the button says another', async () => {
    await open(shop, { colorScheme: 'dark' });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).toBe('rgb(13, 17, 23)');
    await page.getByRole('button', { name: /^Theme/ }).click();
    expect(await ground()).toBe('rgb(246, 248, 250)');
  });

  it('prints in light colours, the picture alone, at the size of the paper', async () => {
    await open(shop, { colorScheme: 'dark' });
    const events: string[] = [];
    await page.exposeFunction('printed', (box: string) => events.push(box));
    await page.evaluate(
      `for (const name of ['beforeprint', 'afterprint']) addEventListener(name, () => printed(String(document.querySelector('.stage > svg').getAttribute('viewBox'))))`,
    );
    await page.pdf();
    expect(events).toEqual([expect.stringMatching(/^0 0 \d+ \d+$/), 'null']);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(246, 248, 250)');
    expect(await page.getByRole('button', { name: 'Fit all (0)' }).isVisible()).toBe(false);
    expect(await page.locator('.card').first().isVisible()).toBe(true);
  });

  it('leaves the chosen node in sight where the details are below it', async () => {
    await open(shop, { viewport: { width: 480, height: 700 } });
    await page.keyboard.press('/');
    await page.keyboard.type('web');
    await page.keyboard.press('Enter');
    const card = page.locator('.card:focus');
    await card.waitFor();
    const [node, panel] = [await card.boundingBox(), await page.locator('.panel').boundingBox()];
    expect((node?.y ?? 0) + (node?.height ?? 0)).toBeLessThanOrEqual(panel?.y ?? 0);
  });

  it('leads by its address to a picture, an app and a node, and says there what is looked at', async () => {
    await open(shop);
    const address = () => new URLSearchParams(new URL(page.url()).hash.slice(1));
    await page.getByRole('button', { name: /^Deployment web/ }).click();
    const node = 'Deployment/shop/web';
    expect(Object.fromEntries(address())).toEqual({ of: 'secrets', node });
    const goTo = async (place: Readonly<Record<string, string>>) => {
      await page.evaluate(`location.hash = '${new URLSearchParams(place)}'`);
      await page.locator('.card').first().waitFor();
    };
    await goTo({ of: 'order' });
    await page.locator('.card .name', { hasText: 'billing' }).waitFor();
    await goTo({ of: 'secrets', namespace: 'billing' });
    await page.locator('.status', { hasText: '7 of 9 nodes' }).waitFor();
    await goTo({ of: 'secrets', node });
    expect(await page.locator('.panel h2').textContent()).toBe('web');
    await goTo({ of: 'none', app: 'gone', node: 'Nothing/here' });
    await page.locator('.status', { hasText: /^9 nodes/ }).waitFor();
    expect(await page.locator('.panel').count()).toBe(1);
    expect(await page.locator('.panel').isVisible()).toBe(false);
  });

  it('begins on a phone with text that can be read, and has all of its tools within the width', async () => {
    await open(shop, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await page.locator('.card').first().waitFor();
    expect(await page.locator('.status').textContent()).toMatch(/^9 nodes · 1\d\d %$/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    for (const name of ['Fit all (0)', /^Theme/]) {
      const { x = 0, width = 0 } = (await page.getByRole('button', { name }).boundingBox()) ?? {};
      expect(x + width).toBeLessThanOrEqual(390);
    }
    const card = page.getByRole('button', { name: /^ExternalSecret web/ }).first();
    await card.tap();
    expect(await page.locator('.panel h2').textContent()).toBe('web');
  });

  it('draws one column on a phone, without what is filtered away, and the whole again where the phone is turned', async () => {
    await open(shop, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const boxes = () =>
      page.evaluate<{ left: number; right: number; top: number }[]>(
        `[...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top }))`,
      );
    await page.getByRole('tab', { name: 'Flux order' }).tap();
    expect((await names()).length).toBe(5);
    for (const { left, right } of await boxes()) expect([left >= 0, right <= 390]).toEqual([true, true]);
    expect(new Set((await boxes()).map(({ top }) => top)).size).toBe(5);
    await page.getByLabel('App', { exact: true }).selectOption('flux-system/shop');
    await page.locator('.card .name', { hasText: 'gone' }).waitFor({ state: 'detached' });
    const few = (await boxes()).map(({ top }) => top).sort((a, b) => a - b);
    expect((few.at(-1) ?? 0) - (few[0] ?? 0)).toBeLessThan(100 * few.length);
    await page.setViewportSize({ width: 844, height: 390 });
    await page.locator('.status', { hasText: 'nodes' }).waitFor();
    await page.waitForFunction("document.querySelectorAll('.card').length > 0");
    expect(await page.evaluate('new URLSearchParams(location.hash.slice(1)).get("app")')).toBe('flux-system/shop');
  });

  it('says of a picture without nodes that there is nothing, and offers no tools for it', async () => {
    await open({ 'a.yaml': object('v1', 'Secret', 'a', 'stringData: { k: v }') });
    expect(await page.locator('.status').textContent()).toMatch(/^1 node · /);
    await page.getByRole('tab', { name: 'Flux order' }).click();
    expect(await page.locator('.empty').textContent()).toBe('Nothing to show: there is no Kustomization of Flux.');
    expect(await page.locator('.corner').isVisible()).toBe(false);
  });

  it('runs nothing that stands in the tree, and shows it as text', async () => {
    await open(attacked);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe, object').count()).toBe(0);
    const card = page.getByRole('button', { name: /^Pod <\/script>/ });
    await card.first().dispatchEvent('focus');
    await card.first().click();
    expect(await page.locator('.panel h2').textContent()).toContain('</script><script>window.hacked');
    expect(await page.locator('.panel pre').textContent()).toContain('</script><script>window.hacked = 1</script>');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    await page.getByRole('tab').last().click();
  });
});
