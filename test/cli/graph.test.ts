import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../repository';

const folder = temporaryFolder();
const fleet = 'examples/fleet/dist';

describe('espalier graph', () => {
  it('writes the picture that is asked for, in the format that the file’s ending says', async () => {
    const output = join(folder, 'order.dot');
    expect(await espalier(['graph', 'dist', '--of', 'order', '--output', output])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(output, 'utf8')).toMatch(/^digraph "Order of the cluster" \{\n/);
  });

  it('prints Mermaid, as docs/graph.md shows it', async () => {
    const { code, stdout } = await espalier(['graph', 'dist', '--app', 'backstage', '--of', 'order']);
    expect(code).toBe(0);
    const page = readFileSync(join(repository, 'docs', 'graph.md'), 'utf8');
    expect(page).toContain(`$ npx cdk8s-espalier graph dist --app backstage --of order\n${stdout}\`\`\`\n`);
    expect(page).toContain(`\`\`\`mermaid\n${stdout}\`\`\`\n`);
  });

  it('draws the cluster that is named', async () => {
    const { code, stdout } = await espalier(['graph', fleet, '--cluster', 'staging']);
    expect(code).toBe(0);
    expect(stdout).toContain('clusters/staging/apps/backstage/app');
  });

  it.each([
    [['dist', '--app', 'backstag'], 'there is no Kustomization "backstag"; did you mean backstage?'],
    [['dist', '--format', 'png'], '--format "png": it must be one of mermaid, dot, svg, html, json.'],
    [['dist', '--output', 'x.png'], '--output "x.png": its extension does not tell the format.'],
    [[fleet], 'the tree has several clusters. Name one with --cluster: production, staging.'],
    [[fleet, '--cluster', 'stagin'], '--cluster "stagin": there is no such cluster; did you mean staging?'],
  ])('refuses %j with what to do instead', async (args, message) => {
    const { code, stdout, stderr } = await espalier(['graph', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).not.toMatch(/^\s+at .*\.ts/m);
  });
});
