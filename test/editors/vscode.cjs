/**
 * As much of VS Code as the extension and its language client ask for: runs the bundled extension in a folder, prints the findings that it
 * is told as JSON, and ends. Arguments: the extension, the folder, the server, the seconds after which it gives up.
 */
const { readdirSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

const [extension, folder, server, patience] = process.argv.slice(2);
const nothing = () => ({ dispose() {} });

/** Whatever nobody looks at: a function, a class, an object of such. */
const any = () =>
  new Proxy(class {}, {
    get: (target, key) => {
      if (key === Symbol.toPrimitive) return () => '';
      if (key === 'then') return undefined;
      target[key] ??= any();
      return target[key];
    },
    apply: nothing,
    construct: () => ({}),
  });
const withRest = (own) =>
  new Proxy(own, {
    get: (target, key) => {
      if (!(key in target) && key !== 'then') target[key] = any();
      return target[key];
    },
  });

class Uri {
  constructor(address) {
    this.address = address;
  }
  get scheme() {
    return new URL(this.address).protocol.slice(0, -1);
  }
  get fsPath() {
    return fileURLToPath(this.address);
  }
  toString() {
    return this.address;
  }
  static parse(address) {
    return new Uri(address);
  }
  static file(path) {
    return new Uri(pathToFileURL(path).href);
  }
}

class EventEmitter {
  event = nothing;
  fire() {}
  dispose() {}
}
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: nothing };
  cancel() {}
  dispose() {}
}
class Range {
  constructor(startLine) {
    this.line = startLine + 1;
  }
}
class Diagnostic {
  constructor(range, message) {
    Object.assign(this, { range, message });
  }
}

const settings = { enable: 'auto', path: server, kubernetes: '' };
const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
const told = (uri, diagnostics) => {
  const found = diagnostics.map(({ range: { line }, code, message }) => ({ line, rule: code?.value ?? code, message }));
  process.stdout.write(JSON.stringify({ file: uri.fsPath.slice(folder.length + 1), found }));
  loaded.deactivate().then(() => process.exit(0));
};

const vscode = withRest({
  ...{ CancellationTokenSource, Diagnostic, EventEmitter, Range, Uri, version: '1.100.0' },
  Disposable: { from: nothing },
  workspace: withRest({
    workspaceFolders: [{ uri: Uri.file(folder), name: 'folder', index: 0 }],
    textDocuments: [],
    notebookDocuments: [],
    getConfiguration: () => ({ get: (key, usual) => settings[key] ?? usual, inspect: () => undefined }),
    findFiles: async () =>
      readdirSync(folder, { recursive: true })
        .filter((path) => path.endsWith('.yaml'))
        .map((path) => Uri.file(join(folder, path))),
    fs: { readFile: async ({ fsPath }) => readFileSync(fsPath) },
    createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose() {} }),
  }),
  window: withRest({
    visibleTextEditors: [],
    createOutputChannel: () => withRest({ error: fail }),
    tabGroups: withRest({ all: [] }),
    showWarningMessage: async (message) => fail(message),
    showErrorMessage: async (message) => fail(message),
  }),
  languages: withRest({
    createDiagnosticCollection: () => ({ set: told, delete() {}, clear() {}, dispose() {} }),
  }),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));

const loaded = require(extension);
loaded.activate({ subscriptions: [] }).catch((error) => fail(error.stack));
setTimeout(() => fail('nothing was told'), Number(patience) * 1000);
