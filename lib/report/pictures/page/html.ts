import { htmlDocument } from '../../html-document';
import { xml } from '../xml';
import type { PageData } from './data';
import { script } from './script.generated';
import { pageStyle } from './style';

/**
 * Pictures as one HTML file that loads nothing: data, style and code are within it. The data is JSON that no tag can end.
 *
 * @returns the file; the same for the same data
 */
export function renderPage(data: PageData): string {
  return htmlDocument({
    title: xml(data.title),
    style: pageStyle,
    body: `<noscript>This page draws its pictures with JavaScript. espalier graph --format svg makes files that need none.</noscript>
<script type="application/json" id="data">${json(data)}</script>`,
    script,
  });
}

/** JSON within a script element: no tag, no comment and no end of one. */
function json(data: PageData): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
