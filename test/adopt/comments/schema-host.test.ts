import { schemaHostOf } from '../../../lib/adopt/comments/schema-host';
import { schemaUrl } from '../../../lib/tree/schema-url';
import { parseFile } from '../../../lib/tree/source/parse';
import { fluxKustomization, object } from '../../graph/graph';
import { adopted } from '../adopted';

const hosts = 'https://schemas.example.org/{group}/{kind}_{version}.json';
const flux = 'https://flux.example.org/kustomization-v1.json';

function said(apiVersion: string, kind: string, schema?: string): string {
  const head = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
  return `${head}${object(apiVersion, kind, kind.toLowerCase())}`;
}

function hostOf(...texts: string[]) {
  return schemaHostOf(texts.flatMap((text, i) => parseFile(`${i}.yaml`, text).documents));
}

test('one address for all, where all have theirs there', () => {
  const url = 'https://schemas.example.org/acme.example/widget_v1.json';
  expect(hostOf(said('acme.example/v1', 'Widget', url))).toBe(hosts);
  expect(hostOf(said('acme.example/v1', 'Widget'))).toBe(false);
});

test('kinds of which most say another, or none, are told apart', () => {
  const url = 'https://schemas.example.org/acme.example/widget_v1.json';
  const fluxObject = said('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', flux);
  const host = hostOf(
    said('acme.example/v1', 'Widget', url),
    said('acme.example/v1', 'Gadget', url.replace('widget', 'gadget')),
    said('acme.example/v1', 'Gadget'),
    fluxObject,
    said('v1', 'ConfigMap'),
  );
  expect(host).toEqual({ ConfigMap: false, 'kustomize.toolkit.fluxcd.io/Kustomization': flux, '*': hosts });
  expect(schemaUrl({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }, host)).toBe(flux);
  expect(schemaUrl({ apiVersion: 'v1', kind: 'ConfigMap' }, host)).toBeUndefined();
  expect(schemaUrl({ apiVersion: 'v1', kind: 'Secret' }, host)).toBe('https://schemas.example.org/core/secret_v1.json');
});

test('what had no schema gets none', () => {
  const widget = (name: string) => object('acme.example/v1', 'Widget', name, 'spec: { a: 1 }');
  const line = '# yaml-language-server: $schema=https://schemas.example.org/acme.example/widget_v1.json\n';
  const { code, yaml } = adopted({
    'clusters/home/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml, b.yaml, c.yaml]\n',
    'apps/a.yaml': line + widget('a'),
    'apps/b.yaml': line + widget('b'),
    'apps/c.yaml': widget('c'),
  });
  const withSchema = [...yaml].filter(([, text]) => text.includes('$schema')).map(([path]) => path);
  expect(withSchema.sort()).toEqual(['apps/a.yaml', 'apps/b.yaml']);
  expect([...code.values()].join('').match(/schema: false/g)).toHaveLength(1);
});
