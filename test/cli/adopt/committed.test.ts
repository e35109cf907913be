import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../../repository';
import { snapshot } from './repository';

const folder = temporaryFolder();

/** What stands in a file but for what Espalier says of it, and the order of what is listed: code makes first what other code uses. */
function withoutHeader(text: string | undefined): string | undefined {
  return text
    ?.replace(/^# (?:yaml-language-server: \$schema=|Made by ).*\n(?:# .*\n)?/gm, '')
    .replace(/(?:^ {2}- \.\/.*\n)+/gm, (list) => list.split('\n').sort().join('\n'));
}

test.each(['dist', 'examples/fleet/dist'])('code that is made of %s makes it again, to the byte', async (tree) => {
  const cwd = join(folder, tree.replaceAll('/', '-'));
  cpSync(join(repository, tree), join(cwd, tree), { recursive: true });
  // Its code is not here: it is somebody's own.
  rmSync(join(cwd, tree, '.espalier.sha256'));
  const before = snapshot(cwd);
  expect(await espalier(['adopt', tree, '--cluster', 'home'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  const after = snapshot(cwd);
  const manifests = Object.keys(before).filter((path) => path.endsWith('.yaml'));
  expect(manifests.length).toBeGreaterThan(20);
  for (const path of manifests)
    expect({ path, text: withoutHeader(after[path]) }).toEqual({ path, text: withoutHeader(before[path]) });
  const added = Object.keys(after).filter((path) => !(path in before));
  expect(added.filter((path) => path.endsWith('.yaml'))).toEqual([]);
});
