import { fluxKustomization, graphOf, object } from '../../graph/graph';
import { mermaidBlocks, parseMermaid } from '../../mermaid';
import { headings, pageOf, pagesIn, pagesOfFolder, section } from './site';

const soyo = pagesOfFolder('dist');
const fleet = pagesOfFolder('examples/fleet/dist');
const byHand = pagesOfFolder('test/checks/trees/by-hand');
const backstage = soyo.get('soyo/backstage.md') ?? '';

test('each app has a page, and each cluster an index', () => {
  const files = ['README.md', 'backstage.md', 'cloudnative-pg.md', 'external-secrets-stores.md', 'external-secrets.md'];
  expect([...soyo.keys()]).toEqual(files.map((file) => `soyo/${file}`));
  expect([...fleet.keys()]).toEqual(
    ['production', 'staging'].flatMap((cluster) => files.map((file) => `${cluster}/${file}`)),
  );
  expect([...byHand.keys()]).toEqual(files.map((file) => `by-hand/${file}`));
});

test('a page has the sections of the specification, and those that an operator needs besides', () => {
  expect(headings(backstage)).toEqual([
    '# backstage',
    '## Components and manifests',
    '## High-level architecture',
    '## Vault paths used',
    '### `kv/webgrip/prod/clusters/soyo/apps/backstage/app`',
    '### `kv/webgrip/prod/clusters/soyo/apps/backstage/db`',
    '## Reconciliation and ordering',
    '## End-to-end sequence',
    '## Vault policy requirements',
    '## What runs and how it is reached',
    '## Backups and restore',
    '## Before the first deployment',
    '## Notes and caveats',
    '### Rotating the generated values of Secret `backstage-db-secret`',
    '### Rotating a value of Secret `backstage-secrets`',
  ]);
});

test('a page of an app without secrets leaves out what it has nothing for', () => {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop'),
    'apps/shop/page.yaml': object('v1', 'ConfigMap', 'page', 'data: { index.html: hello }'),
  });
  expect(headings(page)).toEqual(['# shop', '## Components and manifests', '## Reconciliation and ordering']);
  expect(
    section(page, 'Components and manifests'),
  ).toBe(`- Flux Kustomization \`shop\` says what Flux applies, and after what
  - [clusters/home/shop.yaml](../../clusters/home/shop.yaml)
- ConfigMap \`page\` has the key \`index.html\`
  - [apps/shop/page.yaml](../../apps/shop/page.yaml)`);
});

test('the sequence asks each store for what is in it, and tells only what the app has to do with', () => {
  const store = (name: string) =>
    object(
      'external-secrets.io/v1',
      'SecretStore',
      name,
      `spec: { provider: { vault: { server: "https://${name}", path: ${name}, auth: { kubernetes: { role: ${name} } } } } }`,
    );
  const secret = object(
    'external-secrets.io/v1',
    'ExternalSecret',
    'keys',
    'spec: { secretStoreRef: { name: one }, data: [{ secretKey: a, remoteRef: { key: a, property: a } }, { secretKey: b, sourceRef: { storeRef: { name: two } }, remoteRef: { key: b, property: b } }] }',
  );
  const pod = (name: string) =>
    object('v1', 'Pod', name, 'spec: { containers: [{ name: a, envFrom: [{ secretRef: { name: keys } }] }] }');
  const texts = {
    'clusters/home/all.yaml':
      fluxKustomization('secrets', './secrets', '', 'shop') + fluxKustomization('shop', './shop', '', 'shop'),
    'secrets/all.yaml': store('one') + store('two') + secret + pod('other'),
    'shop/pod.yaml': pod('mine'),
  };
  const lines = (file: string) =>
    section(pageOf(texts, file), 'End-to-end sequence')
      .split('\n')
      .flatMap((line) => /^ *(?:Note over )?(\S+(?:->>\S+)?: .*)$/.exec(line)?.[1] ?? []);
  expect(lines('shop.md')).toEqual([
    'Of_store_one: An operator writes the expected keys<br/>to one/a',
    'Of_store_two: An operator writes the expected keys<br/>to two/b',
    'Flux->>Kubernetes_API: Apply shop',
    'External_Secrets->>Of_store_one: Log in (Kubernetes auth, role one)',
    'External_Secrets->>Of_store_one: Read one/a',
    'External_Secrets->>Of_store_two: Log in (Kubernetes auth, role two)',
    'External_Secrets->>Of_store_two: Read two/b',
    'External_Secrets->>Kubernetes_API: Create or update Secret keys',
    'Pod_mine->>Kubernetes_API: Read Secret keys as its container<br/>starts (envFrom)',
  ]);
  expect(lines('secrets.md').filter((line) => line.startsWith('Pod_'))).toHaveLength(2);
});

