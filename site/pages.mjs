// The pages of the site: docs/ of a version, the README as the first page, with links that lead where they lead on a forge.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Pages outside of docs/, and what they are called on the site. */
const others = { 'README.md': 'index.md', 'CONTRIBUTING.md': 'contributing.md', 'CHANGELOG.md': 'changelog.md' };

/** A README is the index of its folder, as on a forge; that of docs/ itself leaves the first page to the repository's. */
function placeOf(file) {
  return file === 'README.md' ? 'docs.md' : file.replace(/(^|\/)README\.md$/, '$1index.md');
}

/** The groups of docs/README.md, with their pages: the one index, of which sidebar and llms.txt are made. */
export function readIndex(root) {
  const text = readFileSync(join(root, 'docs', 'README.md'), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      text: section.split('\n')[0],
      pages: [...section.matchAll(/^- \[(.+?)\]\((.+?)\.md\)(?:: (.*))?$/gm)].map(([, text, path, about]) => ({
        text,
        path: placeOf(`${path}.md`).slice(0, -'.md'.length),
        about,
      })),
    }));
}

/**
 * Writes the pages of a checkout.
 *
 * @param repository address of the sources, to which what is no page is linked; undefined where there is none
 */
export function writePages(root, to, repository) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  cpSync(join(root, 'docs'), to, { recursive: true, filter: (path) => !path.endsWith('.md') });
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) =>
    posix.join('docs', file.replaceAll('\\', '/')),
  );
  const places = {
    ...Object.fromEntries(inDocs.map((file) => [file, placeOf(file.slice('docs/'.length))])),
    ...others,
  };
  for (const [file, place] of Object.entries(places)) {
    if (!file.endsWith('.md')) continue;
    const text = readFileSync(join(root, file), 'utf8');
    mkdirSync(dirname(join(to, place)), { recursive: true });
    writeFileSync(join(to, place), linked(text, file, place, places, repository));
  }
}

/** A page with its links as they are between pages of the site. */
export function linked(text, file, place, places, repository) {
  const parts = text.split(/(^```.*?^```$)/ms);
  return parts.map((part, i) => (i % 2 === 1 ? part : relinked(part))).join('');

  function relinked(part) {
    return part
      .replace(/^<!--.*?-->\n/gms, '')
      .replace(/(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g, (whole, image, words, link) => {
        if (/^(?:[a-z]+:|#)/.test(link)) return whole;
        const [path, anchor] = link.split('#');
        const target = posix.normalize(posix.join(posix.dirname(file), path)).replace(/\/$/, '');
        const found = places[target];
        if (found === undefined) {
          return repository === undefined ? words : `[${words}](${repository}/blob/main/${target}${hash(anchor)})`;
        }
        const way = posix.relative(posix.dirname(place), found);
        return `${image}[${words}](${way.startsWith('.') ? way : `./${way}`}${hash(anchor)})`;
      });
  }
}

function hash(anchor) {
  return anchor === undefined ? '' : `#${anchor}`;
}

/** https://llmstxt.org: what there is to read, for a program that reads. */
export function llmsText(index, site) {
  const sections = index.map(
    ({ text, pages }) =>
      `## ${text}\n\n${pages.map((page) => `- [${page.text}](${site}${page.path}.md)${page.about ? `: ${page.about}` : ''}`).join('\n')}\n`,
  );
  return `# Espalier\n\n> Finds what would fail in a Flux repository before Flux does, says what a merge will do to the clusters, and writes the YAML from typed code.\n\n${sections.join('\n')}`;
}
