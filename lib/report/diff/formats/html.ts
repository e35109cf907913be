import { createHash } from 'node:crypto';
import type { ReviewFormat } from './format';
import { effectSections } from './html/effects';
import { findingSections } from './html/findings';
import { objectsSection } from './html/objects';
import { reachSections } from './html/reach';
import { script } from './html/script';
import { style } from './html/style';
import { summary } from './html/summary';
import { text } from './html/text';

/**
 * One file without network access, to look at a large change: all of the review is in its HTML and works without a script, which
 * adds filters. Nothing else runs: the policy names the style and the script by their hashes.
 */
export const html: ReviewFormat = {
  name: 'html',
  summary: 'one file for a browser, without network access: with filters and search',
  render(review) {
    const policy = `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>espalier diff: ${text(review.danger)} danger</title>
<style>${style}</style>
</head>
<body>
${[
  summary(review),
  '<main>',
  ...effectSections(review),
  ...reachSections(review),
  ...findingSections(review),
  ...objectsSection(review),
  '</main>',
].join('\n')}
<script>${script}</script>
</body>
</html>
`;
  },
};

function hash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