test('the index names what cannot be read, and pages what is suspended', () => {
  const pages = pagesIn(
    graphOf({
      'clusters/home/all.yaml':
        fluxKustomization('broken', './broken', '', 'shop') +
        fluxKustomization('shop', './shop', 'suspend: true', 'shop'),
      'broken/all.yaml': 'a: [',
      'shop/map.yaml': object('v1', 'ConfigMap', 'map', 'data: { a: b }'),
    }),
  );
  const index = [...pages].find(([file]) => file.endsWith('README.md'))?.[1] ?? '';
  expect(section(index, 'Nothing to apply')).toBe(
    '- `shop/broken`: `broken` holds no object that can be read\n\n`espalier check` says why.',
  );
  expect(index).toContain('broken holds nothing that can be read');
  const page = [...pages].find(([file]) => file.endsWith('shop.md'))?.[1] ?? '';
  expect(section(page, 'Reconciliation and ordering')).toContain('**It is suspended:');
  expect(page).not.toContain('It counts as');
});

test('a page says so where its app waits for itself', () => {
  const texts = {
    'clusters/home/all.yaml':
      fluxKustomization('shop', './shop', 'dependsOn: [{ name: other }]', 'shop') +
      fluxKustomization('other', './other', 'dependsOn: [{ name: shop }]', 'shop') +
      fluxKustomization('after', './after', 'dependsOn: [{ name: shop }]', 'shop'),
    'shop/map.yaml': object('v1', 'ConfigMap', 'a', 'data: { a: b }'),
    'other/map.yaml': object('v1', 'ConfigMap', 'b', 'data: { a: b }'),
    'after/map.yaml': object('v1', 'ConfigMap', 'c', 'data: { a: b }'),
  };
  const told = (file: string) =>
    section(pageOf(texts, file), 'Reconciliation and ordering').includes('It waits for itself');
  expect(['shop.md', 'other.md', 'after.md'].map(told)).toEqual([true, true, false]);
});

test('the index has one row for a path, whichever store of a server it is asked of, and one for each server', () => {
  const secret = (namespace: string, server: string) =>
    object(
      'external-secrets.io/v1',
      'SecretStore',
      'vault',
      `spec: { provider: { vault: { server: "${server}", path: kv } } }`,
      namespace,
    ) +
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'db',
      'spec: { secretStoreRef: { name: vault }, dataFrom: [{ extract: { key: db } }] }',
      namespace,
    );
  const index = (server: string) =>
    section(
      pageOf(
        {
          'clusters/home/shop.yaml': fluxKustomization('shop', './shop', '', 'shop'),
          'shop/all.yaml': secret('a', 'https://one') + secret('b', server),
        },
        'README.md',
      ),
      'Vault paths',
    )
      .split('\n')
      .slice(2);
  expect(index('https://one')).toEqual(['| `kv/db` | `a/db`, `b/db` |']);
  expect(index('https://two')).toEqual([
    '| `kv/db` at `https://one` | `a/db` |',
    '| `kv/db` at `https://two` | `b/db` |',
  ]);
});

test('secrets of other stores than Vault are told of as such', () => {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './shop', '', 'shop'),
    'shop/all.yaml':
      object('external-secrets.io/v1', 'SecretStore', 'aws', 'spec: { provider: { aws: { region: a } } }') +
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'db',
        'spec: { secretStoreRef: { name: aws }, data: [{ secretKey: a, remoteRef: { key: a } }] }',
      ),
  });
  expect(page).toContain('secrets that External Secrets reads from a store.');
  expect(section(page, 'Stores and who uses them')).toBe('SecretStore `aws`: the provider `aws`.');
});

test('no credential in the path of a probe is shown', () => {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './shop', '', 'shop'),
    'shop/pod.yaml': object(
      'v1',
      'Pod',
      'shop',
      'spec: { containers: [{ name: a, livenessProbe: { httpGet: { port: 80, path: "/up?token=correcthorse&deep=1" } } }] }',
    ),
  });
  expect(page).toContain('GET :80/up?token=(hidden)&deep=1');
});

