import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from '../repository';
import type { Texts } from '../tree/kustomize/memory';

/** No test waits for a time: this only ends what would run for ever. */
const killedAfter = 120_000;

export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs `espalier check` as a user would, with little memory, and holds it to how every run ends. */
export function checkEnds(cwd: string, args: readonly string[], megabytes = 512): Ended {
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'scripts', 'espalier.mjs'), 'check', ...args],
    {
      cwd,
      env: { ...inherited, NO_COLOR: '1', NODE_OPTIONS: `--max-old-space-size=${megabytes}` },
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      timeout: killedAfter,
      killSignal: 'SIGKILL',
    },
  );
  const said = stdout + stderr;
  expect({ args, signal, ends: [0, 1, 2].includes(status ?? -1), stderr }).toMatchObject({ signal: null, ends: true });
  expect(said.trim()).not.toBe('');
  // One such line names the author's; more are a stack trace.
  expect(/^\s+at .*\n\s+at .*$/m.exec(stderr)?.[0]).toBeUndefined();
  return { code: status, said };
}

/** Writes a tree below a folder. */
export function write(root: string, texts: Texts): string {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
