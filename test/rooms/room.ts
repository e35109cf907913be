import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const tests = join(__dirname, '..');

/**
 * Runs all tests of a folder of test/ in one file of the test runner. It gives each file modules of its own: here they are loaded,
 * and compiled where they are hot, once a folder rather than once a file, which halves the time of `npm test`.
 */
export function room(folder: string): void {
  run((path) => path.startsWith(folder + sep));
}

/** Runs all tests that stand in no folder with a file of its own here. */
export function otherRooms(): void {
  run((path) => !existsSync(join(__dirname, `${path.split(sep)[0]}.ts`)));
}

/** Runs all tests over random inputs. */
export function properties(): void {
  run((path) => readFileSync(join(tests, path), 'utf8').includes("from 'fast-check'"));
}

function run(isWanted: (path: string) => boolean): void {
  const paths = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?<!\.long)\.test\.ts$/.test(path),
  );
  // Before one of them imports a command: what is loaded stays, and code of users would be imported as jest cannot.
  jest.doMock('../../lib/cli/run-file', () => require('../run-file'));
  for (const path of paths.filter(isWanted).sort()) describe(path, () => void require(join(tests, path)));
}
