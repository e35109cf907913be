import fc from 'fast-check';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, nasty, plain, resultOf, unseen, withChain, withoutFrame } from './results';

const render = formats.markdown.render;

test('a list by file, details folded', () => {
  expect(render(faulty, plain)).toBe(`## espalier check: 2 errors, 1 warning in 2 files

34 files, 41 resources, 7 Kustomizations in 3 clusters checked; 1 suppressed

### <code>apps/backstage/deployment.yaml</code>

- **error** 31:22 Secret backstage/backstage-db-secret has no key <code>hots</code>; did you mean <code>host</code>? <code>secrets/missing-key</code>

  <details><summary>Deployment backstage/backstage</summary>

  **chain:** Deployment/backstage → env POSTGRES_HOST → Secret/backstage-db-secret key <code>hots</code>

  only in clusters prod, staging

  \`\`\`text
    30 |               secretKeyRef:
  > 31 |                 key: hots
       |                      ^
    32 |                 name: backstage-db-secret
  \`\`\`

  **fix:** name a key that the Secret has

  </details>

- **error** 36:22 Secret backstage/backstage-db-secret has no key <code>prot</code>; did you mean <code>port</code>? <code>secrets/missing-key</code>

  <details><summary>Deployment backstage/backstage</summary>

  **fix:** name a key that the Secret has

  </details>

### <code>apps/50%, a:b/ü &#91;x].yaml</code>

- **warning** 2:9 claim "a&#60;b&#62;&#38;c" &#124; ]]&#62; &#92;u001B&#91;2J%0A::error::x ##&#91;group] &#91;a](http&#58;&#8203;//evil) @&#8203;webgrip/all #&#8203;12 &#96;&#96; &#92;u202E next <code>flux/prunes-data</code>

  <details><summary>PersistentVolumeClaim a/&#60;b&#62;</summary>

  \`\`\`\`text
    1 | \`\`\` </details>
  > 2 |   name: 中\\u001B[31m "x"
      |           ^
  \`\`\`\`

  **fix:** annotate the claim with <code>kustomize.toolkit.fluxcd.io/prune: disabled</code>

  </details>

### Not judged

- <code>apps/charts/ks.yaml:4</code> what Kustomization flux-system/charts applies is not known
- there is no schema for example.com/v1 Widget
`);
});

test('nothing found: the summary', () => {
  expect(render(clean, plain)).toBe(`## espalier check: No findings

34 files, 41 resources, 7 Kustomizations checked
`);
});

test('where a repository shows the files, each finding links to its line', () => {
  const repository = 'https://github.com/webgrip/soyo/blob/4f2c1d0/';
  const text = render(resultOf(withoutFrame, nasty), { ...plain, repository });
  expect(text.match(/\[.*?\]\(.*?\)/g)).toEqual([
    '[36:22](https://github.com/webgrip/soyo/blob/4f2c1d0/apps/backstage/deployment.yaml#L36)',
    '[2:9](https://github.com/webgrip/soyo/blob/4f2c1d0/apps/50%25%2C%20a%3Ab/%C3%BC%20%5Bx%5D.yaml#L2)',
  ]);
});

test('what would be too long for a comment has no details', () => {
  const text = render(resultOf(...Array<typeof withChain>(200).fill(withChain)), plain);
  expect(text.length).toBeLessThan(65_536);
  expect(text.match(/^- \*\*error/gm)?.length).toBe(200);
  expect(text).not.toContain('<details>');
});

test('what would be too long even so says how much is missing', () => {
  const warning = { ...withoutFrame, severity: 'warning' as const };
  const findings = Array.from({ length: 1000 }, (_, i) => (i < 900 ? withChain : warning));
  const text = render({ ...faulty, findings }, plain);
  expect(text.length).toBeLessThan(65_536);
  const written = text.match(/^- \*\*error/gm)?.length ?? 0;
  expect(written).toBeGreaterThan(300);
  expect(text.split('\n').slice(-4)).toEqual([
    `… and ${1000 - written} more: ${900 - written} errors, 100 warnings.`,
    '',
    '… and 2 that could not be judged.',
    '',
  ]);
});

/** The report as a reader sees it. The package has no types of its own. */
function toHtml(text: string): string {
  const { HtmlRenderer, Parser } = require('commonmark');
  return new HtmlRenderer().render(new Parser().parse(text));
}

test('whatever the texts, only the report itself is marked up', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const { findings, unknowns } = result;
      const text = render(result, { ...plain, repository: 'https://example.com' });
      expect(text).not.toMatch(unseen);
      const html = toHtml(text);
      const count = (tag: RegExp) => html.match(tag)?.length ?? 0;
      const framed = findings.filter(({ frame, line }) => frame.some(({ number }) => Math.abs(number - line) <= 1));
      expect({
        headings: count(/<h\d>/g),
        items: count(/<li>/g),
        details: [count(/<details>/g), count(/<\/details>/g)],
        links: count(/<a /g),
        blocks: count(/<pre>/g),
        others: html.match(/<(?!\/|h\d|p>|ul>|li>|details>|summary>|strong>|code|a |pre>)/g),
      }).toEqual({
        headings: 1 + new Set(findings.map(({ file }) => file)).size + (unknowns.length > 0 ? 1 : 0),
        items: findings.length + unknowns.length,
        details: [findings.length, findings.length],
        links: findings.length,
        blocks: framed.length,
        others: null,
      });
      // What GitHub looks for beyond CommonMark, in text and not in code.
      const words = html.replace(/<pre>.*?<\/pre>|<code>.*?<\/code>|<[^>]*>/gs, ' ');
      const decoded = words.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
      expect(decoded).not.toMatch(/@\w|#\d|:\/\/|www\.(?!\u200b)/i);
    }),
  );
});
