const { commands, window, workspace } = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');
const { isOfFlux, serverFor } = require('./server');

/** How many files are looked into for an API of Flux; those that are called as its own come first. */
const mostFiles = 300;
const usual = '**/{gotk-sync,gotk-components,ks,flux-system,flux-instance,fluxinstance,cluster,apps}.{yaml,yml}';
const outside = '**/{node_modules,.git}/**';

let client;
let starting;

async function activate(context) {
  context.subscriptions.push(
    commands.registerCommand('espalier.restart', restart),
    workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === 'yaml') void begin(document.getText());
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('espalier')) void restart();
    }),
  );
  await begin('');
}

async function deactivate() {
  await client?.stop();
  client = undefined;
}

/** Starts the server once, where it is wanted. @param text of a document that has been opened */
function begin(text) {
  if (client !== undefined) return undefined;
  starting ??= start(text).finally(() => {
    starting = undefined;
  });
  return starting;
}

async function start(text) {
  const settings = workspace.getConfiguration('espalier');
  const enable = settings.get('enable');
  if (enable === 'off' || (enable === 'auto' && !isOfFlux(text) && !(await hasFlux()))) return;
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const server = serverFor({ path: settings.get('path'), kubernetes: settings.get('kubernetes'), folders });
  if (server === undefined) {
    void window.showWarningMessage(
      'Espalier is not installed here. `npm install --save-dev cdk8s-espalier` in this folder, `npm install --global cdk8s-espalier`, or espalier.path in the settings.',
    );
    return;
  }
  const selector = [{ scheme: 'file', language: 'yaml' }];
  client = new LanguageClient(
    'espalier',
    'Espalier',
    { ...server, transport: TransportKind.stdio },
    {
      documentSelector: selector,
    },
  );
  await client.start();
}

async function restart() {
  await deactivate();
  await begin(window.activeTextEditor?.document.getText() ?? '');
}

/** Whether a file of the open folders names an API of Flux. */
async function hasFlux() {
  const likely = await workspace.findFiles(usual, outside, mostFiles);
  const others = likely.length < mostFiles ? await workspace.findFiles('**/*.{yaml,yml}', outside, mostFiles) : [];
  for (const uri of [...likely, ...others]) {
    if (isOfFlux(Buffer.from(await workspace.fs.readFile(uri)).toString('utf8'))) return true;
  }
  return false;
}

module.exports = { activate, deactivate };
