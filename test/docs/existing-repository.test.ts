import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { espalier, repository } from '../repository';

const page = readFileSync(join(repository, 'docs/existing-repository.md'), 'utf8');
// Inside the checkout, so that lib/ is at hand.
const cwd = join(repository, 'build', 'existing-repository');

/** The files of the page: each block that begins with its path. */
const files = [...page.matchAll(/^```(?:yaml|typescript)\n(?:#|\/\/) (\S+)\n(.*?)^```$/gms)];

beforeAll(() => {
  rmSync(cwd, { recursive: true, force: true });
  for (const [, path = '', text = ''] of files) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text.replace("'cdk8s-espalier'", JSON.stringify(join(repository, 'lib'))));
  }
  execFileSync('git', ['init', '-q'], { cwd });
});

test('the repository of the page is synthesized as it says', async () => {
  const { code, stderr, stdout } = await espalier(['synth'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`./: 3 files, 3 created
  + kubernetes/apps/media/jellyfin/app/kustomization.yaml
  + kubernetes/apps/media/jellyfin/app/pod.yaml
  + kubernetes/apps/media/jellyfin/ks.yaml
  kept, not written by espalier: kubernetes/apps/media/jellyfin/app/login.sops.yaml
`);
  expect(await espalier(['check', '.'], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^No findings/),
  });
});

test('a file that the folder’s own kustomization.yaml does not list is refused as the page says', async () => {
  const path = join(cwd, 'kubernetes/apps/media/kustomization.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('  - ./jellyfin/ks.yaml\n', ''));
  const { code, stderr } = await espalier(['synth'], { cwd });
  const [, text] = /```text\n(.*?)```/s.exec(page) ?? [];
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`error: ${text}`) });
});
