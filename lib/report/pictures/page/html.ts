import { createHash } from 'node:crypto';
import { xml } from '../xml';
import type { PageData } from './data';
import { script } from './script.generated';
import { pageStyle } from './style';

/**
 * Pictures as one HTML file that loads nothing: data, style and code are within it. The browser runs that code and no other, whatever
 * the tree holds: the policy names it by its hash, and the data is JSON that no tag can end.
 *
 * @returns the file; the same for the same data
 */
export function renderPage(data: PageData): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${xml(data.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<noscript>This page draws its pictures with JavaScript. espalier graph --format svg makes files that need none.</noscript>
<script type="application/json" id="data">${json(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON within a script element: no tag, no comment and no end of one. */
function json(data: PageData): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
