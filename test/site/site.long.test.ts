import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { describeInBrowser } from '../../scripts/browser';
import { repository, run, temporaryFolder } from '../repository';

/** The docs site, as `npm run site` builds it. Its generator is installed by that alone: without, this is skipped. */
const isInstalled = existsSync(join(repository, 'site', 'node_modules', 'vitepress'));
const out = process.env.ESPALIER_SITE ?? join(temporaryFolder(), 'site');
const describeSite = isInstalled ? describe : describe.skip;

describeSite('the docs site (needs npm ci --prefix site)', () => {
  let files: readonly string[] = [];
  const read = (file: string) => readFileSync(join(out, file), 'utf8');
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (file: string) => {
    const known = ids.get(file) ?? new Set([...read(file).matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id));
    ids.set(file, known);
    return known;
  };

  beforeAll(() => {
    if (!existsSync(join(out, 'index.html'))) {
      const { code, stderr, stdout } = run(process.execPath, ['site/build.mjs', out, '--only-this']);
      if (code !== 0) throw new Error(stdout + stderr);
    }
    files = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  }, 300_000);

  test('every link leads to a page and a heading that are there', () => {
    const pages = files.filter((file) => file.endsWith('.html') && file !== '404.html');
    expect(pages.length).toBeGreaterThan(50);
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [path = '', anchor] = link.split('#');
          const target =
            path === '' ? page : path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path);
          const file = [target, `${target}.html`, posix.join(target, 'index.html')].find((each) =>
            pages.includes(each),
          );
          return file === undefined || (anchor && !idsOf(file).has(decodeURIComponent(anchor)));
        })
        .map((link) => `${page}: ${link}`),
    );
    expect([...new Set(broken)]).toEqual([]);
  });

  test('llms.txt names pages that a program can read', () => {
    const links = [...read('llms.txt').matchAll(/\]\((.+?)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((link) => !files.includes(new URL(link, 'http://site').pathname.slice(1)))).toEqual([]);
  });

  describeInBrowser('it', (browser) => {
    const types: Readonly<Record<string, string>> = {
      '.html': 'text/html',
      '.js': 'text/javascript',
      '.css': 'text/css',
    };
    /** The browser has no network: what it asks for is answered from the folder. */
    async function answer(route: Route) {
      const path = decodeURIComponent(new URL(route.request().url()).pathname).slice(1);
      const file = [path, `${path}.html`, join(path, 'index.html')].find(
        (each) => files.includes(each) && extname(each),
      );
      if (file === undefined) return route.fulfill({ status: 404, body: '' });
      return route.fulfill({ path: join(out, file), contentType: types[extname(file)] ?? 'text/plain' });
    }

    async function open(path: string, options: Parameters<ReturnType<typeof browser>['newPage']>[0] = {}) {
      const page = await browser().newPage(options);
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await page.route('**/*', answer);
      await page.goto(`http://site${path}`, { waitUntil: 'networkidle' });
      return { page, faults };
    }
    const widerThanScreen = (page: Page) =>
      page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

    test.each(['/', '/check', '/checks', '/constructs/', '/diff', '/changelog'])('%s fits a phone', async (path) => {
      const { page, faults } = await open(path, { viewport: { width: 390, height: 844 } });
      expect({ faults, wide: await widerThanScreen(page), title: await page.locator('h1').count() }).toEqual({
        faults: [],
        wide: false,
        title: 1,
      });
      await page.close();
    });

    test('search finds a rule', async () => {
      const { page } = await open('/');
      await page.keyboard.press('Control+k');
      await page.locator('#localsearch-input').fill('missing-key');
      await page.locator('.results a').first().waitFor();
      const found = await page
        .locator('.results a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(found).toContain('/checks.html#secretsmissing-key');
      await page.close();
    });

    test('it is dark where the reader wants it dark', async () => {
      const colourOf = async (colorScheme: 'dark' | 'light') => {
        const { page } = await open('/check', { colorScheme });
        const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        await page.close();
        return colour;
      };
      expect([await colourOf('light'), await colourOf('dark')]).toEqual(['rgb(255, 255, 255)', 'rgb(27, 27, 31)']);
    });
  });
});
