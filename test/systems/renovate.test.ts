import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RE2JS } from 're2js';
import { renovateConfig, renovateManagers } from '../../lib/systems/renovate';
import { repository } from '../repository';
import { foundByRenovate, updatedByRenovate } from './renovate';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const shop = { datasource: 'docker', depName: 'ghcr.io/acme/shop', currentValue: '1.4.2' };

test.each<[string, string, Record<string, string>[]]>([
  ['an image', "image: pinned('ghcr.io/acme/shop', '1.4.2'),", [shop]],
  ['its parts, in double quotes', 'pinnedParts("ghcr.io/acme/shop", "1.4.2")', [shop]],
  ['with a digest', `pinned('ghcr.io/acme/shop', '1.4.2@${digest}')`, [{ ...shop, currentDigest: digest }]],
  ['with a policy', "pinned('ghcr.io/acme/shop', '1.4.2', { policy: 'flux-system:shop' })", [shop]],
  ['on several lines', "pinned(\n  'ghcr.io/acme/shop',\n  '1.4.2',\n)", [shop]],
  [
    'two on a line',
    "[pinned('a', '1'), pinned('b:5000/c', 'v2-rc.1')]",
    [
      { datasource: 'docker', depName: 'a', currentValue: '1' },
      { datasource: 'docker', depName: 'b:5000/c', currentValue: 'v2-rc.1' },
    ],
  ],
  ['no variable', 'pinned(repository, tag)', []],
  ['no other function', "unpinned('ghcr.io/acme/shop', '1.4.2')", []],
  [
    'a chart of a registry',
    "chart: { oci: 'oci://ghcr.io/acme/charts/web' },\n  version: '6.9.0',",
    [{ datasource: 'docker', depName: 'ghcr.io/acme/charts/web', currentValue: '6.9.0' }],
  ],
  [
    'the version first',
    "version: '6.9.0', chart: {\n oci: 'oci://ghcr.io/acme/charts/web',\n},",
    [{ datasource: 'docker', depName: 'ghcr.io/acme/charts/web', currentValue: '6.9.0' }],
  ],
  [
    'a chart of a repository',
    "chart: { repository: 'https://charts.acme.example', name: 'web' }, version: '1.2.3'",
    [{ datasource: 'helm', registryUrl: 'https://charts.acme.example', depName: 'web', currentValue: '1.2.3' }],
  ],
  ['no chart without its version beside it', "chart: { oci: 'oci://ghcr.io/a/b' }, interval: '1h'", []],
  ['an image as YAML has it', "image: 'ghcr.io/acme/shop:1.4.2',", [shop]],
  [
    'an image with a digest, of a registry with a port',
    `runnerImage: 'acme:5000/shop:1.4.2@${digest}' }`,
    [{ datasource: 'docker', depName: 'acme:5000/shop', currentValue: '1.4.2', currentDigest: digest }],
  ],
  ['imageName, with a comment', "imageName: commented('ghcr.io/acme/shop:1.4.2', 'why', 'end'),", [shop]],
  ['no image without a tag', "image: 'localhost:5000/shop', image: 'shop'", []],
  ['repository and tag', "image: { repository: 'ghcr.io/acme/shop', tag: '1.4.2' },", [shop]],
  [
    'repository and tag on several lines',
    `image: {\n  repository: 'ghcr.io/acme/shop',\n  pullPolicy: 'Always',\n  tag: '1.4.2@${digest}',\n},`,
    [{ ...shop, currentDigest: digest }],
  ],
  ['tag and repository', "image: { tag: '1.4.2', repository: 'ghcr.io/acme/shop' },", [shop]],
  ['registry and repository', "{ registry: 'ghcr.io', repository: 'acme/shop', tag: '1.4.2' }", [shop]],
  ['tag, registry and repository', "{\n tag: '1.4.2',\n registry: 'ghcr.io',\n repository: 'acme/shop',\n}", [shop]],
  [
    'a digest of its own',
    `{ repository: 'ghcr.io/acme/shop', tag: '1.4.2', digest: '${digest}' }`,
    [{ ...shop, currentDigest: digest }],
  ],
  [
    'repository and tag with comments',
    "repository: commented('ghcr.io/acme/shop', textBlock`\n  Why:\n  don't ask`),\ntag: commented('1.4.2', \"it's ours\", 'end'),",
    [shop],
  ],
  ['no tag of a variable', "{ repository: 'ghcr.io/acme/shop', tag: variable('TAG') }", []],
  [
    'ref and url',
    "spec: {\n  layerSelector: { mediaType: 'a/b+c', operation: 'copy' },\n  ref: { tag: '1.4.2' },\n  url: 'oci://ghcr.io/acme/shop',\n},",
    [shop],
  ],
  [
    'url and ref',
    `spec: { interval: '1h', url: 'oci://ghcr.io/acme/shop', suspend: true, layerSelector: { operation: 'copy' }, ref: { tag: '1.4.2', digest: '${digest}' } }`,
    [{ ...shop, currentDigest: digest }],
  ],
  [
    'ref with a comment',
    "ref: {\n  tag: commented('1.4.2', textBlock`\n    2.0 asks for\n    more`),\n},\nurl: 'oci://ghcr.io/acme/shop',",
    [shop],
  ],
  ['no range', "ref: { semver: '>=1.0.0' }, url: 'oci://ghcr.io/acme/shop'", []],
  [
    'a tag of Git',
    "ref: { tag: 'v1.4.2' }, url: 'https://github.com/acme/shop.git'",
    [{ datasource: 'github-tags', depName: 'acme/shop', currentValue: 'v1.4.2' }],
  ],
  [
    'a chart of a handle, with a comment that says its repository',
    "chart: { ref: acmeCharts, name: 'web' },\n    // renovate: datasource=helm depName=web registryUrl=https://charts.acme.example\n    version: '1.2.3',",
    [{ datasource: 'helm', registryUrl: 'https://charts.acme.example', depName: 'web', currentValue: '1.2.3' }],
  ],
  [
    'what has a comment in YAML',
    "kubernetes: { version: commented('v1.36.4', 'renovate: datasource=docker depName=ghcr.io/acme/kubelet') },",
    [{ datasource: 'docker', depName: 'ghcr.io/acme/kubelet', currentValue: 'v1.36.4' }],
  ],
  [
    'a comment with all of it',
    'commented("1.2.3", textBlock`\n  Ours.\n  renovate: datasource=github-releases depName=web packageName=acme/web versioning=loose extractVersion=^v(?<version>.*)$\n`)',
    [
      {
        ...{ datasource: 'github-releases', depName: 'web', packageName: 'acme/web', versioning: 'loose' },
        ...{ extractVersion: '^v(?<version>.*)$', currentValue: '1.2.3' },
      },
    ],
  ],
])('%s is found', (_, source, expected) => {
  expect(foundByRenovate(source)).toEqual(expected);
});

