import { espalier } from '../../repository';
import { injectFault, type Mutation } from '../../tree/faults';
import { files, repositoryWith, snapshot } from './repository';

export const jellyfin = 'kubernetes/apps/media/jellyfin';

/** Stands for SIGKILL within the process: nobody can tidy up after it, for every later change throws it again. */
class Killed extends Error {}

/** A repository, as it was and as an undisturbed run leaves it. */
export async function undisturbed(): Promise<{ before: Record<string, string>; after: Record<string, string> }> {
  const cwd = repositoryWith();
  const before = snapshot(cwd);
  expect(await espalier(['adopt', jellyfin, '--cluster', 'home'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  return { before, after: snapshot(cwd) };
}

/** Runs adopt until it is killed at a change of the file system; whether it was. */
export async function killedAt(
  cwd: string,
  at: number,
  where: 'before' | 'halfway',
  args?: readonly string[],
): Promise<boolean> {
  const kill = () => {
    throw new Killed();
  };
  return disturbed(cwd, at, where, kill, args);
}

/** Runs adopt with something that happens at a change of the file system and at all later ones; whether it failed. */
export async function disturbed(
  cwd: string,
  at: number,
  where: 'before' | 'halfway',
  happen: (name: Mutation) => void,
  args: readonly string[] = [jellyfin],
): Promise<boolean> {
  const end = injectFault(at, where, happen);
  try {
    return (await espalier(['adopt', ...args, '--cluster', 'home'], { cwd })).code !== 0;
  } finally {
    end();
  }
}

/** After a run that was killed: Flux sees no change, synth needs no --force, and adopt completes it. */
export async function expectCompletes(cwd: string, after: Record<string, string>): Promise<'as it was' | 'used'> {
  const now = snapshot(cwd);
  const diff = await espalier(['diff', 'HEAD', '.', '--exit-code'], { cwd });
  expect({ code: diff.code, stdout: diff.stdout }).toMatchObject({ code: 0 });
  const isUsed = 'main.ts' in now;
  if (isUsed) {
    expect(await espalier(['synth', '--quiet'], { cwd })).toMatchObject({ code: 0 });
    expect(snapshot(cwd)).toMatchObject(without(after, '.espalier-'));
  } else for (const [path, text] of Object.entries(files)) expect(now[path]).toBe(text);
  expect(await espalier(['adopt', jellyfin, '--cluster', 'home'], { cwd })).toMatchObject({ code: 0 });
  expect(without(snapshot(cwd), '.espalier-staging')).toEqual(after);
  return isUsed ? 'used' : 'as it was';
}

function without(all: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith(prefix)));
}

const app = `${jellyfin}/app`;

/** A repository that --tidy moves a file of. */
export function untidied(more: Readonly<Record<string, string>> = {}): string {
  const both = ['one', 'two'].map(
    (name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: media }\n`,
  );
  const listing = `${files[`${app}/kustomization.yaml`]}  - ./both.yaml\n`;
  return repositoryWith({
    [`${app}/kustomization.yaml`]: listing,
    [`${app}/both.yaml`]: both.join('---\n'),
    ...more,
  });
}

/** Such a repository, as it was and as an undisturbed run with --tidy leaves it. */
export async function tidied(): Promise<{ before: Record<string, string>; after: Record<string, string> }> {
  const cwd = untidied();
  const before = snapshot(cwd);
  const args = ['adopt', jellyfin, '--cluster', 'home', '--tidy'];
  expect(await espalier(args, { cwd })).toMatchObject({ code: 0, stderr: '' });
  return { before, after: snapshot(cwd) };
}

/** After a run with --tidy that was killed: all files are there, or synth completes it without --force. */
export async function expectTidies(
  cwd: string,
  before: Record<string, string>,
  after: Record<string, string>,
): Promise<'as it was' | 'used'> {
  const now = snapshot(cwd);
  if (!('main.ts' in now)) {
    expect(now).toMatchObject(before);
    expect(await espalier(['adopt', jellyfin, '--cluster', 'home', '--tidy'], { cwd })).toMatchObject({
      code: 0,
      stderr: '',
    });
  } else expect(await espalier(['synth', '--quiet'], { cwd })).toMatchObject({ code: 0 });
  expect(without(snapshot(cwd), '.espalier-')).toEqual(after);
  return 'main.ts' in now ? 'used' : 'as it was';
}
