const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');

/** APIs of Flux and of the Flux Operator, by which a repository is known as one that Flux reads. */
const flux =
  /^apiVersion: *['"]?(?:kustomize|source|helm)\.toolkit\.fluxcd\.io\/|^apiVersion: *['"]?fluxcd\.controlplane\.io\//m;

/** Whether a file is one by which a repository is known. */
function isOfFlux(text) {
  return flux.test(text);
}

/**
 * How the language server is started: as the settings say, else as the open folders have it installed, else by the command on the PATH.
 * What is JavaScript runs in VS Code's own Node. Undefined where there is none.
 */
function serverFor({ path = '', kubernetes = '', folders, env = process.env, platform = process.platform }) {
  const args = ['lsp', ...(kubernetes === '' ? [] : ['--kubernetes', kubernetes])];
  const installed = folders.map((folder) => join(folder, 'node_modules', 'cdk8s-espalier', 'bin', 'espalier.js'));
  const module = [path, ...installed].find((one) => /\.[cm]?js$/.test(one) && existsSync(one));
  if (path === '' || module === path) {
    if (module !== undefined) return { module, args };
  }
  // On Windows npm installs commands as scripts, which a shell runs.
  const names = platform === 'win32' ? ['espalier.cmd', 'espalier.exe'] : ['espalier'];
  const onPath = (env.PATH ?? env.Path ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const command = path === '' ? onPath.find((one) => existsSync(one)) : path;
  if (command === undefined || !existsSync(command)) return undefined;
  return { command, args, options: { shell: command.endsWith('.cmd') } };
}

module.exports = { isOfFlux, serverFor };
