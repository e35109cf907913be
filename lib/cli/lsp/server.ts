import { createConnection } from 'vscode-languageserver';
import { createProtocolConnection } from 'vscode-languageserver/node';
import type { ServerSettings } from './edited-tree';
import { Session } from './session';

/** Speaks the language server protocol on the standard streams until the editor ends it; returns the exit code. */
export function serve(settings: ServerSettings): Promise<number> {
  const { stdin, stdout } = process;
  // A configuration that prints would talk into it.
  Object.defineProperty(process, 'stdout', { value: process.stderr, configurable: true });
  globalThis.console = new console.Console(process.stderr, process.stderr);
  return new Promise((done) => {
    const watchDog = {
      shutdownReceived: false,
      initialize: () => {},
      exit: () => {
        stdin.destroy();
        done(watchDog.shutdownReceived ? 0 : 1);
      },
    };
    stdin.once('end', watchDog.exit);
    const connection = createConnection((logger) => createProtocolConnection(stdin, stdout, logger), watchDog);
    new Session(connection, settings);
    connection.listen();
  });
}
