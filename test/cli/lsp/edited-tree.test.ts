import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diagnosticsOf } from '../../../lib/cli/lsp/diagnostics';
import { EditedTree } from '../../../lib/cli/lsp/edited-tree';
import { repository, run, temporaryFolder } from '../../repository';

const folder = temporaryFolder();
const errors: string[] = [];
const open = (path: string) =>
  EditedTree.open(path, { schemas: [], kubernetes: undefined }, (error) => errors.push((error as Error).message));

let trees = 0;
/** A folder with these files, by their paths. */
function written(files: Readonly<Record<string, string>>): string {
  const root = join(folder, `tree-${++trees}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The findings of a file as an editor shows them: `2:10-13 rule first line of the message`. */
async function found(tree: EditedTree, file: string): Promise<readonly string[]> {
  const all = diagnosticsOf(tree, await tree.check()).get(file) ?? [];
  return all.map(({ range: { start, end }, code, message }) => {
    return `${start.line}:${start.character}-${end.character} ${code} ${message}`;
  });
}

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { user: x }\n';
const pod = (env: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec:\n  containers:\n    - { name: web, image: web:1, env: [${env}] }\n`;
const missing =
  'secrets/missing-key Secret shop/db has no key `usr`: it has user; did you mean user?\nRead a key that the Secret has, or add this key to it.';

test('columns count UTF-16 units, and a word ends where its quotes do', async () => {
  const tree = await open(written({ 'db.yaml': secret, 'web.yaml': '' }));
  tree.edit(
    'web.yaml',
    pod('{ name: A, value: "😀" }, { name: B, valueFrom: { secretKeyRef: { name: db, key: "usr" } } }'),
  );
  const column =
    pod('{ name: A, value: "😀" }, { name: B, valueFrom: { secretKeyRef: { name: db, key: ')
      .split('\n')[5]
      ?.indexOf('] }') ?? 0;
  expect(await found(tree, 'web.yaml')).toEqual([`5:${column}-${column + 5} ${missing}`]);
});

test('a file that is only in the editor counts, and one that is deleted does not', async () => {
  const root = written({ 'web.yaml': pod('{ name: B, valueFrom: { secretKeyRef: { name: db, key: usr } } }') });
  const tree = await open(root);
  expect(await found(tree, 'web.yaml')).toEqual([]);
  tree.edit('db.yaml', secret);
  expect(await found(tree, 'web.yaml')).toHaveLength(1);
  rmSync(join(root, 'web.yaml'));
  tree.lookAgain();
  expect(await found(tree, 'web.yaml')).toEqual([]);
});

test('a file of several documents of which one is no YAML shows what is wrong with that alone', async () => {
  const tree = await open(written({ 'all.yaml': `${secret}---\n${pod('')}` }));
  tree.edit('all.yaml', `${secret}---\n${pod('{ name: B, valueFrom: { secretKeyRef: { name: db, key: usr')}`);
  expect((await found(tree, 'all.yaml')).map((one) => one.split(' ')[1])).toEqual(['tree/syntax']);
  tree.edit('all.yaml', `${secret}---\n${pod('{ name: B, valueFrom: { secretKeyRef: { name: db, key: usr } } }')}`);
  expect((await found(tree, 'all.yaml')).map((one) => one.split(' ')[1])).toEqual(['secrets/missing-key']);
});

test('what was no YAML from the beginning is reported as check does', async () => {
  const tree = await open(written({ 'all.yaml': `${secret}---\na: [\n` }));
  expect((await found(tree, 'all.yaml')).map((one) => one.split(' ')[1])).toEqual(['tree/syntax']);
});

test('one file outside of Git is a tree of its own', async () => {
  const root = written({ 'db.yaml': secret, 'web.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: Web }\n' });
  const tree = await open(join(root, 'web.yaml'));
  expect(tree.root).toBe(root);
  expect((await found(tree, 'web.yaml')).map((one) => one.split(' ')[1])).toEqual(['workload/refused', 'schema/value']);
});

test('the configuration at the top of the work tree counts; one that is wrong is told, and does not', async () => {
  const files = {
    'apps/db.yaml': secret,
    'apps/web.yaml': pod('{ name: B, valueFrom: { secretKeyRef: { name: db, key: usr } } }'),
    'espalier.config.json': '{ "rules": { "secrets/missing-key": "off" } }',
  };
  const root = written(files);
  run('git', ['init', '-q'], { cwd: root });
  expect(await found(await open(join(root, 'apps')), 'apps/web.yaml')).toEqual([]);
  const wrong = written({ ...files, 'espalier.config.json': '{ "rulez": {} }' });
  expect(await found(await open(wrong), 'apps/web.yaml')).toHaveLength(1);
  expect(errors.splice(0)).toEqual([
    expect.stringMatching(/^espalier.config.json: there is no setting "rulez"; did you mean rules\?/),
  ]);
});

test('known findings of a baseline are not shown, wherever the server was started', async () => {
  const root = written({
    'db.yaml': secret,
    'web.yaml': pod('{ name: B, valueFrom: { secretKeyRef: { name: db, key: usr } } }'),
    'espalier.config.json': '{ "baseline": "known/espalier.baseline" }',
    'known/espalier.baseline':
      'secrets/missing-key\t../web.yaml\tPod shop/web\tspec.containers[0].env[0].valueFrom.secretKeyRef.key\n',
  });
  expect(await found(await open(root), 'web.yaml')).toEqual([]);
});

test('a finding in a generated file says what to change instead', async () => {
  const root = join(folder, 'generated');
  cpSync(join(repository, 'dist'), join(root, 'dist'), { recursive: true });
  const file = 'dist/kubernetes/apps/cnpg-system/cloudnative-pg/ks.yaml';
  const tree = await open(root);
  expect(await found(tree, file)).toEqual([]);
  tree.edit(file, readFileSync(join(root, file), 'utf8').replace(/^ *retryInterval: .*\n/m, ''));
  expect(await found(tree, file)).toEqual([
    `11:12-14 flux/no-retry-interval Without retryInterval, Flux retries after a failure only when the interval of 1h is over.
${file} is generated: change FluxKustomization at apps/cnpg-system/cloudnative-pg, and run espalier synth.`,
  ]);
});

test('a text of the editor is read once, however many findings are shown in it', async () => {
  const tree = await open(written({ 'db.yaml': secret }));
  tree.edit('db.yaml', `${secret}# more\n`);
  expect(tree.file('db.yaml')).toBe(tree.file('db.yaml'));
  expect(tree.file('db.yaml')?.text).toContain('# more');
});
