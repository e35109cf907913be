import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeAction, TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticsOf } from '../../../lib/cli/lsp/diagnostics';
import { EditedTree } from '../../../lib/cli/lsp/edited-tree';
import { fixesFor } from '../../../lib/cli/lsp/fixes';
import { fixable } from '../../checks/fix-trees';
import { espalier, repository, temporaryFolder } from '../../repository';

const folder = temporaryFolder();
const forms = [
  { form: 'LF', write: (text: string) => text },
  { form: 'CRLF', write: (text: string) => text.replaceAll('\n', '\r\n') },
  { form: 'a mark of the byte order', write: (text: string) => `\uFEFF${text}` },
];
// Each tree in one of the forms: test/checks/fixes.long.test.ts has them all.
const cases = fixable
  .flatMap(({ id, trees }) => trees.map((tree) => `${id}/${tree}`))
  .map((tree, i) => ({ tree, ...forms[i % forms.length] }) as { tree: string } & (typeof forms)[number]);

/** The texts of a folder's files. */
function textsOf(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Takes the first fix that is offered, as an editor does that knows versions, until there is none. */
async function fixAll(tree: EditedTree, documents: Map<string, TextDocument>): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    const checked = await tree.check();
    let action: CodeAction | undefined;
    for (const [file, diagnostics] of diagnosticsOf(tree, checked)) {
      const opened = {
        ...{ tree, graph: checked.graph, file, document: TextDocument.create(file, 'yaml', 1, '') },
        uriOf: (path: string) => path,
        versionOf: () => 1,
      };
      action ??= (await fixesFor(opened, diagnostics))[0];
    }
    if (action === undefined) return;
    for (const edit of action.edit?.documentChanges ?? []) {
      if (!TextDocumentEdit.is(edit)) throw new Error('only texts are edited');
      const { uri } = edit.textDocument;
      const before =
        documents.get(uri) ??
        TextDocument.create(uri, 'yaml', 1, readFileSync(join(tree.root, uri), 'utf8').replace(/^\uFEFF/, ''));
      const document = TextDocument.create(
        uri,
        'yaml',
        1,
        TextDocument.applyEdits(
          before,
          edit.edits.filter((one) => 'newText' in one),
        ),
      );
      documents.set(uri, document);
      tree.edit(uri, document.getText());
    }
  }
}

test.each(cases)(
  'the fixes offered of $tree in $form, one after the other, make the bytes that check --fix does',
  async ({ tree, write }) => {
    const [here, there] = [join(folder, 'here', tree), join(folder, 'there', tree)];
    for (const root of [here, there]) {
      cpSync(join(repository, 'test/checks/rules', tree), root, { recursive: true });
      for (const [path, text] of textsOf(root)) if (/\.ya?ml$/.test(path)) writeFileSync(join(root, path), write(text));
    }
    const edited = await EditedTree.open(here, { schemas: [], kubernetes: undefined }, (error) => {
      throw error;
    });
    const documents = new Map<string, TextDocument>();
    await fixAll(edited, documents);
    await espalier(['check', '--fix'], { cwd: there });
    const before = textsOf(here);
    for (const [path, document] of documents) {
      const mark = before.get(path)?.startsWith('\uFEFF') ? '\uFEFF' : '';
      before.set(path, mark + document.getText());
    }
    expect(Object.fromEntries(before)).toEqual(Object.fromEntries(textsOf(there)));
  },
);
