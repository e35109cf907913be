import type { Review } from '../../../lib/changes/review';
import { reviewFormats } from '../../../lib/report/diff';
import { chart, chartReview, configMap, release, repository, workload } from '../../changes/charts/charts-review';

const names = ['a', 'b', 'c', 'd'];
const side = (version: string, selector: string) => ({
  objects: repository + names.map((name) => release(name, 'app', version)).join(''),
  charts: {
    app: chart(version, (name) => [
      workload(name, { selector, version }),
      configMap(`${name}-config`, { url: `https://${name}.example.org/${version}` }, { labels: { chart: version } }),
      configMap(`${name}-plain`, {}, { labels: { chart: version } }),
    ]),
  },
});
const upgrade = () => chartReview(side('3.7.3', 'component'), side('4.0.1', 'controller'));
const rendered = (review: Review, format: 'markdown' | 'pretty' | 'html') =>
  reviewFormats[format].render(review, { color: false, width: 120 });

test('a comment begins with what an upgrade does in the cluster; equal changes are folded over its releases', async () => {
  const text = rendered(await upgrade(), 'markdown');
  expect(text.slice(0, text.indexOf('### Needs a person'))).toBe(`<!-- espalier diff -->
## espalier diff: 🟠 high danger, 12 objects differ

- 🟠 <b>app 3.7.3 → 4.0.1</b> in 4 releases: each upgrade fails: <code>spec.selector</code> of 4 Deployments cannot be changed; other changes: configuration (4); 4 of 12 objects change in labels or checksums alone.

Cluster cluster: 12 changed. From before to after.

**1 thing for a person to do.** 4 objects are upgraded.

`);
  expect(text.slice(text.indexOf('### Changes by chart'), text.indexOf('### Changes by Kustomization'))).toBe(
    `### Changes by chart

<details><summary><b>app 3.7.3 → 4.0.1</b> in 4 releases: 8 changed</summary>

HelmRelease shop/a, HelmRelease shop/b, HelmRelease shop/c, HelmRelease shop/d

<b>changed 4 Deployments</b>: Deployment shop/a, Deployment shop/b, Deployment shop/c and 1 more

\`\`\`diff
@@ spec.selector.matchLabels.component @@
-a
@@ spec.selector.matchLabels.controller @@
+a
@@ spec.template.metadata.labels.component @@
-a
@@ spec.template.metadata.labels.controller @@
+a
\`\`\`

<b>changed 4 ConfigMaps</b>: ConfigMap shop/a-config, ConfigMap shop/b-config, ConfigMap shop/c-config and 1 more

\`\`\`diff
@@ data.url @@
-https://a.example.org/3.7.3
+https://a.example.org/4.0.1
\`\`\`

</details>

`,
  );
});

test('a terminal and a page have the same', async () => {
  const review = await upgrade();
  const lines = rendered(review, 'pretty').split('\n');
  expect(lines.filter((line) => line.startsWith('app 3.7.3 → 4.0.1'))).toEqual([
    'app 3.7.3 → 4.0.1 in 4 releases: each upgrade fails: `spec.selector` of 4 Deployments cannot be changed; other changes:',
    'app 3.7.3 → 4.0.1 in 4 releases 8 changed',
  ]);
  expect(lines).toContain('  changed 4 Deployments');
  expect(rendered(review, 'html')).toContain(
    '<b>app 3.7.3 → 4.0.1</b> in 4 releases: each upgrade fails: <code>spec.selector</code> of 4 Deployments cannot be changed',
  );
});

test('of more than three upgrades, the first lines count the others', async () => {
  const many = (version: string) => ({
    objects: repository + names.map((name) => release(name, name, version)).join(''),
    charts: Object.fromEntries(names.map((name) => [name, chart(version, () => [configMap(name, { version })])])),
  });
  const text = rendered(await chartReview(many('1.0.0'), many('1.1.0')), 'markdown');
  expect(text).toContain(`- 🟢 <b>c 1.0.0 → 1.1.0</b> in HelmRelease shop/c: other changes: configuration.
- … and 1 other upgrade: d 1.0.0 → 1.1.0.
`);
});

test('a release with other values is told by its name', async () => {
  const objects = (image: string) => repository + release('plex', 'app', '4.0.1', `values: { image: '${image}' }`);
  const charts = { app: chart('4.0.1', (name, { image }) => [workload(name, { image: String(image) })]) };
  const text = rendered(
    await chartReview({ objects: objects('acme/plex:1'), charts }, { objects: objects('acme/plex:2'), charts }),
    'markdown',
  );
  expect(text).toContain(
    '- 🟡 <b>HelmRelease shop/plex</b> (app 4.0.1): image <code>acme/plex</code> <code>1</code> → <code>2</code>; Deployment shop/plex restarts.\n',
  );
});

test('what a Secret of the tree puts into the values is not shown in what the chart makes of it', async () => {
  const secret = (token: string) =>
    `---\napiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: shop }\nstringData: { token: ${token} }\n`;
  const from = 'valuesFrom: [{ kind: Secret, name: login, valuesKey: token, targetPath: token }]';
  const side = (token: string) => ({
    objects: repository + secret(token) + release('a', 'app', '1.0.0', from),
    charts: {
      app: chart('1.0.0', (name, values) => [
        configMap(name, { mixed: `user ${values.token} at ${token.length}` }),
        { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { copy: String(values.token) } },
      ]),
    },
  });
  const review = await chartReview(side('hunter2-of-old-9f3a'), side('hunter2-of-new-77c1x'));
  const all = ['markdown', 'pretty', 'html'].map((format) => rendered(review, format as 'html')).join('');
  expect(all).toContain('Secret shop/a');
  expect(all).toContain('ConfigMap shop/a');
  expect(all).not.toContain('hunter2');
});
