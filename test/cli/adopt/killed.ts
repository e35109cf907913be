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
export async function killedAt(cwd: string, at: number, where: 'before' | 'halfway'): Promise<boolean> {
  return disturbed(cwd, at, where, () => {
    throw new Killed();
  });
}

/** Runs adopt with something that happens at a change of the file system and at all later ones; whether it failed. */
export async function disturbed(
  cwd: string,
  at: number,
  where: 'before' | 'halfway',
  happen: (name: Mutation) => void,
): Promise<boolean> {
  const end = injectFault(at, where, happen);
  try {
    return (await espalier(['adopt', jellyfin, '--cluster', 'home'], { cwd })).code !== 0;
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
