import { fluxKustomization, object } from '../graph/graph';
import { adopted } from './adopted';

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { a: b }');
const listing = (...lines: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const ks = (name: string, path: string, more = '') => fluxKustomization(name, path, more, 'flux-system');

/** An app of a Kustomization, and what that waits for. */
function app(name: string, waitsFor?: string): Record<string, string> {
  const more = waitsFor === undefined ? '' : `dependsOn: [{ name: ${waitsFor} }]`;
  return {
    [`apps/media/${name}/ks.yaml`]: ks(name, `./apps/media/${name}/app`, more),
    [`apps/media/${name}/app/kustomization.yaml`]: listing('- settings.yaml', '- labels.yaml'),
    [`apps/media/${name}/app/labels.yaml`]: configMap('labels'),
    [`apps/media/${name}/app/settings.yaml`]: configMap('settings'),
  };
}

/** Apps of one namespace whose kustomization.yaml has these lines. */
function media(lines: readonly string[], ...apps: Record<string, string>[]) {
  return adopted({
    'clusters/home/apps.yaml': ks('apps', './apps'),
    'apps/kustomization.yaml': listing('- media'),
    'apps/media/kustomization.yaml': listing(...lines),
    ...Object.assign({}, ...apps),
  });
}

const resourcesOf = (yaml: string | undefined) => yaml?.slice(yaml.indexOf('resources:'));

test('apps and objects come as their kustomization.yaml list them; what another needs comes right before that', () => {
  const { main, code, yaml } = media(
    ['- ./zebra/ks.yaml', '- ./mouse/ks.yaml', '- ./ape/ks.yaml', '- ./cat/ks.yaml'],
    app('ape'),
    app('cat'),
    app('mouse', 'cat'),
    app('zebra'),
  );
  expect([...main.matchAll(/^(?:const .* = )?(\w+)\(media/gm)].map(([, name]) => name)).toEqual([
    'zebra',
    'cat',
    'mouse',
    'ape',
  ]);
  expect([...(code.get('apps/media/ape.ts') ?? '').matchAll(/new (\w+)\(.*?'(\w+)'/g)].map(([, , id]) => id)).toEqual([
    'ape',
    'settings',
    'labels',
  ]);
  expect(resourcesOf(yaml.get('apps/media/kustomization.yaml'))).toBe(
    'resources:\n  - ./zebra/ks.yaml\n  - ./cat/ks.yaml\n  - ./mouse/ks.yaml\n  - ./ape/ks.yaml\n',
  );
});

test('the head of a group of apps stands above the first one in main.ts, an app out of use beside its neighbour', () => {
  const { main, code, yaml } = media(
    ['# Big', '- ./zebra/ks.yaml', '# - ./yak/ks.yaml', '# Small', '- ./ape/ks.yaml', '- ./cat/ks.yaml'],
    app('ape'),
    app('cat'),
    app('zebra'),
  );
  expect(main).toContain('// Big\nzebra(mediaDirectory);\n// Small\nape(mediaDirectory);\ncat(mediaDirectory);\n');
  expect(code.get('apps/media.ts')).toContain("'resources[./ape/ks.yaml]': '- ./yak/ks.yaml'");
  expect(resourcesOf(yaml.get('apps/media/kustomization.yaml'))).toBe(
    'resources:\n  - ./zebra/ks.yaml\n  # - ./yak/ks.yaml\n  - ./ape/ks.yaml\n  - ./cat/ks.yaml\n',
  );
});

test('what many apps are given is one object, made when all of it is there', () => {
  const infra = ['dns', 'store', 'volumes'];
  const names = Array.from({ length: 12 }, (_, i) => `app${i}`);
  const waiting = (name: string, ...others: string[]) => ({
    ...app(name),
    [`apps/media/${name}/ks.yaml`]: ks(
      name,
      `./apps/media/${name}/app`,
      `dependsOn: [${[...infra, ...others].map((other) => `{ name: ${other} }`).join(', ')}]`,
    ),
  });
  const { main } = media(
    [...infra, ...names].map((name) => `- ${name}/ks.yaml`),
    ...infra.map((name) => app(name)),
    ...names.map((name) => (name === 'app3' ? waiting(name, 'app2') : waiting(name))),
  );
  expect(main).toContain(`const { volumesKustomization } = volumes(mediaDirectory);

// What many of the following use.
const platform = {
  dnsKustomization,
  storeKustomization,
  volumesKustomization,
};
app0(mediaDirectory, platform);
app1(mediaDirectory, platform);
const { app2Kustomization } = app2(mediaDirectory, platform);
app3(mediaDirectory, { ...platform, app2Kustomization });
app4(mediaDirectory, platform);
`);
});
