import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runs } from '../../../lib/cli/watch/runs';
import { temporaryFolder } from '../../repository';

const folder = temporaryFolder();

/** Runs of a program. */
function runsOf(name: string, code: string): Runs {
  const file = join(folder, `${name}.js`);
  writeFileSync(file, code);
  return new Runs([process.execPath, file]);
}

test('a run that is stopped has no code; one that something else ends has failed, and says so', async () => {
  const endless = runsOf('endless', 'setInterval(() => {}, 1000)');
  const ended = endless.check();
  endless.stop();
  expect(await ended).toMatchObject({ code: undefined });
  const killed = runsOf('killed', 'console.error("out of memory"); process.kill(process.pid, "SIGKILL");');
  expect(await killed.check()).toEqual({
    code: 2,
    said: 'out of memory\nerror: the run was ended by SIGKILL.',
  });
});

test('a program that cannot be run is named', async () => {
  const file = join(folder, 'none');
  expect(await new Runs([file]).check()).toEqual({
    code: 2,
    said: `error: ${file} cannot be run (spawn ${file} ENOENT).`,
  });
});