test('apps that are called the same have pages of their own, on every file system', () => {
  const apps = [
    ['shop', 'a'],
    ['shop', 'b'],
    ['Shop', 'c'],
    ['readme', 'd'],
    ['a-shop', 'e'],
    ['con', 'f'],
  ] as const;
  const texts = Object.fromEntries(
    apps.flatMap(([name, namespace]) => [
      [`clusters/home/${namespace}.yaml`, fluxKustomization(name, `./apps/${namespace}`, '', namespace)],
      [`apps/${namespace}/it.yaml`, object('v1', 'ConfigMap', 'it', 'data: { a: b }', namespace)],
    ]),
  );
  const files = [...pagesIn(graphOf(texts)).keys()].map((path) => path.slice('home/'.length));
  expect(files.sort()).toEqual(
    ['README.md', '_con.md', 'a-shop-2.md', 'a-shop.md', 'b-shop.md', 'c-Shop.md', 'd-readme.md'].sort(),
  );
});

test('every diagram is one to Mermaid', () => {
  const pages = [...soyo, ...fleet, ...byHand, ...hostilePages()];
  const diagrams = pages.flatMap(([, page]) => mermaidBlocks(page));
  expect(diagrams.length).toBeGreaterThan(30);
  const parsed = parseMermaid(diagrams);
  expect(parsed.filter(({ error }) => error !== undefined)).toEqual([]);
  expect([...new Set(parsed.map(({ type }) => type))].sort()).toEqual(['flowchart-v2', 'sequence']);
});

test('no text of a tree ends a cell, a block or a heading, or becomes a tag or a link', () => {
  for (const [, page] of hostilePages()) {
    expect(strange(page)).toEqual([]);
    for (const [table] of page.matchAll(/^\|.*\n(?:\|.*\n)+/gm)) {
      expect(
        new Set(
          table
            .trimEnd()
            .split('\n')
            .map((row) => row.split('|').length),
        ).size,
      ).toBe(1);
    }
  }
});

/** What a Markdown reader finds that the page does not mean: links out of the tree, tags but for code and line breaks, evil headings. */
function strange(page: string): string[] {
  const { Parser } = require('commonmark');
  const found: string[] = [];
  const walker = new Parser().parse(page).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { type, destination, literal } = event.node;
    if (!event.entering) continue;
    if ((type === 'link' || type === 'image') && /^\w+:|^\/\//.test(destination ?? '')) {
      if (!destination?.startsWith('https://cloudnative-pg.io/')) found.push(`${type} ${destination}`);
    }
    if (type === 'html_inline' && !/^<(?:\/?code|br)>$/.test(literal ?? '')) found.push(`html ${literal}`);
    if (type === 'html_block' && literal !== page.split('\n')[0]) found.push(`html ${literal}`);
    if (type === 'heading' && event.node.firstChild?.literal?.startsWith('evil')) found.push('heading');
  }
  return found;
}

/** Names and texts that would break out of Markdown, HTML, Mermaid, a shell or a table. */
test('no name of an app or a file leads elsewhere than the link that it stands in', () => {
  const evil = 'a`](https://evil.example)b';
  const pages = pagesIn(
    graphOf({
      'flux/all.yaml': fluxKustomization(JSON.stringify(evil), './shop', '', 'shop'),
      'shop/a](https://evil.example)b.yaml': object('v1', 'ConfigMap', 'map', 'data: { a: b }'),
    }),
  );
  expect(pages.size).toBe(2);
  for (const page of pages.values()) expect(strange(page)).toEqual([]);
});