test('the patterns are of RE2', () => {
  for (const pattern of renovateManagers.flatMap(({ matchStrings }) => matchStrings as string[])) {
    expect(() => RE2JS.compile(pattern)).not.toThrow();
  }
});

test.each([
  "pinned('acme/shop', '1.4.2')",
  `image: { repository: 'acme/shop', tag: '1.4.2@${digest}' }`,
  "{ tag: '1.4.2', registry: 'ghcr.io', repository: 'acme/shop' }",
  "ref: { tag: '1.4.2' }, url: 'oci://ghcr.io/acme/shop'",
  "// renovate: datasource=helm depName=web\n  version: '1.4.2',",
])('what is found in %s is what Renovate replaces', (source) => {
  expect(updatedByRenovate(source, '1.5.0')).toBe(source.replace('1.4.2', '1.5.0'));
});

test('docs/images-and-renovate.md shows it', () => {
  const page = readFileSync(join(repository, 'docs', 'images-and-renovate.md'), 'utf8');
  expect(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toEqual(renovateConfig('dist'));
});

test('the configuration leaves the tree alone', () => {
  expect(renovateConfig('dist')).toMatchObject({ ignorePaths: ['dist/**'], customManagers: renovateManagers });
  expect(renovateConfig()).not.toHaveProperty('ignorePaths');
});
