import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renovateConfig, renovateManagers } from '../../lib/systems/renovate';
import { repository } from '../repository';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What the managers find in a source, as Renovate would: every match of every pattern. */
function found(source: string): Record<string, string>[] {
  return renovateManagers.flatMap(({ matchStrings, datasourceTemplate }) =>
    (matchStrings as string[]).flatMap((pattern) =>
      [...source.matchAll(new RegExp(pattern, 'g'))].map(({ groups }) => {
        const given = Object.entries(groups ?? {}).filter(([, value]) => value !== undefined);
        return { datasource: String(datasourceTemplate), ...Object.fromEntries(given) };
      }),
    ),
  );
}

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
])('%s is found', (_, source, expected) => {
  expect(found(source)).toEqual(expected);
});

test('the patterns have nothing that RE2 lacks', () => {
  const patterns = renovateManagers.flatMap(({ matchStrings }) => matchStrings as string[]);
  for (const pattern of patterns) {
    expect(pattern).not.toMatch(/\(\?<?[=!]|\\[1-9]|\\k</);
    expect(() => new RegExp(pattern)).not.toThrow();
  }
});

test('what the group finds is what Renovate replaces: once in what matches', () => {
  const [pattern] = renovateManagers.flatMap(({ matchStrings }) => matchStrings as string[]);
  const [match = ''] = new RegExp(pattern ?? '').exec("pinned('acme/shop', '1.4.2')") ?? [];
  expect(match.replace('1.4.2', '1.5.0')).toBe("pinned('acme/shop', '1.5.0'");
});

test('docs/images-and-renovate.md shows it', () => {
  const page = readFileSync(join(repository, 'docs', 'images-and-renovate.md'), 'utf8');
  expect(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toEqual(renovateConfig('dist'));
});

test('the configuration leaves the tree alone', () => {
  expect(renovateConfig('dist')).toMatchObject({ ignorePaths: ['dist/**'], customManagers: renovateManagers });
  expect(renovateConfig()).not.toHaveProperty('ignorePaths');
});
