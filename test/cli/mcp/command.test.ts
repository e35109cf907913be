import { espalier } from '../../repository';

test('without the package of the protocol, the command says how to install it', async () => {
  jest.doMock('../../../lib/cli/mcp/server', () => {
    throw Object.assign(new Error("Cannot find module '@modelcontextprotocol/server'"), { code: 'MODULE_NOT_FOUND' });
  });
  try {
    expect(await espalier(['mcp', 'dist'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: espalier mcp needs a package: npm install @modelcontextprotocol/server\n',
    });
  } finally {
    jest.dontMock('../../../lib/cli/mcp/server');
  }
});

test('a folder that there is not is refused', async () => {
  expect(await espalier(['mcp', 'nowhere'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: nowhere is no folder. Name the folder of a repository.\n',
  });
});
