import { EspalierError } from '../errors';
import type { Command } from './command';
import { statOf } from './look';
import { readSettings, treeOptions, treeOptionsHelp } from './read-graph';

const help = `espalier mcp [FOLDER]: a server of the Model Context Protocol: an agent asks what check, diff, impact and order know.

Usage: espalier mcp [FOLDER] [options]

  FOLDER            the folder that it answers for (default: the working directory): nothing outside of it is read
  --write           let the tool fix write files; without it, it only shows what it would change
${treeOptionsHelp}

An agent starts it (docs/mcp.md says how) and speaks with it on the standard streams. It changes no file without --write, asks
nothing of the network without --charts, and shows no value of a Secret. It needs npm install @modelcontextprotocol/server.

Exit codes: 0 the agent ended it; 2 it could not run.

Example: espalier mcp --help`;

export const mcp: Command = {
  help,
  positionals: 1,
  options: { write: { type: 'boolean' }, ...treeOptions },
  async run({ values, positionals: [folder = '.'] }) {
    if (statOf(folder)?.isDirectory() !== true) {
      throw new EspalierError(`${folder} is no folder. Name the folder of a repository.`);
    }
    const { serve } = serverModule();
    const { accessTo } = require('./mcp/access') as typeof import('./mcp/access');
    // Paths of questions and answers are relative to it, and its configuration counts.
    process.chdir(folder);
    const { realPath } = require('../tree/source') as typeof import('../tree/source');
    return serve(accessTo(realPath(process.cwd()), await readSettings(values), values.write === true));
  },
};

/** @throws EspalierError where the protocol's own package is not installed */
function serverModule(): typeof import('./mcp/server') {
  try {
    return require('./mcp/server') as typeof import('./mcp/server');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'MODULE_NOT_FOUND' || !message.includes('@modelcontextprotocol')) throw error;
    throw new EspalierError('espalier mcp needs a package: npm install @modelcontextprotocol/server');
  }
}
