import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticsOf } from '../../../lib/cli/lsp/diagnostics';
import { EditedTree } from '../../../lib/cli/lsp/edited-tree';
import { fixesFor } from '../../../lib/cli/lsp/fixes';
import { repository, temporaryFolder } from '../../repository';

const folder = temporaryFolder();

/** What is offered of each finding of a file. */
async function offered(root: string, file: string, version?: number): Promise<readonly (readonly CodeAction[])[]> {
  const tree = await EditedTree.open(root, { schemas: [], kubernetes: undefined }, (error) => {
    throw error;
  });
  const checked = await tree.check();
  const opened = {
    ...{ tree, graph: checked.graph, file, document: TextDocument.create(file, 'yaml', 1, '') },
    uriOf: (path: string) => `file:///tree/${path}`,
    ...(version !== undefined && { versionOf: () => version }),
  };
  return Promise.all((diagnosticsOf(tree, checked).get(file) ?? []).map((one) => fixesFor(opened, [one])));
}

function twoOnOneLine(): string {
  const root = join(folder, 'two');
  const from = (key: string) => `valueFrom: { secretKeyRef: { name: db, key: ${key} } }`;
  mkdirSync(root, { recursive: true });
  writeFileSync(
    join(root, 'all.yaml'),
    `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData: { user: x, password: change-me }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - { name: web, image: "web:1", env: [{ name: A, ${from('usr')} }, { name: B, ${from('passwrd')} }] }
`,
  );
  return root;
}

test('of two findings of a rule on one line, each has its own fix', async () => {
  const actions = await offered(twoOnOneLine(), 'all.yaml');
  expect(actions.map((some) => some.map(({ title }) => title))).toEqual([[], ['write password for passwrd']]);
});

test('an edit is of the version that was checked, where the editor knows versions', async () => {
  const edits = (actions: readonly (readonly CodeAction[])[]) => actions[1]?.map(({ edit }) => edit);
  const range = { start: { line: 10, character: 167 }, end: { line: 10, character: 167 } };
  const change = [{ range, newText: 'o' }];
  expect(edits(await offered(twoOnOneLine(), 'all.yaml', 7))).toEqual([
    { documentChanges: [{ textDocument: { uri: 'file:///tree/all.yaml', version: 7 }, edits: change }] },
  ]);
  expect(edits(await offered(twoOnOneLine(), 'all.yaml'))).toEqual([{ changes: { 'file:///tree/all.yaml': change } }]);
});

test('what check --fix leaves out, because something else would be wrong then, is not offered', async () => {
  const root = join(folder, 'needed');
  cpSync(join(repository, 'test/checks/rules/flux/health-expr-missing/flagged-needed'), root, { recursive: true });
  const tree = await EditedTree.open(root, { schemas: [], kubernetes: undefined }, () => {});
  const { findings } = await tree.check();
  const files = findings.flatMap(({ file, fix }) => (fix === undefined ? [] : [file]));
  expect(files).not.toEqual([]);
  for (const file of files) expect((await offered(root, file)).flat()).toEqual([]);
});
