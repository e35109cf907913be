import { type Connection, type Diagnostic, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { EspalierError } from '../../errors';
import { diagnosticsOf } from './diagnostics';
import type { EditedTree } from './edited-tree';

/** A check begins so many milliseconds after a change, in which others may come: where it takes long, later, for nothing is answered meanwhile. */
const pauseAfter = (took: number) => Math.min(Math.max((took - 100) / 2, 10), 500);

/** So often a tree is checked after the first time, for nothing: Node compiles by then what each later letter waits for. */
const rehearsals = 12;

/** Checks a tree when it has changed, and tells the editor of each file whose findings are others than before. */
export class Publisher {
  private timer: NodeJS.Timeout | undefined;
  private checking: Promise<void> | undefined;
  private isDue = false;
  private isClosed = false;
  /** What the editor was told of each file, and under which name. */
  private readonly sent = new Map<string, { readonly uri: string; readonly text: string }>();
  private told = '';

  /** @param uriOf how the editor calls a file of the tree */
  constructor(
    readonly tree: EditedTree,
    private readonly connection: Connection,
    private readonly uriOf: (file: string) => string,
  ) {}

  /** The tree has changed: it is checked once it has not for a moment. */
  changed(): void {
    this.isDue = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.current(), pauseAfter(this.tree.took));
  }

  /** Resolves when what is known of the tree is of its present text. */
  async current(): Promise<void> {
    clearTimeout(this.timer);
    while (this.isDue || this.checking !== undefined) {
      this.checking ??= this.check().finally(() => {
        this.checking = undefined;
      });
      await this.checking;
    }
  }

  /** The tree is no longer open: its findings go. */
  close(): void {
    this.isClosed = true;
    this.isDue = false;
    clearTimeout(this.timer);
    for (const file of this.sent.keys()) this.send(file, []);
  }

  private async check(): Promise<void> {
    const isFirst = this.tree.checked === undefined;
    this.isDue = false;
    try {
      const checked = await this.tree.check();
      if (this.isClosed) return;
      const found = diagnosticsOf(this.tree, checked);
      for (const file of new Set([...this.sent.keys(), ...found.keys()])) this.send(file, found.get(file) ?? []);
      this.told = '';
      if (isFirst) this.rehearse(rehearsals);
    } catch (error) {
      this.tell(error);
    }
  }

  private send(file: string, diagnostics: Diagnostic[]): void {
    const uri = this.uriOf(file);
    const text = JSON.stringify(diagnostics);
    const before = this.sent.get(file);
    // It is opened by another path than the editor would find it by.
    if (before !== undefined && before.uri !== uri) {
      void this.connection.sendDiagnostics({ uri: before.uri, diagnostics: [] });
    } else if ((before?.text ?? '[]') === text) return;
    if (diagnostics.length === 0) this.sent.delete(file);
    else this.sent.set(file, { uri, text });
    void this.connection.sendDiagnostics({ uri, diagnostics });
  }

  /** Says once why a tree cannot be checked. */
  private tell(error: unknown): void {
    const message = messageOf(error);
    if (message !== this.told) showError(this.connection, error);
    this.told = message;
  }

  private rehearse(left: number): void {
    if (left === 0 || this.isClosed) return;
    // Questions are answered in between.
    setTimeout(() => {
      this.isDue = true;
      void this.current().then(() => this.rehearse(left - 1));
    }, 100);
  }
}

/** Has the editor show an error. */
export function showError(connection: Connection, error: unknown): void {
  void connection.sendNotification(ShowMessageNotification.type, {
    type: MessageType.Error,
    message: messageOf(error),
  });
}

function messageOf(error: unknown): string {
  if (error instanceof EspalierError) return `espalier: ${error.message}`;
  return `espalier: a fault of its own: ${error instanceof Error ? error.stack : String(error)}`;
}