function hostilePages(): ReadonlyMap<string, string> {
  const evil = '"x`|<script>alert(1)</script>\\n# evil\\n```;%%{init}%%[a](http://b) end';
  const quoted = JSON.stringify(evil.replaceAll('\\n', '\n'));
  const texts = {
    'clusters/home/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: shop, annotations: { kubernetes.io/description: ${quoted} } }
spec: { path: ./apps/shop, dependsOn: [{ name: ${quoted} }] }
`,
    'apps/shop/all.yaml': [
      object(
        'external-secrets.io/v1',
        'ClusterSecretStore',
        'vault',
        `spec: { provider: { vault: { server: ${quoted}, path: kv, auth: { kubernetes: { role: ${quoted} } } } } }`,
        '',
      ),
      `---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: ${quoted}, namespace: shop, annotations: { kubernetes.io/description: ${quoted}, espalier/keys: ${quoted} } }\nspec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, dataFrom: [{ extract: { key: ${quoted} } }], data: [{ secretKey: ${quoted}, remoteRef: { key: -address=evil, property: ${quoted} } }] }\n`,
      `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${quoted}, namespace: shop }\nspec: { template: { spec: { containers: [{ name: ${quoted}, image: ${quoted}, ports: [{ containerPort: ${quoted}, name: ${quoted} }], envFrom: [{ secretRef: { name: ${quoted} } }] }] } } }\n`,
      `---\napiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: { name: ${quoted}, namespace: shop }\nspec: { secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }], selector: { secret: { name: ${quoted} } }, data: [{ match: { secretKey: ${quoted}, remoteRef: { remoteKey: ${quoted}, property: ${quoted} } } }] }\n`,
      `---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: ${quoted}, namespace: shop }\nspec: { instances: ${quoted}, storage: { size: ${quoted} }, bootstrap: { initdb: { database: ${quoted}, owner: ${quoted}, secret: { name: ${quoted} } } } }\n`,
    ].join(''),
  };
  return pagesIn(graphOf(texts));
}

test('commands quote what a shell would take for its own, and no key becomes an option', () => {
  const page = hostilePages().get('home/shop.md') ?? '';
  const commands = [...page.matchAll(/^ *(`{3,})sh\n(.*?)^ *\1$/gms)].map(([, , lines = '']) => lines).join('');
  expect(commands).toContain("vault kv patch -mount=kv -- -address=evil '");
  for (const line of commands
    .split('\n')
    .filter((line) => /<script>/.test(line) && /^ *(?:kubectl|vault)/.test(line))) {
    expect(line.replace(/'(?:[^'])*'/g, '')).not.toContain('<script>');
  }
});

test('values of Secrets and credentials in addresses are nowhere', () => {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop', '', 'shop'),
    'apps/shop/all.yaml': [
      object('v1', 'Secret', 'plain', 'stringData: { token: hunter2secret }'),
      object(
        'source.toolkit.fluxcd.io/v1',
        'GitRepository',
        'charts',
        'spec: { url: "https://me:hunter2secret@git.example/a" }',
      ),
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'config',
        'spec: { secretStoreRef: { name: vault }, target: { template: { data: { DB_PASS: "{{ index . \\"DB_PASS\\" | default \\"hunter2secret\\" }}" } } }, dataFrom: [{ extract: { key: shop } }] }',
      ),
      object(
        'external-secrets.io/v1',
        'SecretStore',
        'vault',
        'spec: { provider: { vault: { server: "https://me:hunter2secret@vault.example", path: kv } } }',
      ),
    ].join(''),
  });
  expect(page).not.toContain('hunter2secret');
  expect(section(page, '### `kv/shop`')).toContain('| `DB_PASS` | optional |');
});

test('a tree in which everything is missing has pages that say so', () => {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization(
      'shop',
      './apps/shop',
      'dependsOn: [{ name: gone }]\nsuspend: true',
      'shop',
    ),
    'apps/shop/all.yaml': [
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'config',
        'spec: { secretStoreRef: { name: gone }, data: [] }',
      ),
      object(
        'apps/v1',
        'Deployment',
        'shop',
        'spec: { template: { spec: { containers: [{ name: shop, envFrom: [{ secretRef: { name: nobody } }] }, 3, null] } } }',
      ),
      object('postgresql.cnpg.io/v1', 'Cluster', 'db', 'spec: nothing'),
      object(
        'external-secrets.io/v1alpha1',
        'PushSecret',
        'push',
        'spec: { data: [{ match: 7 }], secretStoreRefs: {} }',
      ),
      object('v1', 'Service', 'shop', ''),
    ].join(''),
  });
  expect(section(page, 'Reconciliation and ordering')).toContain(
    '`gone` in namespace `shop`: not in the tree, so that Flux waits for ever',
  );
  expect(section(page, 'Reconciliation and ordering')).toContain('**It is suspended: Flux applies nothing of it');
  expect(section(page, 'Before the first deployment')).toBe(
    'The tree does not make these, which the app reads:\n\n- Secret `nobody`, for Deployment `shop` (apps/shop/all.yaml, which cannot be built, may bring it)',
  );
});
