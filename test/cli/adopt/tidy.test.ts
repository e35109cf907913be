import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier } from '../../repository';
import { untidied } from './killed';
import { files, git, snapshot } from './repository';

const app = 'kubernetes/apps/media/jellyfin/app';
const other = 'kubernetes/apps/media/plex/app';
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: media }\n`;

async function tidied(cwd: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await espalier(['adopt', '.', '--tidy', ...args], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** What of the cluster differs from HEAD, but for files that have moved. */
async function changes(cwd: string): Promise<string[]> {
  const { stdout } = await espalier(['diff', 'HEAD', '.', '--format', 'json'], { cwd });
  const { clusters } = JSON.parse(stdout) as { clusters: { changes: { type: string; object: string }[] }[] };
  const all = clusters.flatMap((cluster) => cluster.changes);
  return all.filter(({ type }) => type !== 'moved').map(({ object }) => object);
}

test('a file of several objects goes, each of them has its own, and the cluster is the same', async () => {
  const cwd = untidied();
  expect(await tidied(cwd)).toContain(
    `1 file moved to where constructs put them:\n  ${app}/both.yaml → one.yaml, two.yaml\n`,
  );
  expect(existsSync(join(cwd, app, 'both.yaml'))).toBe(false);
  expect(git(cwd, 'status', '--porcelain', '--', `${app}/*.yaml`).split('\n')).toEqual([
    ` D ${app}/both.yaml`,
    ` M ${app}/configmap.yaml`,
    ` M ${app}/kustomization.yaml`,
    ` M ${app}/service.yaml`,
    `?? ${app}/one.yaml`,
    `?? ${app}/two.yaml`,
    '',
  ]);
  expect(await changes(cwd)).toEqual([]);
  expect((await espalier(['synth', '--check'], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, '.espalier.sha256'), 'utf8')).not.toContain('both.yaml');
});

test('what something else names keeps its place, and what would be lost', async () => {
  const cwd = untidied({
    '.github/workflows/lint.yaml': `run: kubeconform ../../${app}/both.yaml\n`,
    [`${other}/three.yaml`]: ['three', 'four'].map(configMap).join('---\n'),
    [`${other}/kustomization.yaml`]: `${files[`${other}/kustomization.yaml`]}  - ./three.yaml\n`,
    '.sourceignore': 'four.yaml\n',
  });
  const report = await tidied(cwd);
  expect(report).toContain(`.github/workflows/lint.yaml names it: ${app}/both.yaml\n`);
  expect(report).toContain(`ConfigMap media/four would be deleted: ${other}/three.yaml\n`);
  expect(report).not.toContain('moved to');
  expect(existsSync(join(cwd, app, 'both.yaml'))).toBe(true);
  expect(await changes(cwd)).toEqual([]);
});

test('nothing moves to where Git takes no files', async () => {
  const cwd = untidied({ '.gitignore': 'two.yaml\n' });
  expect(await tidied(cwd)).toContain(`Git ignores ${app}/two.yaml: ${app}/both.yaml\n`);
});

test('a file that is there keeps its name', async () => {
  const cwd = untidied({ [`${app}/two.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: unused }\n' });
  expect(await tidied(cwd)).toContain(`${app}/two.yaml is there already: ${app}/both.yaml`);
  expect(readFileSync(join(cwd, app, 'two.yaml'), 'utf8')).toContain('unused');
});

test('--code-only moves nothing: the next synth does', async () => {
  const cwd = untidied();
  const before = snapshot(cwd);
  await tidied(cwd, '--code-only');
  const { 'main.ts': _, ...after } = snapshot(cwd);
  expect(after).toMatchObject(Object.fromEntries(Object.entries(before).filter(([path]) => path.endsWith('.yaml'))));
  expect((await espalier(['synth', '--quiet'], { cwd })).code).toBe(0);
  expect(existsSync(join(cwd, app, 'both.yaml'))).toBe(false);
  expect(await changes(cwd)).toEqual([]);
});
