import { realpathSync } from 'node:fs';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { accessTo } from '../../../lib/cli/mcp/access';
import { makeServer } from '../../../lib/cli/mcp/server';
import { readSettings } from '../../../lib/cli/read-graph';

/** A client of the protocol's own kit, and what it asks of a server for a folder. */
export interface Connected {
  readonly client: Client;
  /** What a tool answers; the client has held it against the tool's schema. */
  // biome-ignore lint/suspicious/noExplicitAny: each tool has its own
  call(name: string, args?: Record<string, unknown>): Promise<any>;
  /** What a tool says instead of an answer. */
  refusal(name: string, args?: Record<string, unknown>): Promise<string>;
}

export async function connect(folder: string, mayWrite = false): Promise<Connected> {
  const [there, here] = InMemoryTransport.createLinkedPair();
  await makeServer(accessTo(realpathSync(folder), await readSettings({}), mayWrite)).connect(there);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(here);
  await client.listTools();
  const result = async (name: string, args: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: args })) as CallToolResult;
  const textOf = ({ content: [first] }: CallToolResult) => (first?.type === 'text' ? first.text : '');
  return {
    client,
    async call(name, args = {}) {
      const answer = await result(name, args);
      if (answer.isError === true) throw new Error(textOf(answer));
      expect(JSON.parse(textOf(answer))).toEqual(answer.structuredContent);
      return answer.structuredContent;
    },
    async refusal(name, args = {}) {
      const answer = await result(name, args);
      expect(answer.isError).toBe(true);
      return textOf(answer);
    },
  };
}
