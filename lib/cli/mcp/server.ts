import { type CallToolResult, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { EspalierError, isEspalierError } from '../../errors';
import { maskForms } from '../../graph/masking';
import { forgetTexts } from '../../text/memoize';
import { printError } from '../terminal';
import { argumentsFault } from './arguments';
import { type Access, type Arguments, object, type Tool } from './tool';
import { tools } from './tools';

/** A server of the tools; each connection has its own. */
export function makeServer(access: Access): McpServer {
  const { version } = require('cdk8s-espalier/package.json') as { version: string };
  const server = new McpServer(
    { name: 'espalier', version },
    {
      instructions:
        'Questions about a Flux (GitOps) tree: what would fail (check), what a change does (diff), who reads something and what hangs on it (search, impact), in which order a cluster starts (order). Answers count first and come in pages. Values of Secrets are never shown.',
    },
  );
  for (const tool of tools) register(server, tool, access);
  return server;
}

function register(server: McpServer, tool: Tool, access: Access): void {
  const { name, title, description, input, required = [], output } = tool;
  const readOnlyHint = tool.readOnly || !access.mayWrite;
  server.registerTool(
    name,
    {
      title,
      description,
      inputSchema: fromJsonSchema<Arguments>(object(input, [...required]), anyArguments),
      outputSchema: fromJsonSchema(output),
      annotations: {
        title,
        readOnlyHint,
        destructiveHint: !readOnlyHint,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    (args) => answer(tool, args, access),
  );
}

/** We tell what is wrong with arguments ourselves: the protocol's own sentence does not say what is allowed. */
const anyArguments: Parameters<typeof fromJsonSchema>[1] = {
  getValidator: () => (data) => ({ valid: true, data: data as never, errorMessage: undefined }),
};

async function answer(tool: Tool, args: Arguments, access: Access): Promise<CallToolResult> {
  try {
    const fault = argumentsFault(tool, args);
    if (fault !== undefined) throw new EspalierError(fault);
    const structuredContent = await tool.run(args, access);
    return {
      structuredContent: { ...structuredContent },
      content: [{ type: 'text', text: JSON.stringify(structuredContent) }],
    };
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: sentenceOf(error) }] };
  } finally {
    forgetTexts();
  }
}

/** What went wrong, for who called: our own faults without what only a stack trace tells. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = maskForms(message).split('\n');
  return isEspalierError(error) ? line : `espalier failed: ${line}`;
}

/** Serves on the standard streams until the client ends it. */
export async function serve(access: Access): Promise<number> {
  await new Promise<void>((done) => {
    serveStdio(() => makeServer(access), { onerror: ({ message }) => printError(maskForms(message)) });
    process.stdin.once('end', done).once('close', done);
  });
  return 0;
}
