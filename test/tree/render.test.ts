import type { Json } from '../../lib/json/json';
import { renderFile, renderTree } from '../../lib/tree/render';

const file = (path: string, ...documents: Json[]) => ({
  path,
  madeBy: 'ExternalSecret at backstage/app/secret',
  documents,
});
const external = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'a' } };

test('every document has its marker and schema, and the file says once who made it', () => {
  expect(
    renderFile(
      file(
        'a.yaml',
        external,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { on: 'off' } },
        { x: 1 },
      ),
    ),
  ).toBe(`---
# yaml-language-server: $schema=https://schemas.fluxoperator.dev/catalog/external-secrets.io/externalsecret_v1.json
# Made by ExternalSecret at backstage/app/secret; change the construct, not this file.
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: a
---
# yaml-language-server: $schema=https://schemas.fluxoperator.dev/catalog/core/configmap_v1.json
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
data:
  "on": "off"
---
x: 1
`);
});

test('without schemas', () => {
  expect(renderFile(file('a.yaml', external), { schemaHost: false })).toBe(`---
# Made by ExternalSecret at backstage/app/secret; change the construct, not this file.
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: a
`);
});

test('a comment stays a comment, whatever the construct is called', () => {
  const text = renderFile({ ...file('a.yaml', { x: 1 }), madeBy: 'X at a\nkind: Secret\u0085\u2028b' });
  expect(text).toBe('---\n# Made by X at a kind: Secret\\u0085 b; change the construct, not this file.\nx: 1\n');
});

test('what cannot be written is refused with the construct, the file and the field', () => {
  expect(() => renderFile(file('a/b.yaml', { data: { 'k.y': '\x7f' } }))).toThrow(
    'ExternalSecret at backstage/app/secret, file a/b.yaml: data."k.y" cannot be written: it holds U+007F at position 0 of the text',
  );
  expect(() => renderFile(file('a.yaml'))).toThrow(
    'ExternalSecret at backstage/app/secret, file a.yaml: it has no documents.',
  );
});

test('a tree is rendered by path, in the same order on every machine', () => {
  const files = ['b.yaml', 'a/z.yaml', 'ä.yaml', 'B2.yaml', 'a.yaml'].map((path, i) => file(path, { i }));
  expect([...renderTree({ files }).keys()]).toEqual(['B2.yaml', 'a.yaml', 'a/z.yaml', 'b.yaml', 'ä.yaml']);
  expect([...renderTree({ files: [...files].reverse() })]).toEqual([...renderTree({ files })]);
});

test('a tree with one path twice is not rendered; one object twice is for the checks to judge', () => {
  expect(() => renderTree({ files: [file('a.yaml', { x: 1 }), file('a.yaml', { y: 1 })] })).toThrow(
    'both write the file a.yaml',
  );
  expect(renderTree({ files: [file('a.yaml', external), file('b.yaml', external)] }).size).toBe(2);
});
