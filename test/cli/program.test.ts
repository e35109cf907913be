import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programState } from '../../lib/cli/program';
import { temporaryFolder } from '../repository';

const lib = join(temporaryFolder(), 'lib');
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(lib, path)), { recursive: true });
  writeFileSync(join(lib, path), text);
};
write('errors.ts', 'a');
write('checks/eso/two-owners.ts', 'a');
write('systems/vault/paths.ts', 'a');
write('../imports/schemas.br', 'a');

test('is the same while nothing changes', () => {
  expect(programState([], lib)).toBe(programState([], lib));
});

test.each([
  ['a rule', 'checks/eso/two-owners.ts'],
  ['what all share', 'errors.ts'],
  ['a fact of a system', 'systems/vault/paths.ts'],
  ['the schemas', '../imports/schemas.br'],
])('changes with %s, also when its size and its date stay', (_, path) => {
  utimesSync(join(lib, path), 1000, 1000);
  const before = programState([], lib);
  // The time of the last change of any kind is counted in milliseconds or less.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  write(path, 'b');
  utimesSync(join(lib, path), 1000, 1000);
  expect(programState([], lib)).not.toBe(before);
});

test('changes when a file comes or goes', () => {
  const before = programState([], lib);
  write('graph/more.ts', '');
  expect(programState([], lib)).not.toBe(before);
  rmSync(join(lib, 'graph'), { recursive: true });
  expect(programState([], lib)).toBe(before);
});

test('does not change with what only prints or composes, nor with types', () => {
  const before = programState([], lib);
  write('cli/synth.ts', '');
  write('constructs/app.ts', '');
  write('checks/check.d.ts', '');
  expect(programState([], lib)).toBe(before);
});
