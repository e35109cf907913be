import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { command } from '../../repository';

const started: ChildProcess[] = [];

/** Of a test that fails, the server would go on. */
export function endAll(): void {
  for (const one of started) one.kill();
}

/** An editor that has started `espalier lsp`. */
export class Client {
  readonly messages: string[] = [];
  result: InitializeResult | undefined;
  private readonly process = spawn(process.execPath, [command, 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Elsewhere than the tree, as editors start it.
    cwd: join(__dirname, '..'),
  });
  private readonly ended = once(this.process, 'exit');
  readonly connection: ProtocolConnection;
  private readonly found = new Map<string, readonly Diagnostic[]>();
  private readonly waiting = new Set<() => void>();
  private version = 0;

  constructor(private readonly root: string) {
    started.push(this.process);
    const { stdout, stdin } = this.process;
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.found.set(uri, diagnostics);
      for (const look of this.waiting) look();
    });
    this.connection.onNotification(ShowMessageNotification.type, ({ message }) => void this.messages.push(message));
    this.connection.onRequest(RegistrationRequest.type, () => {});
    this.connection.listen();
  }

  async begin(folders: readonly string[] = [this.root]): Promise<void> {
    this.result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder })),
      capabilities: { workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  uri(file: string): string {
    return pathToFileURL(join(this.root, file)).href;
  }

  open(file: string, text: string): Promise<void> {
    return this.openUri(this.uri(file), text);
  }

  openUri(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'yaml', version: ++this.version, text };
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** What is in the editor now. */
  change(file: string, text: string): Promise<void> {
    const textDocument = { uri: this.uri(file), version: ++this.version };
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges: [{ text }],
    });
  }

  close(file: string): Promise<void> {
    return this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(file) },
    });
  }

  /** The editor has seen that a file changed on the disk. */
  told(file: string, type: FileChangeType = FileChangeType.Changed): Promise<void> {
    return this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: this.uri(file), type }],
    });
  }

  diagnostics(file: string): readonly Diagnostic[] {
    return this.found.get(this.uri(file)) ?? [];
  }

  /** The findings of a file, `3:5 rule message`, once they are these; what they are at last, where that never comes. */
  async findings(file: string, isThis: (found: readonly string[]) => boolean): Promise<readonly string[]> {
    const look = () => this.diagnostics(file).map(shown);
    if (isThis(look())) return look();
    return new Promise((done) => {
      const finish = () => {
        clearTimeout(timer);
        this.waiting.delete(tryIt);
        done(look());
      };
      const tryIt = () => isThis(look()) && finish();
      const timer = setTimeout(finish, 60_000);
      this.waiting.add(tryIt);
    });
  }

  /** @returns the exit code */
  async end(): Promise<number> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const [code] = await this.ended;
    this.connection.dispose();
    return code;
  }
}

function shown({ range: { start, end }, code, message }: Diagnostic): string {
  return `${start.line + 1}:${start.character + 1}-${end.character + 1} ${code} ${String(message).split('\n')[0]}`;
}
