import type { Command } from './command';

const help = `espalier lsp: a language server for editors: findings while one types, and where references lead, in any Flux tree.

Usage: espalier lsp [--stdio] [options]

  --stdio          speak on the standard streams (there is no other way: editors may say it or not)
  --schemas DIR    a folder of CustomResourceDefinitions or JSON schemas besides .espalier/schemas; may be repeated
  --kubernetes V   the cluster's release of Kubernetes, such as 1.34 (default: the newest that is known)
  --trace          print the stack trace of an error

An editor starts it (docs/editors.md says how) and ends it. It reads the Git work trees that the editor has files of, and
espalier.config.* at the top of the folders that are open. It opens no charts, and asks nothing of the network.

Exit codes: 0 the editor ended it; 1 it went away without; 2 it could not run.

Example: espalier lsp --help`;

export const lsp: Command = {
  help,
  positionals: 0,
  options: {
    stdio: { type: 'boolean' },
    clientProcessId: { type: 'string', hidden: true },
    schemas: { type: 'string', multiple: true },
    kubernetes: { type: 'string' },
  },
  run: ({ values }) => {
    const { serve } = require('./lsp/server') as typeof import('./lsp/server');
    return serve({
      schemas: (values.schemas as string[] | undefined) ?? [],
      kubernetes: values.kubernetes as string | undefined,
    });
  },
};
