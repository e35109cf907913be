import {
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type DocumentLink,
  type Hover,
  type Location,
  MarkupKind,
  type Position,
  type Range,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { suggestionsAt } from '../../editor/complete';
import { type Fact, type Knowledge, knowledgeAt } from '../../editor/hover';
import { definitionsAt, referencesAt } from '../../editor/navigate';
import { linkAt, linksIn } from '../../editor/paths';
import type { Span } from '../../editor/places';
import { inline } from '../../graph/masking/printable';
import { generated } from '../../tree/generated';
import { fixesFor } from './fixes';
import type { Opened } from './opened';

/** What an editor may ask about a place. */
export const capabilities: ServerCapabilities = {
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentLinkProvider: { resolveProvider: false },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  completionProvider: { triggerCharacters: [' ', '/', '"', "'"] },
};

/** Answers what an editor asks about a place, from what was found when its tree was last checked. */
export function answer(
  connection: Connection,
  find: (uri: string, isCurrent: boolean) => Promise<Opened | undefined>,
): void {
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const opened = await find(uri, true);
    return opened && hover(opened, position);
  });
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const opened = await find(uri, true);
    if (opened === undefined) return undefined;
    const { graph, tree, file } = opened;
    const at = tree.whereChecked(file, fromEditor(position));
    const link = linkAt(graph, file, at);
    if (link !== undefined) return [{ uri: opened.uriOf(link.target), range: start }];
    return definitionsAt(graph, file, at).map((span) => locationOf(opened, span));
  });
  connection.onReferences(async ({ textDocument: { uri }, position, context }) => {
    const opened = await find(uri, true);
    if (opened === undefined) return undefined;
    const at = opened.tree.whereChecked(opened.file, fromEditor(position));
    const found = referencesAt(opened.graph, opened.file, at, context.includeDeclaration);
    return found.map((span) => locationOf(opened, span));
  });
  connection.onDocumentLinks(async ({ textDocument: { uri } }): Promise<DocumentLink[]> => {
    const opened = await find(uri, true);
    if (opened === undefined) return [];
    return linksIn(opened.graph, opened.file).map(({ span, target }) => ({
      range: rangeOf(span),
      target: opened.uriOf(target),
    }));
  });
  connection.onCodeAction(async ({ textDocument: { uri }, context: { diagnostics } }) => {
    const opened = await find(uri, true);
    return opened && fixesFor(opened, diagnostics);
  });
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    // Its own text is read anew; for names of others the last check is good enough.
    const opened = await find(uri, false);
    return opened && completion(opened, position);
  });
}

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function fromEditor({ line, character }: Position) {
  return { line: line + 1, column: character + 1 };
}

function rangeOf({ line, column, end }: Span): Range {
  return { start: { line: line - 1, character: column - 1 }, end: { line: line - 1, character: end - 1 } };
}

function locationOf(opened: Opened, span: Span): Location {
  return { uri: opened.uriOf(span.file), range: rangeOf(span) };
}

function hover(opened: Opened, position: Position): Hover | undefined {
  const { graph, tree, file } = opened;
  const found = knowledgeAt(graph, file, tree.whereChecked(file, fromEditor(position)));
  if (found.length === 0) return undefined;
  const parts = found.map((one) => markdown(one, opened));
  const made = generated(graph.tree, file);
  if (made !== undefined) parts.push(`This file is generated${made.by === undefined ? '' : ` by \`${made.by}\``}.`);
  return { contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') } };
}

function markdown({ title, sections }: Knowledge, opened: Opened): string {
  const lines = sections.map(({ label, facts }) => {
    const shown = facts.map((fact) => factText(fact, opened));
    return shown.length === 1 ? `${label} ${shown[0]}` : `${label}\n${shown.map((one) => `- ${one}`).join('\n')}`;
  });
  return [`**${code(title)}**`, ...lines].join('\n\n');
}

function factText({ text, at }: Fact, opened: Opened): string {
  return at === undefined ? inline(text) : `[${code(text)}](${opened.uriOf(at.file)}#L${at.line})`;
}

/** Names of a tree are shown as they are, whatever Markdown would make of them. */
function code(text: string): string {
  return `\`${inline(text).replaceAll('`', "'")}\``;
}

function completion({ graph, file, document }: Opened, position: Position): CompletionItem[] {
  const found = suggestionsAt(graph, file, document.getText(), document.offsetAt(position));
  if (found === undefined) return [];
  const range = { start: document.positionAt(found.from), end: document.positionAt(found.to) };
  return found.all.map(({ text, detail }) => ({
    label: text,
    detail,
    kind: detail === 'folder' ? CompletionItemKind.Folder : CompletionItemKind.Reference,
    textEdit: { range, newText: text },
  }));
}
