import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { gitTop, isIn, realPath, slashes } from '../../tree/source';
import { answer, capabilities } from './answers';
import { EditedTree, type ServerSettings } from './edited-tree';
import type { Opened } from './opened';
import { Publisher, showError } from './publisher';

/** The conversation with one editor: which trees are open in it, and what it has to be told of them. */
export class Session {
  private readonly documents = new TextDocuments(TextDocument);
  /** How the editor calls the folders that it has open, by their real paths. */
  private folders: ReadonlyMap<string, string> = new Map();
  /** The open trees, by the path that each was opened with. */
  private readonly trees = new Map<string, Promise<Publisher | undefined>>();
  /** How the editor calls the documents that it has open, by their real paths. */
  private readonly uris = new Map<string, string>();
  private can = { watch: false, changeFolders: false, versions: false };

  constructor(
    private readonly connection: Connection,
    private readonly settings: ServerSettings,
  ) {
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => this.begin());
    const told = (done: Promise<void>) => void done.catch(this.tell);
    connection.onDidChangeWatchedFiles(({ changes }) => told(this.changedOnDisk(changes.map(({ uri }) => uri))));
    this.documents.onDidChangeContent(({ document }) => told(this.edited(document)));
    this.documents.onDidSave(({ document }) => told(this.changedOnDisk([document.uri])));
    this.documents.onDidClose(({ document }) => told(this.closed(document)));
    this.documents.listen(connection);
    answer(connection, (uri, isCurrent) => this.find(uri, isCurrent));
  }

  private initialize({ workspaceFolders, rootUri, capabilities: { workspace } }: InitializeParams): InitializeResult {
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    this.folders = foldersOf(uris);
    this.can = {
      watch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      changeFolders: workspace?.workspaceFolders === true,
      versions: workspace?.workspaceEdit?.documentChanges === true,
    };
    const { version } = require('cdk8s-espalier/package.json') as { version: string };
    return {
      serverInfo: { name: 'espalier', version },
      capabilities: {
        ...capabilities,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private begin(): void {
    if (this.can.watch) {
      const watchers = [{ globPattern: '**/*' }];
      this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(this.tell);
    }
    if (this.can.changeFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders((event) => {
        this.changedFolders(event).catch(this.tell);
      });
    }
    for (const folder of this.folders.keys()) void this.open(folder);
  }

  private async changedFolders({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
    const gone = foldersOf(removed.map(({ uri }) => uri));
    const left = [...this.folders].filter(([folder]) => !gone.has(folder));
    this.folders = new Map([...left, ...foldersOf(added.map(({ uri }) => uri))]);
    for (const folder of this.folders.keys()) void this.open(folder);
    await this.closeUnused();
    for (const document of this.documents.all()) await this.edited(document);
  }

  private async edited({ uri }: TextDocument): Promise<void> {
    const path = pathOf(uri);
    if (path === undefined) return;
    this.uris.set(path, uri);
    const publisher = await this.treeOf(path);
    // It may have been edited again, or closed.
    const text = this.documents.get(uri)?.getText();
    if (publisher === undefined || text === undefined) return;
    publisher.tree.edit(below(publisher.tree.root, path), text);
    publisher.changed();
  }

  private async closed({ uri }: TextDocument): Promise<void> {
    const path = pathOf(uri);
    if (path === undefined) return;
    this.uris.delete(path);
    const publisher = await this.trees.get(this.treePath(path) ?? '');
    publisher?.tree.close(below(publisher.tree.root, path));
    publisher?.changed();
    await this.closeUnused();
  }

  private async changedOnDisk(uris: readonly string[]): Promise<void> {
    const paths = uris
      .flatMap((uri) => pathOf(uri) ?? [])
      .filter((path) => !/[\\/](?:\.git|node_modules)[\\/]/.test(path));
    for (const tree of this.trees.values()) {
      const publisher = await tree;
      if (publisher === undefined || !paths.some((path) => isIn(path, publisher.tree.root))) continue;
      if (paths.some((path) => publisher.tree.isOfConfig(path))) await publisher.tree.readConfig(this.tell);
      publisher.tree.lookAgain();
      publisher.changed();
    }
  }

  /** @param isCurrent whether what is known must be of the text that is in the editor now */
  private async find(uri: string, isCurrent: boolean): Promise<Opened | undefined> {
    const path = pathOf(uri);
    const publisher = path === undefined ? undefined : await this.treeOf(path);
    if (path === undefined || publisher === undefined) return undefined;
    const { tree } = publisher;
    if (isCurrent || tree.checked === undefined) await publisher.current();
    const document = this.documents.get(uri);
    if (document === undefined || tree.checked === undefined) return undefined;
    const uriOf = this.uriIn(tree.root);
    const versionOf = (file: string) => this.documents.get(uriOf(file))?.version ?? null;
    return {
      ...{ tree, graph: tree.checked.graph, file: below(tree.root, path), document, uriOf },
      ...(this.can.versions && { versionOf }),
    };
  }

  /** Closes the trees that neither a folder nor a document is of. */
  private async closeUnused(): Promise<void> {
    const used = new Set([...this.folders.keys(), ...[...this.uris.keys()].map((path) => this.treePath(path))]);
    for (const [path, tree] of this.trees) {
      if (used.has(path)) continue;
      this.trees.delete(path);
      (await tree)?.close();
    }
  }

  private async treeOf(path: string): Promise<Publisher | undefined> {
    const opened = this.treePath(path);
    return opened === undefined ? undefined : this.open(opened);
  }

  /**
   * What a document's tree is opened with: the folder of the editor or the Git work tree that it lies in, whichever is less; or itself,
   * once it is a file.
   */
  private treePath(path: string): string | undefined {
    const folder = this.folderOf(path);
    const top = gitTop(dirname(path));
    if (folder === undefined) return top ?? (isFile(path) ? path : undefined);
    return top !== undefined && isIn(top, folder) ? top : folder;
  }

  /** The innermost open folder that a path lies in. */
  private folderOf(path: string): string | undefined {
    return [...this.folders.keys()].filter((one) => isIn(path, one)).sort((a, b) => b.length - a.length)[0];
  }

  /** How the editor calls the files below a root: to it, those of a folder that it opened by a symbolic link lie below the link. */
  private uriIn(root: string): (file: string) => string {
    return (file) => {
      const path = join(root, file);
      const folder = this.folderOf(path) ?? '';
      const called = this.folders.get(folder) ?? folder;
      return this.uris.get(path) ?? pathToFileURL(called === '' ? path : join(called, relative(folder, path))).href;
    };
  }

  /** Opens a tree and has it checked, or finds the one that is open. */
  private open(path: string): Promise<Publisher | undefined> {
    const known = this.trees.get(path);
    if (known !== undefined) return known;
    const opening = this.publisherOf(path);
    this.trees.set(path, opening);
    return opening;
  }

  private async publisherOf(path: string): Promise<Publisher | undefined> {
    try {
      const tree = await EditedTree.open(path, this.settings, this.tell);
      const publisher = new Publisher(tree, this.connection, this.uriIn(tree.root));
      publisher.changed();
      return publisher;
    } catch (error) {
      this.tell(error);
      return undefined;
    }
  }

  private readonly tell = (error: unknown) => showError(this.connection, error);
}

function foldersOf(uris: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    uris.flatMap((uri) => {
      const path = pathOf(uri);
      return path === undefined ? [] : [[path, fileURLToPath(uri)]];
    }),
  );
}

/** The real path of a document; undefined for what is in no file of this machine: `file://host/share` is one on Windows alone. */
function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return realPath(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function below(root: string, path: string): string {
  return slashes(relative(root, path));
}
