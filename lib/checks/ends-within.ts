import { createContext, Script } from 'node:vm';
import { lazy } from '../text/memoize';

/** What did not come to an end. */
export class Endless extends Error {}

/** Node ends a script that takes too long, and with it whatever it has called. */
const script = new Script('run()');
const context = lazy(() => createContext({}));

/**
 * Runs something that may loop for ever. Of what is ended nothing goes on, not even a `finally`.
 *
 * @throws Endless when it takes longer than so many milliseconds
 */
export function endsWithin(milliseconds: number, run: () => void): void {
  Object.assign(context(), { run });
  try {
    script.runInContext(context(), { timeout: milliseconds });
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Endless(`it does not come to an end: it was stopped after ${milliseconds / 1000} seconds`);
  }
}
