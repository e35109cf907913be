import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository } from '../repository';

describe('espalier order', () => {
  it('tells what docs/order.md shows', async () => {
    const { code, stdout } = await espalier(['order', 'dist']);
    expect(code).toBe(0);
    const page = readFileSync(join(repository, 'docs', 'order.md'), 'utf8');
    expect(page).toContain(`$ npx cdk8s-espalier order dist\n${stdout}\`\`\`\n`);
  });

  it('tells each cluster, or the one that is named', async () => {
    const told = async (...args: string[]) => {
      const { stdout } = await espalier(['order', 'examples/fleet/dist', '--format', 'json', ...args]);
      return JSON.parse(stdout).clusters.map(({ cluster }: { cluster: string }) => cluster);
    };
    expect(await told()).toEqual(['production', 'staging']);
    expect(await told('--cluster', 'staging')).toEqual(['staging']);
  });

  it('refuses a format that there is not', async () => {
    const { code, stderr } = await espalier(['order', 'dist', '--format', 'html']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: --format "html": it must be one of text, json, markdown.\n',
    });
  });
});
