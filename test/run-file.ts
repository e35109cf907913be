import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { transformSync } from 'esbuild';

/**
 * In the place of lib/cli/run-file.ts where a test runs a command in its own process: the file is compiled here, and what it
 * imports is what the test has loaded. With tsx, in a process of its own, test/cli/synth.test.ts runs apps.
 */
export async function runFile(path: string): Promise<unknown> {
  const text = readFileSync(path, 'utf8');
  const isCommonJs = /\.c?js$/.test(path);
  const { code } = isCommonJs ? { code: text } : transformSync(text, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} };
  // In the test's own realm, whose Object is this library's: node:vm has another. The author's lines keep their numbers.
  // biome-ignore lint/security/noGlobalEval: the file is the test's own
  const run = globalThis.eval(
    `(function (module, exports, require, __filename, __dirname) {${code}\n})\n//# sourceURL=${path}`,
  );
  run(module, module.exports, createRequire(path), path, dirname(path));
  // As `import` sees it.
  return isCommonJs ? { default: module.exports } : module.exports;
}

export function forgetTypeScript(): void {}

export function forgetModules(): void {}
