import { ApiObject } from 'cdk8s';
import {
  Application,
  ConfigMap,
  Directory,
  File,
  FluxKustomization,
  HelmRelease,
  literal,
  Manifest,
  PasswordGenerator,
  variable,
} from '../../../lib';
import { optionalFormat, requireFormat, requireInteger } from '../../../lib/constructs/formats';
import type { JsonObject } from '../../../lib/json/json';
import { fluxDuration } from '../../../lib/systems/duration';
import { dnsLabel, hostname } from '../../../lib/systems/kubernetes/names';
import { pinnedVersion } from '../../../lib/systems/release';
import { emptyCluster, reader, refusal } from '../synthesize';

const substitutions = { substitute: { DOMAIN: 'example.org', X: 'y' } };

function written(make: (directory: Directory) => void, variables: object | undefined = { substitutions }) {
  const { app, cluster } = emptyCluster(variables);
  make(new Application(cluster, 'shop').directory);
  return reader(app.tree());
}

test.each([
  [variable('DOMAIN'), `\${DOMAIN}`],
  [`shop.${variable('DOMAIN')}/x`, `shop.\${DOMAIN}/x`],
  [variable('PORT', { default: 8080 }), `\${PORT:=8080}`],
  [variable('ON', { default: false }), `\${ON:=false}`],
  [variable('NONE', { default: '' }), `\${NONE:=}`],
  [variable('DOMAIN', { operator: '/./-' }), `\${DOMAIN/./-}`],
  [variable('A_1', { default: 'a-b c"d—é' }), `\${A_1:=a-b c"d—é}`],
  [`${variable('A')}${variable('B', { operator: `:-\${C}` })}`, `\${A}\${B:-\${C}}`],
])('%#: as YAML has it', (value, text) => {
  const tree = written((directory) => {
    new ApiObject(directory, 'a', { apiVersion: 'example.org/v1', kind: 'A', spec: { list: [{ value }], [value]: 1 } });
  });
  expect((tree.document('kubernetes/apps/shop/shop/app/a.yaml').spec as JsonObject).list).toEqual([{ value: text }]);
  expect(tree.document('kubernetes/apps/shop/shop/app/a.yaml').spec).toHaveProperty([text], 1);
});

test('never escaped, where a plain text that looks alike is', () => {
  const given = `\${X} and ${variable('X')} and $$`;
  const data = (variables: object) => {
    const tree = written((directory) => {
      const data = { more: literal(directory, given), plain: `\${X} ${variable('X')}` };
      new ConfigMap(directory, 'config', { data: { text: given } });
      new ApiObject(directory, 'more', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data });
    }, variables);
    return ['config', 'more'].map((name) => tree.find('ConfigMap', name).data);
  };
  const escaped = `$\${X} and \${X} and $$$$`;
  const plain = `\${X} \${X}`;
  const text = `\${X} and \${X} and $$`;
  expect(data({ substitutions })).toEqual([{ text: escaped }, { more: escaped, plain }]);
  expect(data({})).toEqual([{ text }, { more: text, plain }]);
});

test('in names, hosts, numbers and truth values of constructs, in objects as they are and in a kustomization.yaml', () => {
  const name = `${variable('X')}-config`;
  const tree = written((directory) => {
    new ConfigMap(directory, 'config', { name, labels: { host: variable('DOMAIN') }, data: { A: 'b' } });
    new PasswordGenerator(directory, 'password', { length: variable('LENGTH', { default: 20 }), digits: 5 });
    new HelmRelease(directory, 'release', {
      chart: { oci: `oci://${variable('REGISTRY')}/charts/podinfo` },
      version: variable('VERSION'),
      interval: `${variable('MINUTES')}m`,
      values: { replicas: variable('REPLICAS'), host: `a.${variable('DOMAIN')}`, on: variable('ON') },
      spec: { suspend: variable('SUSPEND') },
    });
    new Manifest(directory, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: variable('X') } });
    new Directory(directory, 'more', { kustomizationFile: { namePrefix: `${variable('X')}-` } });
  });
  expect(tree.find('ConfigMap', `\${X}-config`).metadata).toMatchObject({ labels: { host: `\${DOMAIN}` } });
  expect(tree.find('Password', 'password').spec).toMatchObject({ length: `\${LENGTH:=20}` });
  expect(tree.find('OCIRepository', 'release').spec).toMatchObject({
    url: `oci://\${REGISTRY}/charts/podinfo`,
    ref: { tag: `\${VERSION}` },
  });
  expect(tree.find('HelmRelease', 'release').spec).toMatchObject({
    interval: `\${MINUTES}m`,
    suspend: `\${SUSPEND}`,
    values: { replicas: `\${REPLICAS}`, host: `a.\${DOMAIN}`, on: `\${ON}` },
  });
  expect(tree.find('Service', `\${X}`).kind).toBe('Service');
  expect(tree.document('kubernetes/apps/shop/shop/app/more/kustomization.yaml').namePrefix).toBe(`\${X}-`);
});

test('what stands around it is checked', () => {
  const { cluster } = emptyCluster();
  const x = variable('X');
  for (const [text, format] of [
    [x, dnsLabel],
    [`a-${x}`, dnsLabel],
    [`*.${x}`, hostname],
    [`${x}.${variable('Y')}`, hostname],
    [`${x}h`, fluxDuration],
    [`1.${x}.0`, pinnedVersion],
  ] as const) {
    expect(requireFormat(cluster, 'field', text, format)).toBe(text);
  }
  expect(requireInteger(cluster, 'field', variable('N'), 1, 5)).toBe(variable('N'));
  expect(refusal(() => optionalFormat(cluster, 'host', `My_${x}`, hostname))).toBe(
    `soyo: host is "My_\${X}". Allowed: a host name in lower case, without scheme, port or path. Example: "backstage.example.org".`,
  );
});

test('not in names of files and folders, where nothing is put in', () => {
  const { cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const x = variable('X');
  for (const make of [
    () => new ConfigMap(directory, x, { data: { A: 'b' } }),
    () => new File(directory, `${x}.yaml`),
    () => new Directory(directory, 'a', { path: x }),
    () => new FluxKustomization(cluster.inNamespace('shop'), 'b', { folder: x }),
  ]) {
    expect(refusal(make)).toMatch(/(id|path|folder) is "\$\{X\}(\.yaml)?"\. Allowed: a/);
  }
});

test.each<[string, Parameters<typeof variable>[1], string]>([
  ['SECRET-DOMAIN', undefined, 'Allowed: letters, digits and "_"'],
  ['X', { default: 'a}b' }, 'is not one variable as Flux reads it'],
  ['X', { default: 'a\nb' }, 'is not one variable as Flux reads it'],
  ['X', { operator: '}' }, 'is not one variable as Flux reads it'],
])('%j with %j is refused', (name, options, message) => {
  expect(refusal(() => variable(name, options))).toContain(message);
});
