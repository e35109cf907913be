import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { command, repository } from '../../repository';

test('the command speaks with a client on the standard streams, and ends with it', async () => {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [command, 'mcp', 'dist'],
    cwd: repository,
  });
  await client.connect(transport);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain('impact');
  const answer = await client.callTool({
    name: 'impact',
    arguments: { object: 'Secret/backstage/backstage-secrets', what: 'readers' },
  });
  expect(answer.structuredContent).toMatchObject({
    impacts: [
      {
        subject: 'Secret/backstage/backstage-secrets',
        readers: {
          items: [
            {
              object: 'Deployment backstage/backstage',
              file: 'kubernetes/apps/backstage/backstage/app/deployment.yaml',
            },
          ],
        },
      },
    ],
  });
  const { pid } = transport;
  await client.close();
  expect(() => process.kill(pid as number, 0)).toThrow('ESRCH');
});
