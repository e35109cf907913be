import { createHash } from 'node:crypto';

/** What a page consists of; all of it but the script and the style has been made inert. */
export interface HtmlDocument {
  /** Escaped for HTML. */
  readonly title: string;
  readonly style: string;
  readonly body: string;
  readonly script: string;
}

/**
 * One HTML file that loads nothing. The browser runs its script and no other, whatever the tree holds: the content security policy
 * names script and style by their hashes.
 */
export function htmlDocument({ title, style, body, script }: HtmlDocument): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
<script>${script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
