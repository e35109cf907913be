import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileEdit, Finding } from '../../checks/finding';
import { editsOf, type Fixable } from '../../checks/fixes';
import { diagnosticOf } from './diagnostics';
import type { Opened } from './opened';

/** The fixes that `espalier check --fix` makes, of the findings that an editor asks about, each by itself. */
export async function fixesFor(opened: Opened, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
  const { tree, file } = opened;
  const { checked } = tree;
  if (checked === undefined) return [];
  const found = checked.findings.filter((one) => one.file === file).filter(isFixable);
  const actions: CodeAction[] = [];
  for (const diagnostic of diagnostics) {
    const finding = found.find((one) => isSame(diagnosticOf(one, tree, checked), diagnostic));
    // Where the text in the editor is not what was checked, the edits are of another.
    if (!finding?.fix.edits.every((edit) => tree.isChecked(edit.file))) continue;
    if (await tree.isCleanerWith(finding)) actions.push(actionOf(finding, diagnostic, opened));
  }
  return actions;
}

function actionOf({ fix }: Fixable, diagnostic: Diagnostic, { uriOf, versionOf }: Opened): CodeAction {
  const edits = [...editsOf([{ fix }])].map(([path, own]) => ({ path, edits: own.map(textEdit) }));
  const edit: WorkspaceEdit =
    versionOf === undefined
      ? { changes: Object.fromEntries(edits.map((one) => [uriOf(one.path), one.edits])) }
      : {
          documentChanges: edits.map((one) => ({
            textDocument: { uri: uriOf(one.path), version: versionOf(one.path) },
            edits: one.edits,
          })),
        };
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: true,
    edit,
  };
}

function isFixable(finding: Finding): finding is Fixable {
  return finding.fix !== undefined && finding.fix.edits.length > 0;
}

/** Several findings of a rule may stand on one line. */
function isSame(a: Diagnostic, b: Diagnostic): boolean {
  const [at, bt] = [a.range.start, b.range.start];
  return a.code === b.code && a.message === b.message && at.line === bt.line && at.character === bt.character;
}

function textEdit({ start, end, text }: FileEdit): TextEdit {
  return {
    range: {
      start: { line: start.line - 1, character: start.column - 1 },
      end: { line: end.line - 1, character: end.column - 1 },
    },
    newText: text,
  };
}
