import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import type { JsonObject } from '../../../lib/json/json';
import { keysAt } from '../../../lib/json/read';
import { findHelm } from '../../../lib/tree/charts/helm-process';
import { makeRender } from '../../../lib/tree/charts/render';
import { chartOf, input, memory, renderWith } from './helm';
import { chartWith } from './made-charts';

const folder = mkdtempSync(join(tmpdir(), 'espalier-fake-helm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** A folder with a `helm` that is a script: of `version` it says what is given, else it runs the commands. */
function fakeHelm(commands: string, version = 'v3.99.0'): { readonly path: string; readonly runs: () => number } {
  made += 1;
  const path = join(folder, String(made));
  mkdirSync(path);
  const log = join(path, 'log');
  const script = `#!/bin/sh\necho run >> '${log}'\nif [ "$1" = version ]; then echo '${version}'; exit; fi\n${commands}\n`;
  writeFileSync(join(path, 'helm'), script);
  chmodSync(join(path, 'helm'), 0o755);
  return { path, runs: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0) };
}

/** A ConfigMap whose data are the lines that commands print, `key: value` each. */
const printing = (commands: string) => `cat <<END
---
# Source: small/templates/all.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data:
END
${commands}`;

const chart = chartOf(chartWith('a: {{ .Values.a }}'));
const onWindows = process.platform === 'win32';

(onWindows ? describe.skip : describe)('helm (skipped on Windows: the one here is a shell script)', () => {
  test.each([
    ['is not there', '', '`helm` is not on the PATH'],
    ['is old', fakeHelm('', 'v3.15.4').path, 'helm v3.15.4 is older than 3.16'],
    ['does not say its version', fakeHelm('', 'hello').path, '`helm version` does not say which version it is'],
  ])('that %s closes the release', async (_, path, why) => {
    expect(await renderWith(path)(chart, input)).toEqual({
      type: 'closed',
      why,
      fix: 'Install Helm 3.16 or newer, so that `helm` is on the PATH (https://helm.sh/docs/intro/install/).',
    });
  });

  test('is not taken from a folder that the PATH names as seen from the working directory', async () => {
    const { path, runs } = fakeHelm('');
    const rendering = await renderWith([relative(process.cwd(), path), '', '.'].join(delimiter))(chart, input);
    expect(rendering).toMatchObject({ type: 'closed', why: '`helm` is not on the PATH' });
    expect(runs()).toBe(0);
  });

  test('runs once for its version and once for each release, and not again in a second run', async () => {
    const { path, runs } = fakeHelm(printing('echo "  a: b"'));
    const store = memory();
    const render = renderWith(path, store);
    const [one, two] = await Promise.all([render(chart, input), render(chart, input)]);
    expect(one).toMatchObject({ type: 'rendered', objects: [{ value: { data: { a: 'b' } } }] });
    expect(two).toEqual(one);
    expect(runs()).toBe(2);
    expect(await renderWith(path, store)(chart, input)).toEqual(one);
    expect(runs()).toBe(2);
    await renderWith(path, store)(chart, { ...input, values: { a: 1 } });
    expect(runs()).toBe(3);
    // Another helm in its place is asked for its version, and is the same release of Helm.
    appendFileSync(join(path, 'helm'), '\n# another\n');
    await renderWith(path, store)(chart, input);
    expect(runs()).toBe(4);
  });

  test('runs again for other API versions only where the chart asks for them', async () => {
    const { path, runs } = fakeHelm(printing('echo "  a: b"'));
    const asking = chartOf(chartWith('a: {{ .Capabilities.APIVersions.Has "a/v1" }}'));
    const render = renderWith(path);
    const more = { ...input, apiVersions: ['a/v1'] };
    for (const each of [input, more]) await render(chart, each);
    expect(runs()).toBe(2);
    for (const each of [input, more]) await render(asking, each);
    expect(runs()).toBe(4);
  });

  test('knows nothing of the user, and is given the values in no file', async () => {
    const { path } = fakeHelm(
      printing(`env | sed "s/'//g; s/\\([A-Za-z_]*\\)=\\(.*\\)/  \\1: '\\2'/"
printf "  arguments: '%s'\\n" "$*"
echo "  values: '$(cat)'"
ls -ld "$HOME" | sed 's/^\\(..........\\).*/  folder: "\\1"/'`),
    );
    const before = { ...process.env };
    Object.assign(process.env, {
      HELM_DRIVER: 'secret',
      KUBECONFIG: '/home/me/.kube/config',
      AWS_SECRET_ACCESS_KEY: 'key',
    });
    const rendering = await renderWith(path)(chart, { ...input, apiVersions: ['a/v1', 'a/v1/B'], values: { a: 1 } });
    process.env = before;
    if (rendering.type !== 'rendered') throw new Error(JSON.stringify(rendering));
    const data = rendering.objects[0]?.value.data as Record<string, string>;
    expect(data).toMatchObject({ KUBECONFIG: '/dev/null', values: '{"a":1}', folder: 'drwx------' });
    expect(Object.keys(data).filter((key) => /HELM_DRIVER|AWS|^PATH$/.test(key) && key !== 'PATH')).toEqual([]);
    const { HOME: own = '?' } = data;
    expect(data.HELM_CONFIG_HOME).toBe(`${own}/config`);
    expect(data.arguments?.replaceAll(own, 'HOME').replace(chart.archive, 'CHART')).toBe(
      'template --namespace apps --kube-version 1.36.0 --include-crds --api-versions a/v1,a/v1/B --skip-schema-validation --values - -- web CHART',
    );
    expect(existsSync(own)).toBe(false);
  });

  test.each([
    ['takes long', 'sleep 5; true', 'helm took longer than 0.5 s'],
    [
      'prints much',
      'while :; do echo "0123456789012345678901234567890123456789"; done',
      'the chart makes more than 0.0625 MiB',
    ],
    ['is ended by the system', 'kill -9 $$', 'helm takes more memory or time than it is given'],
    [
      'has no memory left',
      'echo "fatal error: out of memory" >&2; exit 2',
      'helm takes more memory or time than it is given',
    ],
  ])('that %s closes the release', async (_, commands, why) => {
    const store = memory();
    const limits = {
      time: commands.startsWith('sleep') ? 500 : 60_000,
      output: 65_536,
      addresses: 1024 ** 3,
      processor: 10,
    };
    const render = makeRender(() => findHelm(store, fakeHelm(`exec sh -c '${commands}'`).path, limits), store);
    expect(await render(chart, input)).toEqual({
      type: 'closed',
      why,
      fix: 'Render the chart with `helm template` to see what it makes.',
    });
  });

  test('is not run again for what is kept, which has what Flux does about it for the same program alone', async () => {
    const store = memory();
    const { path, runs } = fakeHelm(`cat >/dev/null
echo "---
# Source: web/templates/a.yaml
kind: ConfigMap
apiVersion: v1
metadata: {name: a}"`);
    const render = async (by: string, commonMetadata: JsonObject = {}) => {
      const rendering = await makeRender(() => findHelm(store, path), store, by)(chart, { ...input, commonMetadata });
      if (rendering.type !== 'rendered') throw new Error(JSON.stringify(rendering));
      const [object] = rendering.objects;
      return { labels: keysAt(object?.value, 'metadata', 'labels'), key: rendering.key };
    };
    const managed = 'app.kubernetes.io/managed-by';
    const first = await render('one');
    expect(first.labels).toEqual([managed]);
    expect(await render('one', { labels: { team: 'a' } })).toMatchObject({ labels: ['team', managed] });
    const ran = runs();
    for (const [key, text] of store.kept) store.kept.set(key, text.replaceAll(managed, 'kept'));
    expect(await render('one')).toEqual({ ...first, labels: ['kept'] });
    expect((await render('two')).labels).toEqual([managed]);
    expect((await render('two')).key).not.toBe(first.key);
    expect(runs()).toBe(ran);
  });

  test('is not run for ever for a chart that takes too much', async () => {
    const store = memory();
    const { path, runs } = fakeHelm('exit 2');
    const render = makeRender(() => findHelm(store, path), store);
    for (const a of [1, 2, 3, 4, 5])
      expect(await render(chart, { ...input, values: { a } })).toMatchObject({ type: 'closed' });
    expect(runs()).toBe(4);
  });
});
