import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit } from 'vscode-languageserver';
import type { FileEdit } from '../../checks/finding';
import { push } from '../../text/group-by';
import type { EditedTree } from './edited-tree';

/** The fixes that `espalier check --fix` makes, of the findings that an editor asks about, each by itself. */
export function fixesFor(
  tree: EditedTree,
  file: string,
  diagnostics: readonly Diagnostic[],
  uriOf: (file: string) => string,
): CodeAction[] {
  const found = tree.checked?.findings.filter((one) => one.file === file) ?? [];
  return diagnostics.flatMap((diagnostic) => {
    const { code, range } = diagnostic;
    const finding = found.find(({ rule, line }) => rule === code && line === range.start.line + 1);
    const edits = finding?.fix?.edits ?? [];
    // Where the text in the editor is not what was checked, the edits are of another.
    if (finding?.fix === undefined || edits.length === 0 || !edits.every((edit) => tree.isChecked(edit.file)))
      return [];
    const changes = new Map<string, TextEdit[]>();
    for (const edit of edits) push(changes, uriOf(edit.file), textEdit(edit));
    return {
      title: finding.fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: true,
      edit: { changes: Object.fromEntries(changes) },
    };
  });
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
