import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

/** What build.mjs says of the version that is built. */
const { index, versions, version, base, repository } = JSON.parse(readFileSync('.pages.json', 'utf8'));

export default defineConfig({
  title: 'Espalier',
  description: 'Finds what would fail in a Flux repository before Flux does',
  lang: 'en',
  base,
  srcDir: '.pages',
  outDir: process.env.ESPALIER_SITE_OUT,
  cleanUrls: false,
  lastUpdated: false,
  head: [['meta', { name: 'theme-color', content: '#2f6f4f' }]],
  markdown: {
    // Pages are Markdown, as a forge shows it, and no programs: neither HTML nor what Vue would evaluate.
    html: false,
    config: (md) => {
      for (const rule of ['text', 'code_inline']) {
        const render = md.renderer.rules[rule];
        md.renderer.rules[rule] = (...args) => (render?.(...args) ?? '').replaceAll('{{', '&#123;&#123;');
      }
    },
    // Anchors as a forge makes them: links between pages lead to the same headings on both.
    anchor: {
      slugify: (heading: string) =>
        heading
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
    },
    languageAlias: { console: 'shellsession' },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Rules', link: '/checks' },
      { text: 'Constructs', link: '/constructs/' },
      {
        text: version,
        items: versions.map(({ name, path }: { name: string; path: string }) => ({
          text: name,
          link: path,
          target: '_self',
        })),
      },
    ],
    sidebar: index.map(({ text, pages }: { text: string; pages: { text: string; path: string }[] }) => ({
      text,
      collapsed: false,
      items: pages.map((page) => ({ text: page.text, link: `/${page.path.replace(/index$/, '')}` })),
    })),
    ...(repository && { socialLinks: [{ icon: 'github', link: repository }] }),
  },
});
