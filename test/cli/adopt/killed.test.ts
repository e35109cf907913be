import { disturbed, expectCompletes, expectTidies, jellyfin, killedAt, tidied, undisturbed, untidied } from './killed';
import { repositoryWith, snapshot } from './repository';

// All changes of the file system: killed.long.test.ts.
test('killed at some of its changes: as it was, or code that synth and adopt complete', async () => {
  const { after } = await undisturbed();
  const outcomes = new Set<string>();
  for (const at of [3, 9, 15, 21, 25, 29, 33]) {
    const cwd = repositoryWith();
    if (!(await killedAt(cwd, at, 'halfway'))) break;
    outcomes.add(await expectCompletes(cwd, after));
  }
  expect([...outcomes]).toEqual(['as it was', 'used']);
});

test.each([
  ['a full disk', 'ENOSPC', ['writeFileSync', 'mkdirSync']],
  ['a missing permission', 'EACCES', ['writeFileSync', 'mkdirSync', 'renameSync']],
])('%s: nothing has changed', async (_, code, names) => {
  for (const at of [0, 6, 12]) {
    const cwd = repositoryWith();
    const before = snapshot(cwd);
    const failed = await disturbed(cwd, at, 'before', (name) => {
      if (names.includes(name)) throw Object.assign(new Error(`${code}: it does not go`), { code });
    });
    expect(failed).toBe(true);
    expect(snapshot(cwd)).toEqual(before);
  }
});

test('killed while it moves a file: all files are there, or synth completes it', async () => {
  const { before, after } = await tidied();
  const outcomes = new Set<string>();
  for (const at of [20, 26, 30, 36, 42]) {
    const cwd = untidied();
    expect(await killedAt(cwd, at, 'halfway', [jellyfin, '--tidy'])).toBe(true);
    outcomes.add(await expectTidies(cwd, before, after));
  }
  expect([...outcomes]).toEqual(['as it was', 'used']);
});
